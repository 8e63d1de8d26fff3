package dev.upload.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * A power cut is a copy of the directory taken while it is open, with some bytes spoilt, and opened
 * in another boot.
 */
final class PowerCut {

  private PowerCut() {}

  /** Copies the files below {@code from}. */
  static void copy(Path from, Path target) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        Path copy = target.resolve(from.relativize(path).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(path, copy);
      }
    }
  }

  /** Spoils a few bytes from {@code position} on. */
  static void spoil(Path file, long position) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(20), position);
    }
  }

  /** Takes what is behind {@code length} away. */
  static void cutOff(Path file, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }
}
