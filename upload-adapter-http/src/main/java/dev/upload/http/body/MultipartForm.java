package dev.upload.http.body;

import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A multipart/form-data body (RFC 7578), part after part as it arrives; for one thread.
 *
 * <p>What is before the first and after the last delimiter is skipped. Lines end with CRLF: a bare
 * LF is content, as RFC 2046 has it, and all browsers and libraries send CRLF. Heads and fields are
 * bounded, the content of a file is not.
 *
 * <p>All methods throw {@link UploadRejectedException}: {@code Malformed} for what is no form,
 * {@code TooLarge} for what is too much of one, {@code Interrupted} where the client went away.
 */
public final class MultipartForm {

  /** The most bytes that the header lines of a part have. */
  static final int MAX_HEAD_BYTES = 16 * 1024;

  /** The most bytes that all fields, and what is outside of parts, have together. */
  static final int MAX_FIELD_BYTES = 256 * 1024;

  private static final int USUAL_HEAD_BYTES = 256;
  private static final int MAX_PARTS = 256;
  private static final Pattern BOUNDARY =
      Pattern.compile("[0-9A-Za-z'()+_,\\-./:=? ]{0,69}[0-9A-Za-z'()+_,\\-./:=?]");

  private final RequestBytes source;
  private final OptionalLong length;
  private final Delimiter delimiter;
  private final PartContent content;
  private State state = State.IN_CONTENT; // the preamble is skipped like a part nobody wants
  private int fieldBytes;
  private int parts;

  private enum State {
    IN_CONTENT,
    BEHIND_DELIMITER,
    BEHIND_LAST
  }

  /**
   * @param boundary as the Content-Type says
   * @param length of the whole body, where the Content-Length says it
   */
  public MultipartForm(RequestBytes source, String boundary, OptionalLong length) {
    if (!BOUNDARY.matcher(boundary).matches()) {
      throw new UploadRejectedException(
          new Rejection.Malformed("boundary", "it has 1 to 70 of the characters of RFC 2046"));
    }
    this.source = source;
    this.length = length;
    this.delimiter = new Delimiter(boundary);
    this.content = new PartContent(source, delimiter);
  }

  /** Moves to the next part, past what was not read of this one; empty behind the last. */
  public Optional<PartHead> nextPart() {
    if (state == State.IN_CONTENT) {
      text();
    }
    if (state == State.BEHIND_LAST || isLast()) {
      state = State.BEHIND_LAST;
      return Optional.empty();
    }
    parts++;
    if (parts > MAX_PARTS) {
      throw new UploadRejectedException(new Rejection.TooLarge("form parts", MAX_PARTS, parts));
    }
    PartHead head = PartHead.parse(headLines());
    state = State.IN_CONTENT;
    return Optional.of(head);
  }

  /** Returns the content of the part, a field. */
  public String text() {
    TextSink sink = new TextSink(MAX_FIELD_BYTES - fieldBytes);
    try {
      long bytes = transferTo(sink, OptionalLong.empty());
      if (state == State.IN_CONTENT) {
        requireAllOf();
      }
      fieldBytes += (int) bytes;
      return sink.text();
    } catch (CharacterCodingException e) {
      throw malformed("it has a field that is not UTF-8");
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  /**
   * Writes the content of the part, a file, into {@code sink} and returns how many bytes that were.
   * A client that goes away ends it early, which {@link RequestBytes#truncated} tells.
   *
   * @param expected how many bytes the part should have; where they reach to the end of the form,
   *     they are passed on without a search, and the delimiter behind them is verified
   */
  public long transferTo(WritableByteChannel sink, OptionalLong expected) throws IOException {
    if (state != State.IN_CONTENT) {
      return 0;
    }
    if (expected.isPresent() && reachesToTheEnd(expected.getAsLong())) {
      return transferLast(sink, expected.getAsLong());
    }
    CountingSink counting = new CountingSink(sink);
    if (content.transferTo(counting) == PartContent.End.DELIMITED) {
      state = State.BEHIND_DELIMITER;
    } else if (!source.truncated()) {
      throw unclosed();
    }
    return counting.count();
  }

  /**
   * Refuses a form whose announced length shows that its file, at which it stands, cannot have
   * {@code expected} bytes.
   */
  public void requireRoomFor(PartHead file, long expected) {
    if (length.isEmpty() || DataUrlSink.isMeantFor(file)) {
      return;
    }
    long room = length.getAsLong() - source.consumed() - delimiter.length() - 2;
    if (room < expected || room - expected > MAX_FIELD_BYTES) {
      throw new UploadRejectedException(
          new Rejection.Inconsistent(
              "Content-Length", "it leaves %d bytes for a file of %d".formatted(room, expected)));
    }
  }

  private boolean reachesToTheEnd(long expected) {
    long behind = length.orElse(-1) - source.consumed() - expected;
    return behind == delimiter.length() + 2
        || behind == delimiter.length() + 4; // "--", and usually CRLF
  }

  private long transferLast(WritableByteChannel sink, long expected) throws IOException {
    long transferred = source.transferTo(sink, expected);
    if (transferred < expected) {
      return transferred;
    }
    for (byte b : delimiter.bytes()) {
      if (readByte() != b) {
        throw malformed("its file is not as long as announced");
      }
    }
    state = State.BEHIND_DELIMITER;
    return expected;
  }

  /** Reads what follows a delimiter on its line. */
  private boolean isLast() {
    int first = readByte();
    int second = readByte();
    if (first == '-' && second == '-') {
      return true;
    }
    while (first == ' ' || first == '\t') { // padding that gateways may add
      first = second;
      second = readByte();
    }
    if (first != '\r' || second != '\n') {
      throw malformed("a delimiter is followed by something else than a line's end");
    }
    return false;
  }

  /** Reads up to the empty line. */
  private String headLines() {
    byte[] lines = new byte[USUAL_HEAD_BYTES];
    int count = 0;
    int lineStart = 0;
    while (count < MAX_HEAD_BYTES) {
      if (count == lines.length) {
        lines = Arrays.copyOf(lines, Math.min(2 * count, MAX_HEAD_BYTES));
      }
      lines[count++] = (byte) readByte();
      if (lines[count - 1] == '\n' && count >= 2 && lines[count - 2] == '\r') {
        if (count - lineStart == 2) {
          return decoded(lines, count);
        }
        lineStart = count;
      }
    }
    throw new UploadRejectedException(
        new Rejection.TooLarge("form part header", MAX_HEAD_BYTES, count));
  }

  private static String decoded(byte[] lines, int count) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(lines, 0, count))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed("it has a part header that is not UTF-8");
    }
  }

  private int readByte() {
    ByteBuf buffer = source.next();
    if (!buffer.isReadable()) {
      requireAllOf();
      throw unclosed();
    }
    return buffer.readUnsignedByte();
  }

  private void requireAllOf() {
    if (source.truncated()) {
      throw new UploadRejectedException(
          new Rejection.Interrupted(length.orElse(0), source.consumed()));
    }
  }

  private static UploadRejectedException unclosed() {
    return malformed("it ends before its last delimiter");
  }

  private static UploadRejectedException malformed(String reason) {
    return new UploadRejectedException(new Rejection.Malformed("form", reason));
  }
}
