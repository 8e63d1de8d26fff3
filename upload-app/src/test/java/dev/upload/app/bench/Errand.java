package dev.upload.app.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Has a process upload by itself, and waits until it says that it has. */
record Errand(long bytes) implements Load {

  @Override
  public List<Reading> send(Server server, Dialect dialect, String run)
      throws IOException, InterruptedException {
    byte[] head = "POST /%s HTTP/1.1\r\n\r\n".formatted(run).getBytes(StandardCharsets.US_ASCII);
    Meter meter = Meter.start(server);
    try (SocketChannel socket = Connection.socket(server.port())) {
      socket.write(ByteBuffer.wrap(head));
      new Answer().await(socket);
    }
    return meter.stop().on(bytes);
  }
}
