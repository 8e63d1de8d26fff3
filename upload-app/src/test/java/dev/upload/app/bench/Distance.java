package dev.upload.app.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * A way to a server on which every byte takes 10 ms, there and back. Connecting takes no time, and
 * nothing is lost: what it shows is how often a protocol waits for the other side.
 */
final class Distance implements AutoCloseable {

  static final int ROUND_TRIP_MILLIS = 20;

  private final ServerSocketChannel entrance;
  private final int serverPort;

  private Distance(ServerSocketChannel entrance, int serverPort) {
    this.entrance = entrance;
    this.serverPort = serverPort;
  }

  static Distance to(int serverPort) throws IOException {
    ServerSocketChannel entrance = ServerSocketChannel.open();
    entrance.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Distance distance = new Distance(entrance, serverPort);
    Thread.ofPlatform().daemon().start(distance::accept);
    return distance;
  }

  /** Where the far end is reached. */
  int port() {
    return entrance.socket().getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel sender = entrance.accept();
        Thread.ofPlatform().daemon().start(() -> carry(sender));
      }
    } catch (ClosedChannelException _) {
      return; // nobody is to come any more
    } catch (IOException e) {
      System.err.println("connection lost: " + e.getMessage());
    }
  }

  /** Closes both sides when both directions have ended, which either side can do by itself. */
  private void carry(SocketChannel sender) {
    try (sender;
        SocketChannel server = Connection.socket(serverPort)) {
      sender.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Thread back = Thread.ofPlatform().daemon().start(new OneWay(server, sender));
      new OneWay(sender, server).run();
      back.join();
    } catch (IOException e) {
      System.err.println("connection lost: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes no more connections; those that are there end with their sender or their server. */
  @Override
  public void close() throws IOException {
    entrance.close();
  }
}
