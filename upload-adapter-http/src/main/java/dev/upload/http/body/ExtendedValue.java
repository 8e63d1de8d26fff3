package dev.upload.http.body;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** A parameter's value with a charset: {@code charset'language'percent-encoded} (RFC 8187). */
public final class ExtendedValue {

  private ExtendedValue() {}

  /** Returns what {@code value} says; empty if it is no such value. */
  public static Optional<String> decoded(String value) {
    String[] pieces = value.split("'", 3);
    if (pieces.length < 3) {
      return Optional.empty();
    }
    return percentDecoded(pieces[2]).flatMap(bytes -> inCharset(pieces[0], bytes));
  }

  private static Optional<String> inCharset(String charset, byte[] bytes) {
    try {
      return Optional.of(
          Charset.forName(charset).newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException
        | IllegalCharsetNameException
        | UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> percentDecoded(String text) {
    byte[] source = text.getBytes(StandardCharsets.ISO_8859_1);
    byte[] bytes = new byte[source.length];
    int length = 0;
    for (int i = 0; i < source.length; i++) {
      if (source[i] != '%') {
        bytes[length++] = source[i];
      } else if (i + 2 < source.length
          && HexFormat.isHexDigit(source[i + 1])
          && HexFormat.isHexDigit(source[i + 2])) {
        bytes[length++] =
            (byte)
                (HexFormat.fromHexDigit(source[i + 1]) << 4
                    | HexFormat.fromHexDigit(source[i + 2]));
        i += 2;
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(Arrays.copyOf(bytes, length));
  }
}
