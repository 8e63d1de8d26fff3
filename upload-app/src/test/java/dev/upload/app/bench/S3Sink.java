package dev.upload.app.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * As much of S3 as uploads need, from memory: small objects are kept, the bytes of parts are not.
 * Believes every signature.
 */
final class S3Sink {

  private static final int SMALL_BYTES = 1 << 20;
  private static final String NO_SUCH_KEY = "<Error><Code>NoSuchKey</Code></Error>";

  private final ConcurrentNavigableMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
  private final long latencyMillis;
  private final long bytesPerMilli;

  private S3Sink(long latencyMillis, long mebibytesPerSecond) {
    this.latencyMillis = latencyMillis;
    this.bytesPerMilli = mebibytesPerSecond * Shape.MIB / 1000;
  }

  /** Takes how many ms each answer lasts at least, and MiB/s of a connection; 0 is no limit. */
  public static void main(String[] args) throws IOException {
    S3Sink sink = new S3Sink(Long.parseLong(args[0]), Long.parseLong(args[1]));
    try (ServerSocket server = new ServerSocket(0, 128, InetAddress.getLoopbackAddress())) {
      System.out.println("Ready at http://127.0.0.1:" + server.getLocalPort() + " after");
      while (true) {
        Socket socket = server.accept();
        Thread.ofPlatform().daemon().start(() -> sink.serve(socket));
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 256 << 10);
      for (S3Request request = S3Request.read(in, socket.getOutputStream());
          request != null;
          request = S3Request.read(in, socket.getOutputStream())) {
        long due = System.nanoTime() + latencyMillis * 1_000_000;
        if (bytesPerMilli > 0) {
          due += request.length() / bytesPerMilli * 1_000_000;
        }
        byte[] answer = answer(request, in);
        long early = (due - System.nanoTime()) / 1_000_000;
        if (early > 0) {
          Thread.sleep(early);
        }
        socket.getOutputStream().write(answer);
      }
    } catch (IOException e) {
      System.err.println("connection lost: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private byte[] answer(S3Request request, InputStream in) throws IOException {
    boolean small = request.length() <= SMALL_BYTES;
    byte[] body = small ? request.body(in) : new byte[0];
    if (!small) {
      in.skipNBytes(request.length());
    }
    return switch (request.method()) {
      case "PUT" -> put(request, body);
      case "GET" -> request.query("list-type").isEmpty() ? get(request.path()) : list(request);
      case "POST" -> post(request);
      case "DELETE" -> {
        objects.remove(request.path());
        yield ok("204 No Content", "");
      }
      default -> ok("404 Not Found", "");
    };
  }

  private byte[] put(S3Request request, byte[] body) {
    if (request.query("partNumber").isEmpty() && request.length() <= SMALL_BYTES) {
      boolean absent = objects.putIfAbsent(request.path(), body) == null;
      if (!absent && request.header("if-none-match").isPresent()) {
        return ok("412 Precondition Failed", "<Error><Code>PreconditionFailed</Code></Error>");
      }
      objects.put(request.path(), body);
    }
    return ok("200 OK", "");
  }

  private byte[] get(String path) {
    byte[] object = objects.get(path);
    if (object == null) {
      return ok("404 Not Found", NO_SUCH_KEY);
    }
    byte[] head = head("200 OK", object.length).getBytes(StandardCharsets.US_ASCII);
    byte[] answer = new byte[head.length + object.length];
    System.arraycopy(head, 0, answer, 0, head.length);
    System.arraycopy(object, 0, answer, head.length, object.length);
    return answer;
  }

  private byte[] list(S3Request request) {
    String bucket = request.path().endsWith("/") ? request.path() : request.path() + "/";
    String from = bucket + request.query("prefix").orElse("");
    int limit = Integer.parseInt(request.query("max-keys").orElse("1000"));
    StringBuilder xml =
        new StringBuilder("<ListBucketResult><Name>%s</Name>".formatted(S3Place.BUCKET));
    objects.tailMap(from).keySet().stream()
        .takeWhile(key -> key.startsWith(from))
        .limit(limit)
        .forEach(
            key ->
                xml.append(
                    "<Contents><Key>%s</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>"
                        .formatted(key.substring(bucket.length()))));
    return ok("200 OK", xml.append("</ListBucketResult>").toString());
  }

  private static byte[] post(S3Request request) {
    if (request.query("uploads").isPresent()) {
      return ok(
          "200 OK",
          "<InitiateMultipartUploadResult><UploadId>%s</UploadId></InitiateMultipartUploadResult>"
              .formatted(Long.toHexString(System.nanoTime())));
    }
    return request.query("delete").isPresent()
        ? ok("200 OK", "<DeleteResult></DeleteResult>")
        : ok(
            "200 OK",
            "<CompleteMultipartUploadResult><ETag>\"0\"</ETag></CompleteMultipartUploadResult>");
  }

  private static byte[] ok(String status, String xml) {
    return (head(status, xml.length()) + xml).getBytes(StandardCharsets.UTF_8);
  }

  private static String head(String status, int length) {
    return """
    HTTP/1.1 %s\r
    ETag: "0"\r
    Content-Type: application/xml\r
    Content-Length: %d\r
    \r
    """
        .formatted(status, length);
  }

  /** Answers to a request whose client waits for a word before it sends the body. */
  static void goOn(OutputStream out) throws IOException {
    out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }
}
