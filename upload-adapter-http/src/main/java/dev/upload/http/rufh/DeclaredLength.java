package dev.upload.http.rufh;

import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import java.util.OptionalLong;

/** The length of the whole, which a request may say twice, and has to say alike. */
final class DeclaredLength {

  private DeclaredLength() {}

  /**
   * Returns the length that a request says: in its field, or by being the last one and telling how
   * many bytes it has.
   *
   * @throws UploadRejectedException if these differ, or the bytes go beyond
   */
  static OptionalLong of(RufhFields fields, long offset, boolean last) {
    OptionalLong end = end(fields, offset);
    OptionalLong said = fields.length();
    if (said.isPresent() && end.isPresent()) {
      boolean agrees =
          last ? said.getAsLong() == end.getAsLong() : said.getAsLong() >= end.getAsLong();
      if (!agrees) {
        throw inconsistent(
            "it is %d, and the bytes of the request end at %d"
                .formatted(said.getAsLong(), end.getAsLong()));
      }
    }
    return said.isPresent() || !last ? said : end;
  }

  /** Returns where the bytes of a request end, if it says how many they are. */
  static OptionalLong end(RufhFields fields, long offset) {
    OptionalLong bytes = fields.contentLength();
    return bytes.isPresent()
        ? OptionalLong.of(offset + Math.min(bytes.getAsLong(), Long.MAX_VALUE - offset))
        : OptionalLong.empty();
  }

  static UploadRejectedException inconsistent(String reason) {
    return new UploadRejectedException(new Rejection.Inconsistent(Rufh.LENGTH, reason));
  }
}
