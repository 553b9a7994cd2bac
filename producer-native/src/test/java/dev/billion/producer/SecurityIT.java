// SPDX-License-Identifier: Apache-2.0
package dev.billion.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billion.local.LocalStack;
import dev.billion.local.Topic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
  private static final String MUTUAL_LISTENER = "listener.name.mutual.";

  @TempDir static Path directory;
  private static TlsStores server;
  private static TlsStores client;
  private static String bootstrap;
  private static String mutualBootstrap;
  private static LocalStack stack;
  private static SecureRegistry registry;

  @BeforeAll
  static void startStack() throws Exception {
    server = TlsStores.make(directory, "server");
    client = TlsStores.make(directory, "client");
    bootstrap = freeAddress();
    mutualBootstrap = freeAddress();
    String listeners = "SECURE://%s,MUTUAL://%s".formatted(bootstrap, mutualBootstrap);
    LocalStack.Builder builder =
        LocalStack.builder()
            .brokerProperty("listeners", listeners)
            .brokerProperty("advertised.listeners", listeners)
            .brokerProperty("listener.security.protocol.map", "SECURE:SASL_SSL,MUTUAL:SSL")
            .brokerProperty(MUTUAL_LISTENER + "ssl.client.auth", "required")
            .brokerProperty(MUTUAL_LISTENER + "ssl.truststore.location", client.trust().toString())
            .brokerProperty(MUTUAL_LISTENER + "ssl.truststore.password", TlsStores.PASSWORD)
            .brokerProperty(
                LISTENER + "sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512")
            .brokerProperty(
                LISTENER + "plain.sasl.jaas.config",
                LOGIN_MODULES + "plain.PlainLoginModule required user_emitter=\"secret\";");
    for (String listener : List.of(LISTENER, MUTUAL_LISTENER)) {
      builder
          .brokerProperty(listener + "ssl.keystore.location", server.keys().toString())
          .brokerProperty(listener + "ssl.keystore.password", TlsStores.PASSWORD);
    }
    for (String scram : List.of("scram-sha-256", "scram-sha-512")) {
      builder.brokerProperty(
          LISTENER + scram + ".sasl.jaas.config",
          LOGIN_MODULES + "scram.ScramLoginModule required;");
    }
    for (String topic :
        List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "file", "variables", "refused")) {
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
    registry = new SecureRegistry(stack.registryUrl(), server.serverContext());
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

  @Test
  void theDocumentedFileOfSettingsEmitsWithAPasswordThroughTls() throws Exception {
    // When
    Path config = Files.writeString(directory.resolve("kafka.properties"), example("properties"));
    EmitterProcess emitter =
        emit("file", bootstrap, Map.of(), "--kafka-config=" + config, "--fleet");

    // Then
    assertThat(emitter.awaitExit()).as(() -> String.join("\n", emitter.stderr())).isZero();
    assertThat(TopicReader.readAll(stack.bootstrap(), "file")).hasSize(1000);
  }

  @Test
  void theDocumentedVariablesEmitWithACertificateOfTheClientsOwn() throws Exception {
    // When
    EmitterProcess emitter = emit("variables", mutualBootstrap, variables(client), "--fleet");

    // Then
    assertThat(emitter.awaitExit()).as(() -> String.join("\n", emitter.stderr())).isZero();
    assertThat(TopicReader.readAll(stack.bootstrap(), "variables")).hasSize(1000);
  }

  @Test
  void aCertificateThatTheBrokerDoesNotTrustIsToldInOneLine() throws Exception {
    // When
    TlsStores stranger = TlsStores.make(directory, "stranger");
    EmitterProcess emitter = emit("refused", mutualBootstrap, variables(stranger));

    // Then
    assertThat(emitter.awaitExit()).isEqualTo(1);
    assertThat(emitter.stderr())
        .singleElement()
        .asString()
        .matches(
            "error: cannot use broker %s: TLS handshake failed: .*certificate.*"
                .formatted(mutualBootstrap));
  }

  @Test
  void aClientWithoutACertificateIsToldInOneLine() throws Exception {
    // Given
    Map<String, String> variables = variables(client);
    variables.keySet().removeIf(name -> name.startsWith("KAFKA_SSL_KEYSTORE"));

    // When
    EmitterProcess emitter = emit("refused", mutualBootstrap, variables);

    // Then
    assertThat(emitter.awaitExit()).isEqualTo(1);
    assertThat(emitter.stderr())
        .singleElement()
        .asString()
        .matches(
            "error: cannot use broker %s: TLS handshake failed: .*certificate.*"
                .formatted(mutualBootstrap));
  }

  private static EmitterProcess emit(
      String topic, String broker, Map<String, String> variables, String... more) {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--bootstrap=" + broker,
                "--registry=" + stack.registryUrl(),
                "--topic=" + topic,
                "--http-port=0",
                "--rate=max",
                "--records=1000"));
    flags.addAll(Arrays.asList(more));
    return EmitterProcess.start(stack, variables, flags.toArray(String[]::new));
  }

  /** The documented variables, with the client's own stores. */
  private static Map<String, String> variables(TlsStores own) throws IOException {
    return example("sh")
        .lines()
        .map(line -> line.replace(client.keys().toString(), own.keys().toString()))
        .map(line -> line.replace("export ", "").split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  /** The example of a language in the documentation of TLS, with the stores of this test. */
  private static String example(String language) throws IOException {
    String operations = Files.readString(Path.of("..", "docs", "operations.md"));
    String document = operations.substring(operations.indexOf("## TLS and passwords"));
    Matcher example =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(document);
    assertThat(example.find()).as("an example in " + language).isTrue();
    return example
        .group(1)
        .replace("/etc/emitter/trust.p12", server.trust().toString())
        .replace("/etc/emitter/client.p12", client.keys().toString())
        .replace("changeit", TlsStores.PASSWORD);
  }

  private static String freeAddress() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "127.0.0.1:" + socket.getLocalPort();
    }
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
                server.trust(),
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
