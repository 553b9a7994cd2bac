// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A key with its own certificate for 127.0.0.1, and a trust store for the other side.
 *
 * @param keys PKCS#12 with the key
 * @param trust PKCS#12 with the certificate alone
 */
record TlsStores(Path keys, Path trust) {

  static final String PASSWORD = "only-for-tests";

  /** Makes those of somebody. */
  static TlsStores make(Path directory, String name) throws IOException, InterruptedException {
    Path keys = directory.resolve(name + "-keys.p12");
    Path trust = directory.resolve(name + "-trust.p12");
    String certificate = directory.resolve(name + ".crt").toString();
    keytool(
        keys,
        "-genkeypair",
        "-alias=" + name,
        "-keyalg=EC",
        "-dname=CN=" + name,
        "-ext=san=ip:127.0.0.1");
    keytool(keys, "-exportcert", "-alias=" + name, "-file=" + certificate);
    keytool(trust, "-importcert", "-noprompt", "-alias=" + name, "-file=" + certificate);
    return new TlsStores(keys, trust);
  }

  SSLContext serverContext() throws GeneralSecurityException, IOException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(
        KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private static void keytool(Path store, String command, String... options)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    line.addAll(List.of(command, "-keystore", store.toString(), "-storepass", PASSWORD));
    for (String option : options) {
      line.addAll(List.of(option.split("=", 2)));
    }
    File output = store.resolveSibling("keytool.log").toFile();
    int status =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output).start().waitFor();
    assertThat(status).as("keytool, see %s", output).isZero();
  }
}
