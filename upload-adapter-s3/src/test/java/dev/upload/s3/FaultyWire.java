package dev.upload.s3;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A wire to an HTTP server that now and then does what wires and servers do. Loopback only. */
final class FaultyWire implements AutoCloseable {

  /** What becomes of one request. */
  enum Fate {
    PASS,
    /** The server is asked somewhat later. */
    DELAYED,
    /** The server sees a body of which one bit is another. */
    BIT_FLIPPED,
    /** The server sees half of it. */
    REQUEST_CUT,
    /** The server does the work; its answer is lost. */
    ANSWER_LOST,
    /** The server does the work; half of its answer arrives. */
    ANSWER_CUT,
    /** The server does the work; its answer ends within the ETag. */
    ETAG_CUT,
    /** The server does the work; its answer never comes, and the connection stays open. */
    ANSWER_HELD,
    /** The server never sees it. */
    SLOW_DOWN,
    /** The server never sees it, and something between fails. */
    NOT_DONE_BUT_500,
    /** The server does the work, and something between fails. */
    DONE_BUT_500,
    /** Something between gives up; the server does the work all the same, later. */
    DONE_LATE,
    /** The server does nothing, says 200 and means an error. */
    ERROR_INSTEAD,
    /** The server never sees it, and something between says 200 and nothing else. */
    EMPTY_200,
    /** The server does the work, says 200 and means an error. */
    DONE_BUT_ERROR,
    /** The server does nothing, and says that there is no such multipart upload. */
    NO_SUCH_UPLOAD,
    /** The server does nothing, and says that other bytes came than were announced. */
    BAD_DIGEST
  }

  /**
   * Decides on a request by its first line, such as {@code PUT /bucket/key?partNumber=1 HTTP/1.1}.
   */
  interface Rule {
    Fate fateOf(String requestLine);
  }

  private static final String LATE_ERROR =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>InternalError</Code>"
          + "<Message>We encountered an internal error. Please try again.</Message></Error>";

  private static final String SLOW_DOWN_BODY =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>SlowDown</Code>"
          + "<Message>Please reduce your request rate.</Message></Error>";

  private static final String NO_SUCH_UPLOAD_BODY =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchUpload</Code>"
          + "<Message>The specified upload does not exist.</Message></Error>";

  private static final String BAD_DIGEST_BODY =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>BadDigest</Code>"
          + "<Message>The checksum did not match.</Message></Error>";

  private static final long DELAY_MILLIS = 30;
  private static final long LATE_MILLIS = 300;

  private final ServerSocket server;
  private final URI target;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();

  /** How much the server is doing, for whoever still waits for it and for nobody. */
  private final AtomicInteger underWay = new AtomicInteger();

  private volatile Rule rule = line -> Fate.PASS;
  private volatile Consumer<String> observer = head -> {};

  FaultyWire(URI target) throws IOException {
    this.target = target;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  void rule(Rule next) {
    rule = next;
  }

  /** Shows {@code next} the heads of requests, whatever becomes of those. */
  void observe(Consumer<String> next) {
    observer = next;
  }

  /** Gives {@code fate} to the first {@code times} requests whose line has {@code text}. */
  void fail(int times, String text, Fate fate) {
    int[] left = {times};
    rule =
        line -> {
          synchronized (left) {
            return line.contains(text) && left[0]-- > 0 ? fate : Fate.PASS;
          }
        };
  }

  /** Returns the first lines of all requests so far. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        open.add(client);
        Thread.startVirtualThread(() -> serve(client));
      }
    } catch (IOException e) {
      return; // closed
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket backend = new Socket(target.getHost(), target.getPort())) {
      InputStream fromClient = new BufferedInputStream(client.getInputStream());
      InputStream fromBackend = new BufferedInputStream(backend.getInputStream());
      boolean goesOn = true;
      while (goesOn) {
        Optional<Message> request = Message.read(fromClient, client.getOutputStream(), false);
        goesOn =
            request.isPresent()
                && relay(
                    request.get(),
                    backend.getOutputStream(),
                    fromBackend,
                    client.getOutputStream());
      }
    } catch (IOException e) {
      return; // one end hung up
    } finally {
      open.remove(client);
    }
  }

  private boolean relay(
      Message request, OutputStream toBackend, InputStream fromBackend, OutputStream toClient)
      throws IOException {
    requests.add(request.line());
    observer.accept(request.head());
    Fate fate = rule.fateOf(request.line());
    return switch (fate) {
      case SLOW_DOWN -> answer(request, toClient, "503 Slow Down", SLOW_DOWN_BODY);
      case NOT_DONE_BUT_500 -> answer(request, toClient, "500 Internal Server Error", LATE_ERROR);
      case EMPTY_200 -> answer(request, toClient, "200 OK", "");
      case ERROR_INSTEAD -> answer(request, toClient, "200 OK", LATE_ERROR);
      case NO_SUCH_UPLOAD -> answer(request, toClient, "404 Not Found", NO_SUCH_UPLOAD_BODY);
      case BAD_DIGEST -> answer(request, toClient, "400 Bad Request", BAD_DIGEST_BODY);
      case REQUEST_CUT -> {
        toBackend.write(request.bytes(), 0, request.bytes().length / 2);
        toBackend.flush();
        yield false;
      }
      case DONE_LATE -> {
        underWay.incrementAndGet();
        Thread.startVirtualThread(() -> doLate(request));
        yield answer(request, toClient, "503 Service Unavailable", "");
      }
      case BIT_FLIPPED ->
          relayAnswer(
              fate, request, done(false, request.flipped(), toBackend, fromBackend), toClient);
      case PASS,
          DELAYED,
          ANSWER_LOST,
          ANSWER_CUT,
          ETAG_CUT,
          ANSWER_HELD,
          DONE_BUT_500,
          DONE_BUT_ERROR ->
          relayAnswer(
              fate, request, done(fate == Fate.DELAYED, request, toBackend, fromBackend), toClient);
    };
  }

  private Message done(
      boolean delayed, Message request, OutputStream toBackend, InputStream fromBackend)
      throws IOException {
    underWay.incrementAndGet();
    try {
      if (delayed) {
        pause(DELAY_MILLIS);
      }
      return answered(request, toBackend, fromBackend);
    } finally {
      underWay.decrementAndGet();
    }
  }

  private static Message answered(Message request, OutputStream toBackend, InputStream fromBackend)
      throws IOException {
    toBackend.write(request.bytes());
    toBackend.flush();
    boolean headOnly = request.isHead();
    Message answer =
        Message.read(fromBackend, OutputStream.nullOutputStream(), headOnly)
            .orElseThrow(EOFException::new);
    while (answer.line().startsWith("HTTP/1.1 100")) {
      answer =
          Message.read(fromBackend, OutputStream.nullOutputStream(), headOnly)
              .orElseThrow(EOFException::new);
    }
    return answer;
  }

  private boolean relayAnswer(Fate fate, Message request, Message answer, OutputStream toClient)
      throws IOException {
    return switch (fate) {
      case PASS, DELAYED, BIT_FLIPPED -> {
        toClient.write(answer.bytes());
        toClient.flush();
        yield !answer.closes();
      }
      case ANSWER_CUT -> {
        toClient.write(answer.bytes(), 0, answer.bytes().length / 2);
        toClient.flush();
        yield false;
      }
      case ETAG_CUT -> {
        int etag = new String(answer.bytes(), StandardCharsets.ISO_8859_1).indexOf("ETag: ");
        toClient.write(answer.bytes(), 0, etag + "ETag: \"0123".length());
        toClient.flush();
        yield false;
      }
      case ANSWER_LOST -> false;
      case ANSWER_HELD -> true; // the client hears nothing more, and hangs up
      case DONE_BUT_500 -> answer(request, toClient, "500 Internal Server Error", "");
      case DONE_BUT_ERROR -> answer(request, toClient, "200 OK", LATE_ERROR);
      case REQUEST_CUT,
          SLOW_DOWN,
          NOT_DONE_BUT_500,
          DONE_LATE,
          EMPTY_200,
          ERROR_INSTEAD,
          NO_SUCH_UPLOAD,
          BAD_DIGEST ->
          throw new IllegalStateException("answered already");
    };
  }

  private void doLate(Message request) {
    try (Socket backend = new Socket(target.getHost(), target.getPort())) {
      pause(LATE_MILLIS);
      done(
          false,
          request,
          backend.getOutputStream(),
          new BufferedInputStream(backend.getInputStream()));
    } catch (IOException e) {
      return; // nobody waits for it
    } finally {
      underWay.decrementAndGet();
    }
  }

  /** Returns once the server does nothing any more, also for clients that have given up. */
  void awaitStragglers() throws IOException {
    while (underWay.get() > 0) {
      pause(DELAY_MILLIS);
    }
  }

  private static void pause(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static boolean answer(Message request, OutputStream toClient, String status, String body)
      throws IOException {
    String head =
        "HTTP/1.1 %s\r\nContent-Type: application/xml\r\nContent-Length: %d\r\n\r\n"
            .formatted(status, body.length());
    toClient.write((request.isHead() ? head : head + body).getBytes(StandardCharsets.US_ASCII));
    toClient.flush();
    return true;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  /**
   * Head and body of a request or an answer, as they came.
   *
   * @param closes whether the end of the connection is that of the body
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Message(String line, int headLength, byte[] bytes, boolean closes) {

    String head() {
      return new String(bytes, 0, headLength, StandardCharsets.ISO_8859_1);
    }

    Message flipped() {
      byte[] others = bytes.clone();
      others[headLength + (bytes.length - headLength) / 2] ^= 1;
      return new Message(line, headLength, others, closes);
    }

    boolean isHead() {
      return line.startsWith("HEAD");
    }

    static Optional<Message> read(InputStream in, OutputStream peer, boolean headOnly)
        throws IOException {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      String line = nextLine(in, all);
      if (line.isEmpty()) {
        return Optional.empty();
      }
      List<String> headers = headers(in, all);
      int headLength = all.size();
      if (value(headers, "expect").isPresent()) {
        peer.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        peer.flush();
      }
      boolean closes =
          line.startsWith("HTTP/") && value(headers, "connection").equals(Optional.of("close"));
      if (closes) {
        in.transferTo(all);
      } else if (!headOnly) {
        body(in, all, headers);
      }
      return Optional.of(new Message(line, headLength, all.toByteArray(), closes));
    }

    /** Returns them in lower case. */
    private static List<String> headers(InputStream in, ByteArrayOutputStream all)
        throws IOException {
      List<String> headers = new ArrayList<>();
      for (String header = nextLine(in, all); !header.isEmpty(); header = nextLine(in, all)) {
        headers.add(header.toLowerCase(Locale.ROOT));
      }
      return headers;
    }

    private static Optional<String> value(List<String> headers, String name) {
      return headers.stream()
          .filter(header -> header.startsWith(name + ":"))
          .map(header -> header.substring(name.length() + 1).strip())
          .findFirst();
    }

    private static void body(InputStream in, ByteArrayOutputStream all, List<String> headers)
        throws IOException {
      if (value(headers, "transfer-encoding")
          .filter(coding -> coding.contains("chunked"))
          .isEmpty()) {
        all.write(in.readNBytes(value(headers, "content-length").map(Integer::parseInt).orElse(0)));
        return;
      }
      int size;
      do {
        size = Integer.parseInt(nextLine(in, all).strip(), 16);
        all.write(in.readNBytes(size));
        nextLine(in, all);
      } while (size > 0);
    }

    private static String nextLine(InputStream in, ByteArrayOutputStream all) throws IOException {
      StringBuilder line = new StringBuilder();
      for (int next = in.read(); next >= 0; next = in.read()) {
        all.write(next);
        if (next == '\n') {
          return line.toString();
        }
        if (next != '\r') {
          line.append((char) next);
        }
      }
      return line.toString();
    }
  }
}
