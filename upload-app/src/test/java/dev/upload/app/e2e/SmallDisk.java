package dev.upload.app.e2e;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A small file system of its own that fills up or fails, as its parent's does not. Needs Linux and
 * the right to mount; a test without them is skipped, and says so.
 */
final class SmallDisk implements AutoCloseable {

  private static final int BLOCK_BYTES = 64 * 1024;

  private final Path directory;
  private final Path below;

  private SmallDisk(Path directory, Path below) {
    this.directory = directory;
    this.below = below;
  }

  /** Mounts one in memory. */
  static SmallDisk inMemory(Path parent, int mebibytes) throws Exception {
    Path directory = Files.createDirectory(parent.resolve("disk"));
    assumeMounted(mounted("tmpfs", "size=" + mebibytes + "m", "upload-test", directory));
    return new SmallDisk(directory, directory);
  }

  /**
   * Mounts one on a device that promises {@code mebibytes} and has only half of them until it
   * {@linkplain #heal heals}: what is forced beyond is an input/output error, as of a thinly
   * provisioned volume. Whether that meets bytes or a directory, the file system stays writable.
   */
  static SmallDisk onFailingDevice(Path parent, int mebibytes) throws Exception {
    Path below = Files.createDirectory(parent.resolve("device"));
    Path directory = Files.createDirectory(parent.resolve("disk"));
    assumeMounted(mounted("tmpfs", "size=" + mebibytes / 2 + "m", "upload-test", below));
    Path image = below.resolve("image");
    boolean formatted =
        Programs.run("truncate", "-s", mebibytes + "M", image.toString())
            && Programs.run(
                "mkfs.ext4", "-q", "-O", "^has_journal", "-E", "nodiscard", image.toString());
    if (!formatted || !mounted("ext4", "loop,errors=continue", image.toString(), directory)) {
      boolean _ = Programs.run("umount", below.toString());
      assumeMounted(false);
    }
    return new SmallDisk(directory, below);
  }

  private static boolean mounted(String type, String options, String what, Path where)
      throws Exception {
    return Programs.run("mount", "-t", type, "-o", options, what, where.toString());
  }

  private static void assumeMounted(boolean mounted) {
    assumeThat(mounted).as("needs the right to mount a small file system").isTrue();
  }

  Path directory() {
    return directory;
  }

  /** Takes all but {@code bytes} of the room. */
  void leave(long bytes) throws IOException {
    byte[] block = new byte[BLOCK_BYTES];
    try (OutputStream ballast = Files.newOutputStream(directory.resolve("ballast"))) {
      while (Files.getFileStore(directory).getUsableSpace() >= bytes + BLOCK_BYTES) {
        ballast.write(block);
      }
    }
  }

  /** Gives back what {@link #leave} took. */
  void free() throws IOException {
    Files.deleteIfExists(directory.resolve("ballast"));
  }

  /** Gives the device what it promised. */
  void heal(int mebibytes) throws Exception {
    requireRun("mount", "-o", "remount,size=" + 2 * mebibytes + "m", below.toString());
  }

  /** Reports an error to the file system, which makes itself read-only. */
  void breakDown() throws Exception {
    requireRun("mount", "-o", "remount,errors=remount-ro", directory.toString());
    Map<String, String> devices =
        Files.readAllLines(Path.of("/proc/mounts")).stream()
            .map(line -> line.split(" "))
            .collect(Collectors.toMap(words -> words[1], words -> words[0], (first, last) -> last));
    Path device = Path.of(devices.getOrDefault(directory.toRealPath().toString(), "/dev/none"));
    Path trigger = Path.of("/sys/fs/ext4", device.getFileName().toString(), "trigger_fs_error");
    assumeThat(Files.exists(trigger)).as("needs a kernel that can pretend errors").isTrue();
    Files.writeString(trigger, "1");
  }

  /** Mounts the device again, after nobody uses it any more. */
  void mountAgain() throws Exception {
    requireRun("umount", directory.toString());
    requireRun(
        "mount",
        "-o",
        "loop,errors=remount-ro",
        below.resolve("image").toString(),
        directory.toString());
  }

  private static void requireRun(String... command) throws Exception {
    if (!Programs.run(command)) {
      throw new IllegalStateException(String.join(" ", command));
    }
  }

  @Override
  public void close() throws Exception {
    requireRun("umount", directory.toString());
    if (!below.equals(directory)) {
      requireRun("umount", below.toString());
    }
  }
}
