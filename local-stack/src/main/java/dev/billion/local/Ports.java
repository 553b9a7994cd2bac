// SPDX-License-Identifier: Apache-2.0
package dev.billion.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of the loopback interface. */
public final class Ports {

  public static final String HOST = "127.0.0.1";

  private static final int CONNECT_MILLIS = 500;

  private Ports() {}

  /** A port that is free now and that no outgoing connection takes: they have those from 32768. */
  public static int freeForLater() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_768);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // taken: another
      }
    }
  }

  /**
   * @throws LocalStackException if the port is taken
   */
  static void requireFree(int port, String option) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new LocalStackException(
          "port %d on %s is taken: stop what uses it, or choose another with %s"
              .formatted(port, HOST, option),
          e);
    }
  }

  /** Whether something accepts connections on a port. */
  static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
