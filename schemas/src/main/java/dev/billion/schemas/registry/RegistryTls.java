// SPDX-License-Identifier: Apache-2.0
package dev.billion.schemas.registry;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** TLS contexts from store files. */
final class RegistryTls {

  private RegistryTls() {}

  static SSLContext context(RegistryConfig.Store trustStore, RegistryConfig.Store keyStore) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          keyStore == null ? null : keyManagers(keyStore),
          trustStore == null ? null : trustManagers(trustStore),
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("cannot set up TLS: " + e.getMessage(), e);
    }
  }

  private static KeyManager[] keyManagers(RegistryConfig.Store store)
      throws GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(load(store), password(store));
    return factory.getKeyManagers();
  }

  private static TrustManager[] trustManagers(RegistryConfig.Store store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(isPem(store) ? certificates(store) : load(store));
    return factory.getTrustManagers();
  }

  private static KeyStore load(RegistryConfig.Store store) throws GeneralSecurityException {
    try {
      return KeyStore.getInstance(new File(store.path()), password(store));
    } catch (IOException e) {
      throw unreadable(store, e);
    }
  }

  private static KeyStore certificates(RegistryConfig.Store store) throws GeneralSecurityException {
    try (InputStream file = new FileInputStream(store.path())) {
      KeyStore certificates = KeyStore.getInstance(KeyStore.getDefaultType());
      certificates.load(null, null);
      int number = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(file)) {
        certificates.setCertificateEntry("ca-" + number++, certificate);
      }
      return certificates;
    } catch (IOException e) {
      throw unreadable(store, e);
    }
  }

  private static boolean isPem(RegistryConfig.Store store) {
    return store.path().matches("(?i).*\\.(pem|crt|cer)");
  }

  private static char[] password(RegistryConfig.Store store) {
    return store.password() == null ? null : store.password().toCharArray();
  }

  private static IllegalArgumentException unreadable(RegistryConfig.Store store, IOException e) {
    return new IllegalArgumentException(
        "cannot read TLS store %s: %s".formatted(store.path(), e.getMessage()), e);
  }
}
