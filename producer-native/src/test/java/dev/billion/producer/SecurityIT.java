// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.local.LocalStack;
import dev.billion.local.Topic;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A broker and a registry that ask for TLS and a password. */
class SecurityIT {

  private static final String LOGIN_MODULES = "org.apache.kafka.common.security.";
  private static final String LISTENER = "listener.name.secure.";

  @TempDir static Path directory;
  private static TlsStores stores;
  private static String bootstrap;
  private static LocalStack stack;
  private static SecureRegistry registry;

  @BeforeAll
  static void startStack() throws Exception {
    stores = TlsStores.make(directory);
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      bootstrap = "127.0.0.1:" + socket.getLocalPort();
    }
    LocalStack.Builder builder =
        LocalStack.builder()
            .brokerProperty("listeners", "SECURE://" + bootstrap)
            .brokerProperty("advertised.listeners", "SECURE://" + bootstrap)
            .brokerProperty("listener.security.protocol.map", "SECURE:SASL_SSL")
            .brokerProperty(LISTENER + "ssl.keystore.location", stores.keys().toString())
            .brokerProperty(LISTENER + "ssl.keystore.password", TlsStores.PASSWORD)
            .brokerProperty(
                LISTENER + "sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512")
            .brokerProperty(
                LISTENER + "plain.sasl.jaas.config",
                LOGIN_MODULES + "plain.PlainLoginModule required user_emitter=\"secret\";");
    for (String scram : List.of("scram-sha-256", "scram-sha-512")) {
      builder.brokerProperty(
          LISTENER + scram + ".sasl.jaas.config",
          LOGIN_MODULES + "scram.ScramLoginModule required;");
    }
    for (String topic : List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")) {
      builder.topic(Topic.of(topic, 3)).topic(Topic.of(topic + "-dead-letters", 1));
    }
    stack = builder.start();
    try (Admin admin = stack.broker().admin()) {
      for (ScramMechanism scram :
          List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512)) {
        ScramCredentialInfo info = new ScramCredentialInfo(scram, 4096);
        admin
            .alterUserScramCredentials(
                List.of(new UserScramCredentialUpsertion("emitter", info, "secret")))
            .all()
            .get();
      }
    }
    registry = new SecureRegistry(stack.registryUrl(), stores.serverContext());
  }

  @AfterAll
  static void stopStack() {
    registry.close();
    stack.close();
  }

  @ParameterizedTest
  @CsvSource({
    "PLAIN, plain.PlainLoginModule",
    "SCRAM-SHA-256, scram.ScramLoginModule",
    "SCRAM-SHA-512, scram.ScramLoginModule",
  })
  void emitsWithEachMechanismThroughTls(String mechanism, String loginModule) throws Exception {
    // When
    EmitterProcess emitter = start(mechanism, loginModule, "secret", SecureRegistry.PASSWORD);

    // Then
    assertThat(emitter.awaitExit()).isZero();
    assertThat(TopicReader.readAll(stack.bootstrap(), mechanism)).hasSize(1000);
  }

  @Test
  void aWrongPasswordOfTheBrokerIsToldInOneLine() throws Exception {
    // When
    EmitterProcess emitter =
        start("SCRAM-SHA-512", "scram.ScramLoginModule", "wrong", SecureRegistry.PASSWORD);

    // Then
    assertThat(emitter.awaitExit()).isEqualTo(1);
    assertThat(emitter.stderr()).hasSize(1);
    assertThat(emitter.stderr().get(0))
        .startsWith("error: cannot use broker " + bootstrap + ": ")
        .contains("Authentication failed");
  }

  @Test
  void aWrongPasswordOfTheRegistryIsToldInOneLine() throws Exception {
    // When
    EmitterProcess emitter = start("PLAIN", "plain.PlainLoginModule", "secret", "wrong");

    // Then
    assertThat(emitter.awaitExit()).isEqualTo(1);
    assertThat(emitter.stderr())
        .containsExactly(
            "error: registry %s refused the credentials of 'emitter' (status 401)"
                .formatted(registry.url()));
  }

  private static EmitterProcess start(
      String mechanism, String loginModule, String password, String registryPassword)
      throws Exception {
    Path config = Files.createTempFile(directory, "client-", ".properties");
    Files.writeString(
        config,
        """
        security.protocol=SASL_SSL
        sasl.mechanism=%s
        sasl.jaas.config=%s%s required username="emitter" password="%s";
        ssl.truststore.location=%s
        ssl.truststore.password=%s
        schema.registry.ssl.truststore.location=%5$s
        schema.registry.ssl.truststore.password=%6$s
        """
            .formatted(
                mechanism,
                LOGIN_MODULES,
                loginModule,
                password,
                stores.trust(),
                TlsStores.PASSWORD));
    return EmitterProcess.start(
        stack,
        Map.of("BILLION_REGISTRY_PASSWORD", registryPassword),
        "--bootstrap=" + bootstrap,
        "--registry=" + registry.url(),
        "--registry-user=" + SecureRegistry.USER,
        "--kafka-config=" + config,
        "--topic=" + mechanism,
        "--http-port=0",
        "--rate=max",
        "--records=1000");
  }
}
