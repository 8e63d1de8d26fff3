package dev.upload.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Says which boot of the machine this is: the page cache lives as long as it. */
final class BootId {

  private static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");

  private BootId() {}

  /** Returns the id of this boot; empty where the platform has none. */
  static Optional<String> current() {
    try {
      return Optional.of(Files.readString(LINUX).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
