package dev.upload.http.body;

import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.port.ChunkBody;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * The file of a form as a chunk's body, raw or as a {@code data:} URL. Reads the form to its end:
 * what follows the file is given to {@code later}, which may refuse, and then no byte counts.
 */
public final class FormFile implements ChunkBody {

  private final RequestBytes bytes;
  private final MultipartForm form;
  private final PartHead head;
  private final long expected;
  private final BiConsumer<String, String> later;

  /**
   * @param form stands at the file
   * @param head of the file's part
   * @param expected how many bytes the file should have; that is a hint, the receiver counts
   * @param later takes the name and value of every field behind the file
   */
  public FormFile(
      RequestBytes bytes,
      MultipartForm form,
      PartHead head,
      long expected,
      BiConsumer<String, String> later) {
    this.bytes = bytes;
    this.form = form;
    this.head = head;
    this.expected = expected;
    this.later = later;
  }

  @Override
  public long transferTo(WritableByteChannel sink) throws IOException {
    long count =
        DataUrlSink.isMeantFor(head)
            ? decodeTo(sink)
            : form.transferTo(sink, OptionalLong.of(expected));
    if (!bytes.truncated()) {
      readToTheEnd();
    }
    return count;
  }

  private long decodeTo(WritableByteChannel sink) throws IOException {
    DataUrlSink decoding = new DataUrlSink(sink);
    form.transferTo(decoding, OptionalLong.empty());
    if (!bytes.truncated()) {
      decoding.finish();
    }
    return decoding.decodedBytes();
  }

  private void readToTheEnd() {
    for (Optional<PartHead> next = form.nextPart(); next.isPresent(); next = form.nextPart()) {
      PartHead part = next.get();
      if (part.filename().isPresent() || part.name().equals(head.name())) {
        throw new UploadRejectedException(
            new Rejection.Malformed(part.name(), "there is more than one file"));
      }
      later.accept(part.name(), form.text());
    }
  }

  @Override
  public boolean truncated() {
    return bytes.truncated();
  }

  @Override
  public void cut() {
    bytes.cut();
  }
}
