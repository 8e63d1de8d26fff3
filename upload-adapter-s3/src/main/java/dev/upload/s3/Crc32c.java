package dev.upload.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * The CRC-32C of some bytes and how many they are, so that the checksums of neighbours can be
 * joined into that of both without reading them again.
 */
record Crc32c(int value, long length) {

  static final Crc32c OF_NOTHING = new Crc32c(0, 0);

  /** The polynomial of CRC-32C, its coefficients from x⁰ (the highest bit) to x³¹ (the lowest). */
  private static final int POLYNOMIAL = 0x82F63B78;

  private static final int ONE = 1 << 31;

  /** x to the power of 2ⁿ for n from 0 to 31; the sequence begins again after that. */
  private static final int[] POWERS = powers();

  static Crc32c of(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return new Crc32c((int) crc.getValue(), bytes.length);
  }

  /** Reads {@code in} to its end. */
  static Crc32c of(InputStream in) throws IOException {
    CheckedInputStream checked = new CheckedInputStream(in, new CRC32C());
    long length = checked.transferTo(OutputStream.nullOutputStream());
    return new Crc32c((int) checked.getChecksum().getValue(), length);
  }

  /** Returns the checksum of these bytes with the bytes of {@code next} behind them. */
  Crc32c then(Crc32c next) {
    int shifted = product(value, shiftBy(next.length));
    return new Crc32c(shifted ^ next.value, length + next.length);
  }

  /** Returns the form that S3 has in headers: four bytes in Base64. */
  String base64() {
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  String hex() {
    return HexFormat.of().toHexDigits(value);
  }

  static Crc32c ofHex(String hex, long length) {
    return new Crc32c(HexFormat.fromHexDigits(hex), length);
  }

  /** Returns x to the power of 8·{@code bytes}: what appending so many zero bytes multiplies by. */
  private static int shiftBy(long bytes) {
    int result = ONE;
    int power = 3;
    for (long left = bytes; left != 0; left >>>= 1) {
      if ((left & 1) != 0) {
        result = product(POWERS[power % POWERS.length], result);
      }
      power++;
    }
    return result;
  }

  /** Returns the product of two polynomials modulo {@link #POLYNOMIAL}. */
  private static int product(int a, int b) {
    int sum = 0;
    int shifted = b;
    for (int bit = ONE; bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) {
        sum ^= shifted;
      }
      shifted = (shifted & 1) == 0 ? shifted >>> 1 : (shifted >>> 1) ^ POLYNOMIAL;
    }
    return sum;
  }

  private static int[] powers() {
    int[] powers = new int[Integer.SIZE];
    powers[0] = ONE >>> 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = product(powers[i - 1], powers[i - 1]);
    }
    return powers;
  }
}
