import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Formats the project's Java sources, or only says which are not formatted.
 *
 * <p>Run by the build on the selected JDK: a formatter inside Maven's own, older JVM could not
 * parse the sources.
 */
final class Format {

  private Format() {}

  /** Takes {@code check} or {@code apply} and the directory below which the sources are. */
  public static void main(String[] args) throws Exception {
    boolean apply = args[0].equals("apply");
    List<String> arguments = new ArrayList<>();
    if (apply) {
      arguments.add("--replace");
    } else {
      arguments.addAll(List.of("--dry-run", "--set-exit-if-changed"));
    }
    arguments.addAll(sourcesBelow(Path.of(args[1])));
    PrintWriter out = new PrintWriter(System.out, true);
    PrintWriter err = new PrintWriter(System.err, true);

    int status = new Main(out, err, System.in).format(arguments.toArray(String[]::new));

    if (status != 0 && !apply) {
      err.println("The files above are not formatted. To format them: mvn -N -q -Pformat validate");
    }
    System.exit(status);
  }

  private static List<String> sourcesBelow(Path root) throws IOException {
    List<String> sources = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            String name = String.valueOf(directory.getFileName());
            boolean foreign = name.equals("target") || (name.startsWith(".") && name.length() > 1);
            return foreign ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              sources.add(file.toString());
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return sources;
  }
}
