package dev.upload.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upload.core.Uploads;
import dev.upload.core.testing.Bytes;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example in the documents compiles and does what it says, with nothing else on the class path.
 */
class PlainJavaExampleTest {

  private static final String SOURCE = "../docs/examples/ResumeInPlainJava.java";

  @TempDir Path directory;

  @Test
  void uploadsAFileAndFindsItAgain() throws Exception {
    byte[] content = Bytes.random(5 * 1024 * 1024 + 17, 1);
    Path file = Files.write(directory.resolve("a file.bin"), content);
    Path root = directory.resolve("root");
    Path classes = Files.createDirectory(directory.resolve("classes"));
    run(
        "javac",
        "-Xlint:all,-path",
        "-Werror",
        "-d",
        classes.toString(),
        "-cp",
        libraries(),
        SOURCE);
    String classPath = classes + File.pathSeparator + libraries();

    String first =
        run("java", "-cp", classPath, "ResumeInPlainJava", file.toString(), root.toString());
    String second =
        run("java", "-cp", classPath, "ResumeInPlainJava", file.toString(), root.toString());

    assertThat(first).contains("0 of 5242897 bytes were already there").contains("COMPLETE: ");
    assertThat(second).contains("5242897 of 5242897 bytes were already there");
    try (Stream<Path> finished = Files.walk(root.resolve("files"))) {
      assertThat(finished.filter(Files::isRegularFile).toList())
          .singleElement()
          .satisfies(path -> assertThat(path).hasFileName("a file.bin").hasBinaryContent(content));
    }
  }

  /** The two modules and the SQLite driver. */
  private static String libraries() throws URISyntaxException {
    return String.join(
        File.pathSeparator,
        locationOf(Uploads.class),
        locationOf(FilesystemUploads.class),
        locationOf(org.sqlite.JDBC.class));
  }

  private static String locationOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  private static String run(String tool, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
