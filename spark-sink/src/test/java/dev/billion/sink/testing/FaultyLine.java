// SPDX-License-Identifier: Apache-2.0
package dev.billion.sink.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A line to an S3 server, on which puts fail as they are told to. Bytes go through as they are,
 * since requests are signed.
 */
public final class FaultyLine implements AutoCloseable {

  /** What becomes of a put. */
  public enum Fate {
    ARRIVES,
    /** It is answered with 409, and never reaches the server. */
    CONFLICT,
    /** It reaches the server. The answer gets lost, and the connection with it. */
    ANSWER_LOST
  }

  /** Decides what becomes of puts. A connection ends with what it throws. */
  @FunctionalInterface
  public interface Fates {

    /** All arrive. */
    Fates NONE = put -> Fate.ARRIVES;

    /**
     * Decides of one, now or after a while.
     *
     * @param put the head of its request
     */
    Fate ofPut(String put) throws IOException;

    /** An answer is there, which goes on when this is done. */
    default void answered(String put) throws IOException {}
  }

  private static final String CONFLICT_BODY =
      "<Error><Code>ConditionalRequestConflict</Code><Message>again</Message></Error>";
  private static final byte[] CONFLICT =
      """
      HTTP/1.1 409 Conflict\r
      Content-Type: application/xml\r
      Content-Length: %d\r
      Connection: close\r
      \r
      %s"""
          .formatted(CONFLICT_BODY.length(), CONFLICT_BODY)
          .getBytes(ISO_8859_1);

  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final URI server;
  private volatile Fates fates = Fates.NONE;
  private volatile boolean isCut;
  private final AtomicInteger requestsCut = new AtomicInteger();

  public FaultyLine(String server) throws IOException {
    this.server = URI.create(server);
    start(this::accept);
  }

  public String endpoint() {
    return "http://127.0.0.1:" + door.getLocalPort();
  }

  public void let(Fates decide) {
    fates = decide;
  }

  /** Ends all connections from now on, as a server that is away. */
  public void cut() {
    isCut = true;
  }

  /** How many requests have met a line that was cut. */
  public int requestsCut() {
    return requestsCut.get();
  }

  public void mend() {
    isCut = false;
  }

  @Override
  public void close() throws IOException {
    door.close();
  }

  private void accept() throws IOException {
    while (true) { // until the door is closed
      Socket client = door.accept();
      start(() -> connect(client));
    }
  }

  private void connect(Socket client) throws IOException {
    try (client;
        Socket behind = new Socket()) {
      behind.connect(new InetSocketAddress(server.getHost(), server.getPort()));
      Connection connection = new Connection(client, behind);
      start(connection::answers);
      connection.requests();
    }
  }

  private final class Connection {

    private final Socket client;
    private final Socket behind;
    private volatile String put = "";
    private volatile boolean lost;

    Connection(Socket client, Socket behind) {
      this.client = client;
      this.behind = behind;
    }

    void requests() throws IOException {
      InputStream in = client.getInputStream();
      OutputStream out = behind.getOutputStream();
      byte[] bytes = new byte[1 << 16];
      for (int length = in.read(bytes); length > 0; length = in.read(bytes)) {
        if (isCut) {
          requestsCut.incrementAndGet();
          return;
        }
        String text = text(bytes, length);
        if (text.startsWith("PUT ")) { // a client writes the head of a request at once
          put = text;
          Fate fate = fates.ofPut(text);
          if (fate == Fate.CONFLICT) {
            client.getOutputStream().write(CONFLICT);
            return;
          }
          lost = fate == Fate.ANSWER_LOST;
        }
        out.write(bytes, 0, length);
      }
    }

    void answers() throws IOException {
      try (client) {
        InputStream in = behind.getInputStream();
        OutputStream out = client.getOutputStream();
        byte[] bytes = new byte[1 << 16];
        for (int length = in.read(bytes); length > 0; length = in.read(bytes)) {
          if (!text(bytes, length).startsWith("HTTP/1.1 100")) {
            if (lost) {
              return;
            }
            fates.answered(put);
          }
          out.write(bytes, 0, length);
        }
      }
    }

    private static String text(byte[] bytes, int length) {
      return new String(bytes, 0, length, ISO_8859_1);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  /** A connection that breaks ends its threads: the client sees it, too. */
  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                return;
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
