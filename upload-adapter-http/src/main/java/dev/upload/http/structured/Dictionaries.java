package dev.upload.http.structured;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.Dictionary;
import org.greenbytes.http.sfv.IntegerItem;
import org.greenbytes.http.sfv.ListElement;

/**
 * Reads dictionaries, and writes them. One that cannot be read, or in which a known member is of
 * another type, is as good as absent, that is, without members; members that nobody knows are
 * ignored, as are parameters.
 */
public final class Dictionaries {

  private Dictionaries() {}

  /** Returns the integers at those {@code keys} that the dictionary in {@code lines} has. */
  public static Map<String, Long> integers(Collection<String> lines, Set<String> keys) {
    return transformed(read(lines, keys, IntegerItem.class), IntegerItem::get);
  }

  /** Returns the bytes at those {@code keys} that the dictionary in {@code lines} has. */
  public static Map<String, byte[]> bytes(Collection<String> lines, Set<String> keys) {
    return transformed(read(lines, keys, ByteSequenceItem.class), member -> copy(member.get()));
  }

  private static <T> Map<String, T> read(
      Collection<String> lines, Set<String> keys, Class<T> type) {
    Map<String, ListElement<?>> all = FieldLines.of(lines).dictionary().orElse(Map.of());
    Map<String, T> known = new LinkedHashMap<>();
    for (Map.Entry<String, ListElement<?>> member : all.entrySet()) {
      if (keys.contains(member.getKey())) {
        if (!type.isInstance(member.getValue())) {
          return Map.of();
        }
        known.put(member.getKey(), type.cast(member.getValue()));
      }
    }
    return known;
  }

  private static byte[] copy(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /**
   * Writes a dictionary of integers in the order of {@code members}.
   *
   * @throws IllegalArgumentException if an integer has more digits than it may, or a key is none
   */
  public static String formatIntegers(Map<String, Long> members) {
    return Dictionary.valueOf(transformed(members, IntegerItem::valueOf)).serialize();
  }

  /**
   * Writes a dictionary of byte sequences in the order of {@code members}.
   *
   * @throws IllegalArgumentException if a key is none
   */
  public static String formatBytes(Map<String, byte[]> members) {
    return Dictionary.valueOf(transformed(members, ByteSequenceItem::valueOf)).serialize();
  }

  private static <A, B> Map<String, B> transformed(Map<String, A> members, Function<A, B> each) {
    Map<String, B> result = new LinkedHashMap<>();
    members.forEach((key, value) -> result.put(key, each.apply(value)));
    return result;
  }
}
