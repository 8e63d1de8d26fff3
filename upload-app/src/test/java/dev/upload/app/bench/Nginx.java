package dev.upload.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The baseline: a file server in C that takes each chunk as a file by {@code PUT}. */
final class Nginx {

  private Nginx() {}

  static Optional<Path> executable() {
    return Executables.find("nginx");
  }

  static Server start(Path executable, Path home) throws IOException, InterruptedException {
    Directory files = Directory.create(home.resolve("files"));
    Files.createDirectory(home.resolve("temp"));
    int port = Ports.free();
    Path log = home.resolve("error.log");
    Path config = Files.writeString(home.resolve("nginx.conf"), config(home, port));
    Process process =
        new ProcessBuilder(
                executable.toString(),
                "-p",
                home.toString(),
                "-c",
                config.toString(),
                "-e",
                "error.log")
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("log").toFile())
            .start();
    if (Ports.await(process, port)) {
      return new Server(Entrant.NGINX, process, port, files, true);
    }
    process.destroyForcibly();
    throw new IOException("nginx does not start: " + Files.readString(log));
  }

  /**
   * The temporary files are beside the finished ones, so that finishing one is a rename. Nothing of
   * the machine's own configuration is read.
   */
  private static String config(Path home, int port) {
    String user = "root".equals(System.getProperty("user.name")) ? "user root;" : "";
    return """
    %s
    worker_processes auto;
    daemon off;
    pid %s/pid;
    events { worker_connections 1024; }
    http {
      access_log off;
      client_max_body_size 0;
      client_body_buffer_size 256k;
      client_body_temp_path %s/temp;
      proxy_temp_path %s/temp;
      fastcgi_temp_path %s/temp;
      uwsgi_temp_path %s/temp;
      scgi_temp_path %s/temp;
      keepalive_requests 100000000;
      server {
        listen 127.0.0.1:%d;
        root %s/files;
        location / {
          dav_methods PUT;
        }
      }
    }
    """
        .formatted(user, home, home, home, home, home, home, port, home);
  }
}
