package dev.upload.fs.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The bytes of a file: what was forced, and what was done to it since. Not for several threads. */
final class Inode {

  private static final int BLOCK_BYTES = 512;

  private final List<Change> unforced = new ArrayList<>();
  private byte[] forced = {};

  /** Something done to the bytes. */
  private sealed interface Change {}

  private static final class Write implements Change {
    final int position;
    final byte[] bytes;

    Write(int position, byte[] bytes) {
      this.position = position;
      this.bytes = bytes;
    }
  }

  private record Truncate(int length) implements Change {}

  void written(long position, byte[] bytes) {
    unforced.add(new Write((int) position, bytes));
  }

  void truncated(long length) {
    unforced.add(new Truncate((int) length));
  }

  void force() {
    for (Change change : unforced) {
      forced = whole(forced, change);
    }
    unforced.clear();
  }

  /** Returns what a power cut leaves: of each change all, nothing, or some blocks. */
  byte[] afterPowerCut(Random chance) {
    byte[] bytes = forced;
    for (Change change : unforced) {
      bytes =
          switch (chance.nextInt(4)) {
            case 0 -> bytes;
            case 1 -> torn(bytes, change, chance);
            default -> whole(bytes, change);
          };
    }
    return bytes;
  }

  private static byte[] whole(byte[] before, Change change) {
    return switch (change) {
      case Truncate(int length) -> Arrays.copyOf(before, Math.min(before.length, length));
      case Write write -> with(before, write.position, write.bytes);
    };
  }

  private static byte[] torn(byte[] before, Change change, Random chance) {
    byte[] after = before;
    if (change instanceof Write write) {
      byte[] bytes = write.bytes;
      for (int from = 0; from < bytes.length; from += BLOCK_BYTES) {
        if (chance.nextBoolean()) {
          int to = Math.min(bytes.length, from + BLOCK_BYTES);
          after = with(after, write.position + from, Arrays.copyOfRange(bytes, from, to));
        }
      }
    }
    return after;
  }

  private static byte[] with(byte[] before, int position, byte[] bytes) {
    byte[] after = Arrays.copyOf(before, Math.max(before.length, position + bytes.length));
    System.arraycopy(bytes, 0, after, position, bytes.length);
    return after;
  }
}
