package dev.upload.http.body;

import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.port.PiecewiseBody;
import dev.upload.core.port.PromptChannel;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one request while they arrive.
 *
 * <p>The sender's side ({@link #arrived}, {@link #ended}, {@link #failed}) may be any thread,
 * usually an event loop; the reader's side is one thread that blocks, made to be a virtual one.
 * {@link #cut} may be called by anybody. The reader asks for more as it goes on, so that at most
 * about two windows are held: of {@value #WINDOW_BYTES} bytes, or those of HTTP/2.
 *
 * <p>While the reader moves bytes into a {@link PromptChannel}, the sender's thread writes them
 * there itself: the reader sleeps until that is done, and nothing is handed over.
 */
public final class RequestBytes implements AutoCloseable {

  /** How many bytes the sender may be ahead of the reader. */
  static final int WINDOW_BYTES = 256 * 1024;

  private final Sender sender;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();

  // guarded by lock
  private BufferQueue arriving = new BufferQueue();
  private @Nullable DirectTransfer direct;
  private long movedAhead;
  private long arrivedBytes;
  private boolean over;
  private boolean closed;
  private final SenderPace pace = new SenderPace();
  private volatile boolean truncated;
  private volatile boolean unreadable;

  // the reader's own
  private BufferQueue held = new BufferQueue();
  private boolean started;
  private long consumed;
  private long unasked;
  private Runnable whenClosed = () -> {};

  /** Whoever sends the bytes. Called by the reader. */
  public interface Sender {

    /**
     * Begin to send; the answer to {@code Expect: 100-continue}. Called once, before anything is
     * read.
     */
    void start();

    /** Another {@code bytes} may be sent. */
    void allow(long bytes);

    /** Nobody will read any more: what still comes may be thrown away. */
    void discard();
  }

  public RequestBytes(Sender sender) {
    this.sender = sender;
  }

  // ---- the sender's side

  /** Takes {@code buffer} over. */
  public void arrived(ByteBuf buffer) {
    long written = 0;
    boolean kept = false;
    lock.lock();
    try {
      if (!closed && !over) {
        boolean waiting = pace.waitsNoMore(System.nanoTime());
        arrivedBytes += buffer.readableBytes();
        written = standIns(buffer);
        pace.received(buffer.readableBytes());
        written += direct == null ? 0 : direct.write(buffer);
        kept = buffer.isReadable();
        if (kept) {
          arriving.add(buffer);
        }
        if (kept || direct == null || direct.isDone()) {
          news.signal();
        }
        if (waiting) {
          pace.waits(System.nanoTime());
        }
      }
    } finally {
      lock.unlock();
    }
    if (!kept) {
      buffer.release();
    }
    if (written > 0) {
      sender.allow(written);
    }
  }

  /** Takes away what stands for bytes that were moved, and returns how many that were. */
  private long standIns(ByteBuf buffer) {
    int count = (int) Math.min(movedAhead, buffer.readableBytes());
    movedAhead -= count;
    buffer.skipBytes(count);
    return count;
  }

  /**
   * Lets the reader's sink take bytes off the sender's socket by itself, and returns how many have
   * left it. For each of them another byte must {@linkplain #arrived arrive}, of any value: it
   * stands for the one that has gone past.
   *
   * @param socket the socket's file descriptor
   * @param available how many bytes of this request are still in the socket
   * @param read how many are not: unless all of those have arrived, some are on their way between
   *     threads, and none may be moved before them
   */
  public long moved(int socket, long available, long read) {
    lock.lock();
    try {
      boolean inOrder = arriving.isEmpty() && arrivedBytes == read;
      if (closed || over || direct == null || !inOrder) {
        return 0;
      }
      boolean waiting = pace.waitsNoMore(System.nanoTime());
      long moved = direct.move(socket, available);
      movedAhead += moved;
      pace.received(moved);
      if (direct.isDone()) {
        news.signal();
      }
      if (waiting) {
        pace.waits(System.nanoTime());
      }
      return moved;
    } finally {
      lock.unlock();
    }
  }

  /** The sender has sent everything. */
  public void ended() {
    finish(false);
  }

  /** The sender is gone, or failed: what arrived is all that will. */
  public void failed() {
    finish(true);
  }

  /** What the sender says from now on makes no sense: nothing of it counts. */
  public void unreadable() {
    unreadable = true;
    finish(true);
  }

  /** Ends the bytes early, as if the sender had failed. */
  public void cut() {
    finish(true);
  }

  /** Tells whether the sender is slower than {@code rate} allows. Called again and again. */
  boolean isTooSlow(MinimumRate rate, long now) {
    lock.lock();
    try {
      return !over && pace.isTooSlow(rate, now);
    } finally {
      lock.unlock();
    }
  }

  private void finish(boolean early) {
    lock.lock();
    try {
      if (!over) {
        over = true;
        truncated = early;
        news.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  // ---- the reader's side

  /** Has {@code action} run when these are closed. Called before they are read. */
  void whenClosed(Runnable action) {
    whenClosed = action;
  }

  /** Tells whether the sender was asked to begin. */
  public boolean started() {
    return started;
  }

  /** Tells whether everything has come that will. */
  boolean isOver() {
    lock.lock();
    try {
      return over;
    } finally {
      lock.unlock();
    }
  }

  /** Tells whether the bytes ended before their sender meant them to. */
  public boolean truncated() {
    return truncated;
  }

  /** Returns how many bytes the reader has taken. */
  public long consumed() {
    return consumed - held.readableBytes();
  }

  /**
   * Waits for bytes and returns a buffer that holds the next ones, or one that is not readable at
   * the end. The reader takes bytes by moving the reader index; what it leaves comes again. Valid
   * until the next call of any method.
   *
   * @throws UploadRejectedException at the end, if the sender did not make clear what that is
   */
  public ByteBuf next() {
    return next(PieceTime.ENDLESS, 0);
  }

  /**
   * Returns the same, or what is not readable where the piece ends that has {@code taken} bytes.
   */
  private ByteBuf next(PieceTime time, long taken) {
    ByteBuf next = nextOrEnd(time, taken);
    if (unreadable && !next.isReadable()) {
      throw new UploadRejectedException(
          new Rejection.Malformed("Transfer-Encoding", "its chunks cannot be read"));
    }
    return next;
  }

  private ByteBuf nextOrEnd(PieceTime time, long taken) {
    ByteBuf first = held.first();
    return !first.isReadable() && refill(time, taken) ? held.first() : first;
  }

  /** Writes the next {@code max} bytes to {@code sink}, or all there are, and returns how many. */
  public long transferTo(WritableByteChannel sink, long max) throws IOException {
    return max == 0 ? 0 : transferTo(sink, PiecewiseBody.Bounds.of(max)).bytes();
  }

  /** Writes the next piece to {@code sink}. */
  PiecewiseBody.Piece transferTo(WritableByteChannel sink, PiecewiseBody.Bounds bounds)
      throws IOException {
    PieceTime time = new PieceTime(bounds);
    long total = 0;
    while (!time.isEnoughWith(total)) {
      if (sink instanceof PromptChannel prompt && !held.first().isReadable()) {
        total += transferDirectly(prompt, time, total);
      }
      if (time.isEnoughWith(total)) {
        break;
      }
      if (next(time, total).isReadable()) {
        total += held.writeTo(sink, time.room(total));
      } else if (!time.isEnoughWith(total)) {
        return new PiecewiseBody.Piece(total, true);
      }
    }
    return new PiecewiseBody.Piece(total, false);
  }

  /**
   * Takes what is there, if anything is. Otherwise waits while the sender's thread writes, and
   * returns at the latest when that leaves bytes behind. More is asked for only when the sink is
   * ready to have it written that way.
   */
  private long transferDirectly(PromptChannel sink, PieceTime time, long taken) throws IOException {
    DirectTransfer transfer = new DirectTransfer(sink, time.room(taken));
    if (!offered(transfer)) {
      return 0;
    }
    startOnce();
    askForMore();
    lock.lock();
    try {
      pace.waits(System.nanoTime());
      long left = transfer.timed(time, taken);
      while (arriving.isEmpty() && !over && !transfer.isDone()) {
        awaitNews(left);
        left = transfer.timed(time, taken);
      }
      pace.waitsNoMore(System.nanoTime());
    } finally {
      direct = null;
      lock.unlock();
    }
    consumed += transfer.written();
    transfer.throwFailure();
    return transfer.written();
  }

  /** Offers {@code transfer} to the sender, unless there are bytes already, which are taken. */
  private boolean offered(DirectTransfer transfer) {
    lock.lock();
    try {
      if (arriving.isEmpty()) {
        direct = transfer;
        return true;
      }
      unasked += swapped();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void askForMore() {
    if (unasked > 0) {
      sender.allow(unasked);
      unasked = 0;
    }
  }

  /** Reads and forgets at most {@code max} bytes, and tells whether that was all there was. */
  public boolean drain(long max) {
    long left = max;
    while (true) {
      ByteBuf buffer = nextOrEnd(PieceTime.ENDLESS, 0);
      if (!buffer.isReadable()) {
        return !truncated;
      }
      if (buffer.readableBytes() > left) {
        return false;
      }
      left -= buffer.readableBytes();
      buffer.skipBytes(buffer.readableBytes());
    }
  }

  /** Frees everything; whatever still arrives is freed at once. */
  @Override
  public void close() {
    boolean unfinished;
    lock.lock();
    try {
      unfinished = !closed && (!over || truncated);
      closed = true;
      arriving.free();
    } finally {
      lock.unlock();
    }
    held.free();
    if (unfinished) {
      sender.discard();
    }
    whenClosed.run();
  }

  /** Waits for buffers and takes all that are there; false at the end, and where the piece ends. */
  private boolean refill(PieceTime time, long total) {
    startOnce();
    long taken;
    lock.lock();
    try {
      pace.waits(System.nanoTime());
      long left = time.nanosLeft();
      while (arriving.isEmpty() && !over && (left > 0 || time.lacking(total) > 0)) {
        awaitNews(left);
        left = time.nanosLeft();
      }
      pace.waitsNoMore(System.nanoTime());
      taken = swapped();
    } finally {
      lock.unlock();
    }
    unasked += taken;
    askForMore();
    return !held.isEmpty();
  }

  /** Waits until something has happened, or {@code nanos} are over if they are a limit. */
  @SuppressWarnings("WaitNotInLoop") // callers look again
  private void awaitNews(long nanos) {
    if (!PieceTime.isLimit(nanos)) {
      news.awaitUninterruptibly();
      return;
    }
    try {
      news.awaitNanos(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      news.awaitUninterruptibly();
    }
  }

  /** Takes what has arrived in place of what was read to its end, and returns how many bytes. */
  private long swapped() {
    BufferQueue empty = held;
    held = arriving;
    arriving = empty;
    long taken = held.readableBytes();
    consumed += taken;
    return taken;
  }

  private void startOnce() {
    if (!started) {
      started = true;
      sender.start();
    }
  }
}
