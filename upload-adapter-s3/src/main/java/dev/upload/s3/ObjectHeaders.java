package dev.upload.s3;

import dev.upload.core.model.UploadSession;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a finished object says of itself. Only ASCII: headers and user metadata of S3 take nothing
 * else, so names are encoded, and what a client made up is checked.
 *
 * @param metadata has the upload's nonce, by which we know our own work again
 */
record ObjectHeaders(String contentType, String contentDisposition, Map<String, String> metadata) {

  /** The entry of the user metadata that tells whose work an object is. */
  static final String NONCE = "upload-nonce";

  private static final String ANYTHING = "application/octet-stream";
  private static final int MAX_TYPE_CHARS = 200;
  private static final Pattern MEDIA_TYPE =
      Pattern.compile(
          "[\\w!#$&^.+-]+/[\\w!#$&^.+-]+(; ?[\\w!#$&^.+-]+=[\\w!#$&^.+-]+)*",
          Pattern.CASE_INSENSITIVE);

  ObjectHeaders {
    metadata = Map.copyOf(metadata);
  }

  static ObjectHeaders of(UploadSession session, String nonce) {
    String declared =
        session
            .metadata()
            .contentType()
            .filter(type -> type.length() <= MAX_TYPE_CHARS && MEDIA_TYPE.matcher(type).matches())
            .orElse(ANYTHING);
    String name =
        URLEncoder.encode(session.destination().name(), StandardCharsets.UTF_8)
            .replace("+", "%20")
            .replace("*", "%2A");
    return new ObjectHeaders(
        declared, "attachment; filename*=UTF-8''" + name, Map.of(NONCE, nonce));
  }
}
