package dev.upload.http.body;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The search for the end of a part in 256 KiB that do not have it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BoundarySearch {

  private final Delimiter delimiter = new Delimiter("----WebKitFormBoundary7MA4YWxkTrZu0gW");
  private final ByteBuffer bytes = random(256 << 10);

  private static ByteBuffer random(int size) {
    byte[] bytes = new byte[size];
    new Random(1).nextBytes(bytes);
    return ByteBuffer.allocateDirect(size).put(bytes).flip();
  }

  @Benchmark
  public int in256KiB() {
    return delimiter.indexIn(bytes);
  }
}
