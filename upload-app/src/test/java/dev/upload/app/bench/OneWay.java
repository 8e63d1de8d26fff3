package dev.upload.app.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/** Carries bytes from one socket to another, with its end, half of a round trip after they came. */
final class OneWay implements Runnable {

  private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(Distance.ROUND_TRIP_MILLIS) / 2;
  private static final int PIECE_BYTES = 64 << 10;

  /** As many as are under way at 3 GiB/s, more than a sender over loopback has for one socket. */
  private static final int PIECES_AT_MOST = 512;

  /** Used again, the latest first: new ones would cost page faults in every round. */
  private static final Deque<ByteBuffer> SPARE = new ConcurrentLinkedDeque<>();

  private final SocketChannel from;
  private final SocketChannel to;
  private final BlockingQueue<Piece> underWay = new ArrayBlockingQueue<>(PIECES_AT_MOST);

  OneWay(SocketChannel from, SocketChannel to) {
    this.from = from;
    this.to = to;
  }

  /** Returns after the end is passed on, or the connection is lost. */
  @Override
  public void run() {
    Thread receiver = Thread.ofPlatform().daemon().start(this::receive);
    try {
      deliver();
    } catch (IOException _) {
      hangUp();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      receiver.interrupt();
    }
  }

  private void receive() {
    try {
      boolean more = true;
      while (more) {
        ByteBuffer bytes = piece();
        more = read(bytes);
        underWay.put(new Piece(bytes.flip(), System.nanoTime() + NANOS));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean read(ByteBuffer bytes) {
    try {
      return from.read(bytes) >= 0;
    } catch (IOException _) {
      hangUp();
      return false;
    }
  }

  private void deliver() throws IOException, InterruptedException {
    Piece piece = arrived();
    while (piece.bytes().hasRemaining()) {
      to.write(piece.bytes());
      SPARE.addFirst(piece.bytes());
      piece = arrived();
    }
    to.shutdownOutput();
  }

  private Piece arrived() throws InterruptedException {
    Piece piece = underWay.take();
    TimeUnit.NANOSECONDS.sleep(piece.due() - System.nanoTime());
    return piece;
  }

  private static ByteBuffer piece() {
    ByteBuffer spare = SPARE.pollFirst();
    return spare == null ? ByteBuffer.allocateDirect(PIECE_BYTES) : spare.clear();
  }

  /** Ends both directions at once, as a connection does that is reset. */
  private void hangUp() {
    try (from;
        to) {
      return;
    } catch (IOException e) {
      System.err.println("connection lost: " + e.getMessage());
    }
  }

  /**
   * What was read at once.
   *
   * @param bytes none at the end
   * @param due when it arrives, as {@link System#nanoTime} counts
   */
  private record Piece(ByteBuffer bytes, long due) {}
}
