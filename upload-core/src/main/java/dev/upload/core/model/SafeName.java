package dev.upload.core.model;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes one path segment out of any text: harmless on Linux, macOS and Windows and in an object
 * key.
 *
 * <p>The result is in Normalization Form C, has 1 to {@value #MAX_BYTES} bytes of UTF-8, no control
 * or invisible formatting characters, none of {@code / \ : * ? " < > |}, no dot or space at its
 * end, and is no name that Windows reserves. A safe name stays as it is.
 */
public final class SafeName {

  /** The most bytes of UTF-8, well below the 255 that file systems take. */
  public static final int MAX_BYTES = 200;

  private static final Pattern UNSAFE =
      Pattern.compile("[\\p{Cntrl}\\p{Cc}\\p{Cf}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}/\\\\:*?\"<>|]");
  private static final Pattern LOOSE_ENDS = Pattern.compile("^ +|[. ]+$");
  private static final Pattern RESERVED =
      Pattern.compile("(?:con|prn|aux|nul|conin\\$|conout\\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\\..*)?");

  /** Of those that have only letters and digits. */
  private static final int LONGEST_RESERVED_WORD = 4;

  private static final String UNNAMED = "unnamed";

  private SafeName() {}

  /** Returns a safe segment that resembles {@code text} as closely as the rules allow. */
  public static String of(String text) {
    return isPlain(text) ? text : made(text);
  }

  /**
   * Tells whether {@code text} is a name as most are: so plain that no rule can touch it. Every
   * upload's name is looked at several times, and the rules cost more than the rest of its record.
   */
  private static boolean isPlain(String text) {
    int length = text.length();
    if (length > MAX_BYTES || text.endsWith(".")) {
      return false;
    }
    int stem = 0;
    while (stem < length && isLetterOrDigit(text.charAt(stem))) {
      stem++;
    }
    for (int i = stem; i < length; i++) {
      char c = text.charAt(i);
      if (!isLetterOrDigit(c) && c != '.' && c != '-' && c != '_') {
        return false;
      }
    }
    return stem > LONGEST_RESERVED_WORD;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
  }

  private static String made(String text) {
    String name = Normalizer.normalize(text, Normalizer.Form.NFC);
    name = UNSAFE.matcher(name).replaceAll("_");
    name = LOOSE_ENDS.matcher(name).replaceAll("");
    name = shortened(name, MAX_BYTES);
    if (name.isEmpty()) {
      return UNNAMED;
    }
    return RESERVED.matcher(name.toLowerCase(Locale.ROOT)).matches()
        ? shortened("_" + name, MAX_BYTES)
        : name;
  }

  /**
   * Returns {@code name} with at most {@code maxBytes} bytes of UTF-8: cuts the stem, not the
   * extension, between code points.
   */
  static String shortened(String name, int maxBytes) {
    if (utf8Length(name) <= maxBytes) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    String extension =
        dot > 0 && utf8Length(name.substring(dot)) <= maxBytes / 4 ? name.substring(dot) : "";
    String stem = name.substring(0, name.length() - extension.length());
    String cut = stem.substring(0, charsWithin(stem, maxBytes - utf8Length(extension)));
    return LOOSE_ENDS.matcher(cut + extension).replaceAll("");
  }

  /** Returns how many leading chars make whole code points of at most {@code maxBytes} in UTF-8. */
  private static int charsWithin(String text, int maxBytes) {
    int bytes = 0;
    int chars = 0;
    while (chars < text.length()) {
      int codePoint = text.codePointAt(chars);
      bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
      if (bytes > maxBytes) {
        break;
      }
      chars += Character.charCount(codePoint);
    }
    return chars;
  }

  static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
