package dev.upload.app.bench.micro;

import dev.upload.core.model.ByteRange;
import dev.upload.core.model.ByteRanges;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What is received of an upload without gaps, and of one with as many as are allowed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Ranges {

  private static final long CELL_BYTES = 1 << 20;

  @Param({"1", "10000"})
  public int ranges;

  private ByteRanges received = ByteRanges.EMPTY;
  private ByteRange next = ByteRange.at(0, CELL_BYTES);
  private ByteRange held = next;

  /** Leaves a gap of a cell behind each range. */
  @Setup
  public void receive() {
    for (int i = 0; i < ranges; i++) {
      received = received.plus(ByteRange.at(2 * i * CELL_BYTES, CELL_BYTES));
    }
    next = ByteRange.at((2L * (ranges / 2) + 1) * CELL_BYTES, CELL_BYTES);
    held = ByteRange.at(2L * (ranges / 2) * CELL_BYTES, CELL_BYTES);
    if (ranges == 1) {
      held = ByteRange.at(0, CELL_BYTES);
    }
  }

  @Benchmark
  public ByteRanges plus() {
    return received.plus(next);
  }

  @Benchmark
  public boolean covers() {
    return received.covers(held);
  }

  @Benchmark
  public String toText() {
    return received.toString();
  }
}
