package dev.upload.app.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Ports of this machine, for servers that do not say by themselves where they listen. */
final class Ports {

  private static final int STARTS_AT_MOST_TENTHS = 300;

  private Ports() {}

  /** One that nobody had a moment ago. */
  static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static boolean listens(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }

  /** Returns whether {@code process} listens before it ends or half a minute is over. */
  static boolean await(Process process, int port) throws IOException, InterruptedException {
    for (int tenths = 0; tenths < STARTS_AT_MOST_TENTHS && process.isAlive(); tenths++) {
      if (listens(port)) {
        return true;
      }
      Thread.sleep(100);
    }
    return false;
  }
}
