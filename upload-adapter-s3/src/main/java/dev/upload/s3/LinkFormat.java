package dev.upload.s3;

import dev.upload.core.model.SessionSnapshot;
import dev.upload.core.model.UploadSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * What a link looks like at rest: one flat JSON object of texts, the snapshot of the session with
 * {@code link.writer} in front, and {@code link.deleted} in a tombstone.
 */
final class LinkFormat {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String WRITER = "link.writer";
  private static final String DELETED = "link.deleted";

  private LinkFormat() {}

  static byte[] write(ChainLink link) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    UploadSession session = link.isTombstone() ? link.deleted() : link.session();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeStringProperty(WRITER, link.writer());
      if (link.isTombstone()) {
        json.writeStringProperty(DELETED, "true");
      }
      if (session != null) {
        SessionSnapshot.of(session).entries().forEach(json::writeStringProperty);
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a link.
   *
   * @throws UnreadableRecordException if it is not of this form
   * @throws IOException if it cannot be read to its end
   */
  static ChainLink read(long sequence, InputStream bytes) throws IOException {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
      Map<String, String> entries = entries(json);
      String writer = entries.remove(WRITER);
      if (writer == null) {
        throw new UnreadableRecordException("a session record has no writer");
      }
      boolean deleted = entries.remove(DELETED) != null;
      if (entries.isEmpty()) {
        return new ChainLink(sequence, writer, null, null);
      }
      UploadSession session = new SessionSnapshot(entries).session();
      return new ChainLink(sequence, writer, deleted ? null : session, deleted ? session : null);
    } catch (JacksonIOException e) {
      throw new IOException("a session record did not come to its end", e);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new UnreadableRecordException("a session record cannot be read", e);
    }
  }

  private static Map<String, String> entries(JsonParser json) throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new UnreadableRecordException("a session record is no JSON object");
    }
    for (String key = json.nextName(); key != null; key = json.nextName()) {
      String value = json.nextStringValue();
      if (value == null) {
        throw new UnreadableRecordException("'%s' of a session record is no text".formatted(key));
      }
      entries.put(key, value);
    }
    return entries;
  }
}
