package dev.upload.app.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where and when the figures were taken: without it they say nothing. */
final class Machine {

  private static final long KIB_PER_GIB = 1 << 20;

  private Machine() {}

  static Map<String, Object> describe(Path scratch) throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("commit", first("git", "describe", "--always", "--dirty", "--exclude=*"));
    facts.put("cores", Runtime.getRuntime().availableProcessors());
    facts.put("cpu", field("/proc/cpuinfo", "model name"));
    facts.put("memoryGib", memoryGibibytes());
    facts.put("filesystem", Files.getFileStore(scratch).type());
    facts.put("kernel", System.getProperty("os.version"));
    facts.put("jdk", System.getProperty("java.vm.version"));
    facts.put("nginx", nginx());
    return facts;
  }

  private static double memoryGibibytes() throws IOException {
    String total = field("/proc/meminfo", "MemTotal").replaceAll("\\D", "");
    return Math.round(Long.parseLong(total) * 10.0 / KIB_PER_GIB) / 10.0;
  }

  private static String nginx() {
    return Nginx.executable()
        .map(path -> first(path.toString(), "-v").replace("nginx version: ", ""))
        .orElse("no nginx");
  }

  private static String field(String file, String name) throws IOException {
    return Files.readAllLines(Path.of(file)).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  /** The first line that a command prints. */
  private static String first(String... command) {
    try {
      Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return out.lines().findFirst().orElse("unknown").strip();
    } catch (IOException _) {
      return "unknown";
    }
  }
}
