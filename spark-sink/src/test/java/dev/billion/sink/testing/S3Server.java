// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import static org.awaitility.Awaitility.await;

import dev.billion.local.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** A real S3 server with one bucket, which keeps its objects in a directory. */
public final class S3Server implements AutoCloseable {

  public static final String BUCKET = "lake";
  public static final String SECRET = "a-secret-that-nobody-prints";

  private static final String KEY = "test";
  private static final Duration SOON = Duration.ofSeconds(60);

  private final Path bucket;
  private final int port = Ports.freeForLater();
  private final Process process;

  public S3Server(Path directory) throws IOException {
    Path objects = Files.createDirectories(directory.resolve("objects"));
    bucket = Files.createDirectory(objects.resolve(BUCKET));
    Path settings =
        Files.write(
            directory.resolve("s3proxy.properties"),
            List.of(
                "s3proxy.endpoint=" + endpoint(),
                "s3proxy.authorization=aws-v2-or-v4",
                "s3proxy.identity=" + KEY,
                "s3proxy.credential=" + SECRET,
                "s3proxy.ignore-unknown-headers=true",
                "jclouds.provider=filesystem-nio2",
                "jclouds.identity=unused",
                "jclouds.credential=unused",
                "jclouds.filesystem.basedir=" + objects));
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("s3.jar"),
                "--properties",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("s3proxy.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    await().atMost(SOON).ignoreExceptionsInstanceOf(IOException.class).until(this::answers);
  }

  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /** Where it keeps the objects of its bucket, by their keys. */
  public Path directory() {
    return bucket;
  }

  /** All that a client is told, and all it has to know. */
  public Map<String, String> environment() {
    return Map.of(
        "AWS_ENDPOINT_URL_S3",
        endpoint(),
        "AWS_REGION",
        "us-east-1",
        "AWS_ACCESS_KEY_ID",
        KEY,
        "AWS_SECRET_ACCESS_KEY",
        SECRET);
  }

  /** The same for a client in this JVM, which cannot change its environment. */
  public Map<String, String> properties() {
    return Map.of(
        "aws.endpointUrlS3",
        endpoint(),
        "aws.region",
        "us-east-1",
        "aws.accessKeyId",
        KEY,
        "aws.secretAccessKey",
        SECRET);
  }

  /** What Hadoop's client is told besides: to look for credentials where the SDK does. */
  public static Configuration hadoop() {
    Configuration hadoop = new Configuration();
    hadoop.set(
        "fs.s3a.aws.credentials.provider",
        "software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider");
    return hadoop;
  }

  /**
   * Ends the server, and Hadoop's clients of it: they are kept by bucket, which others have too.
   */
  @Override
  public void close() throws IOException, InterruptedException {
    FileSystem.closeAll();
    process.destroyForcibly().waitFor();
  }

  private boolean answers() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint())).build();
    return HttpClient.newHttpClient()
            .send(request, HttpResponse.BodyHandlers.discarding())
            .statusCode()
        == 403;
  }
}
