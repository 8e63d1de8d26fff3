package dev.upload.app.e2e;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Pages from a directory, on an origin that is not the app's. */
final class PageServer implements AutoCloseable {

  private final HttpServer server;

  private PageServer(HttpServer server) {
    this.server = server;
  }

  static PageServer of(Path directory) {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server =
        SimpleFileServer.createFileServer(
            anyPort, directory.toAbsolutePath().normalize(), OutputLevel.NONE);
    server.start();
    return new PageServer(server);
  }

  URI address() {
    return URI.create(origin() + "/");
  }

  private String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Returns the settings with which the app lets these pages upload. */
  List<String> allowed() {
    return List.of(
        "--micronaut.server.cors.enabled=true",
        "--micronaut.server.cors.configurations.upload.allowed-origins=" + origin());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
