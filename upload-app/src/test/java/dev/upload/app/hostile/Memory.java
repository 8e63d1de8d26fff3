package dev.upload.app.hostile;

import dev.upload.app.e2e.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the resident memory of a JVM consists of, in KiB. The heap gives no page back that it has
 * touched once, and the C library keeps what buffers leave free until it is told not to: only this
 * tells a leak from a reserve.
 *
 * @param live what is reachable in the heap
 * @param heap the pages of the heap that were ever touched
 * @param rest buffers, code, classes and stacks, without what is free of it
 */
record Memory(long live, long heap, long rest) {

  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
  private static final Pattern ADDRESS = Pattern.compile("0x([0-9a-f]{16})");
  private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-[0-9a-f]+ .*");

  /** Collects garbage, has free memory given back, and looks at what is left. */
  static Memory of(ServerProcess process) throws IOException, InterruptedException {
    String histogram = ask(process, "GC.class_histogram");
    String addresses = ask(process, "GC.heap_info");
    ask(process, "System.trim_native_heap");
    Matcher total = TOTAL.matcher(histogram);
    if (!total.find()) {
      throw new AssertionError("no total in " + histogram);
    }
    long[] heap =
        ADDRESS
            .matcher(addresses)
            .results()
            .map(MatchResult::group)
            .mapToLong(Long::decode)
            .sorted()
            .toArray();
    long inHeap = resident(process, heap[0], heap[heap.length - 1]);
    return new Memory(
        Long.parseLong(total.group(1)) / 1024,
        inHeap,
        resident(process, 0, Long.MAX_VALUE) - inHeap);
  }

  /** Returns how much of the mappings that begin there is resident. */
  private static long resident(ServerProcess process, long from, long to) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("/proc/" + process.pid() + "/smaps"));
    long sum = 0;
    boolean counted = false;
    for (String line : lines) {
      Matcher mapping = MAPPING.matcher(line);
      if (mapping.matches()) {
        long start = Long.parseUnsignedLong(mapping.group(1), 16);
        counted = start >= from && start < to;
      } else if (counted && line.startsWith("Rss:")) {
        sum += Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return sum;
  }

  private static String ask(ServerProcess process, String question)
      throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process asked =
        new ProcessBuilder(jcmd, Long.toString(process.pid()), question)
            .redirectErrorStream(true)
            .start();
    String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (asked.waitFor() != 0) {
      throw new AssertionError(question + " is answered " + answer);
    }
    return answer;
  }

  @Override
  public String toString() {
    return "%.1f MiB live in %.1f MiB of heap, %.1f MiB elsewhere"
        .formatted(live / 1024.0, heap / 1024.0, rest / 1024.0);
  }
}
