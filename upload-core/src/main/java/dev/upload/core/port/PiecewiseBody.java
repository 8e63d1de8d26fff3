package dev.upload.core.port;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;

/** A body that can be taken in pieces: after each, what came so far can be made to count. */
public interface PiecewiseBody extends ChunkBody {

  /**
   * Writes what comes next into {@code sink} until the body is over or {@code bounds} end the
   * piece. Then the body goes on, perhaps with nothing, where this ended. All the rest is as {@link
   * #transferTo(WritableByteChannel)} has it.
   */
  Piece transferTo(WritableByteChannel sink, Bounds bounds) throws IOException;

  /**
   * Where a piece ends of a body that goes on: at the most bytes; or once its time is over, and it
   * has the least. So none that is not the last is ever empty.
   *
   * @param most how many bytes it has then
   * @param least how many bytes it waits for, however long that takes
   * @param time since it began. Who cannot wait for bytes and look at a clock looks whenever some
   *     have come
   */
  record Bounds(long most, long least, Duration time) {

    public Bounds {
      if (least < 1 || most < least || time.isNegative()) {
        throw new IllegalArgumentException(
            "no piece has %d to %d bytes within %s".formatted(least, most, time));
      }
    }

    /** Returns bounds of {@code most} bytes, whenever those come. */
    public static Bounds of(long most) {
      return new Bounds(most, most, Duration.ZERO);
    }

    /** Returns bounds of the same time, whatever comes in it. */
    public Bounds ofTimeOnly() {
      return new Bounds(Long.MAX_VALUE, least, time);
    }

    /** Tells whether the clock matters. */
    public boolean isTimed() {
      return least < most;
    }
  }

  /**
   * What was written.
   *
   * @param bytes how many that were
   * @param last whether the body is over: nothing comes behind them
   */
  record Piece(long bytes, boolean last) {}

  /** Returns a body that is read from {@code source}, which the caller closes. */
  static PiecewiseBody of(InputStream source) {
    return new InputStreamBody(source);
  }
}
