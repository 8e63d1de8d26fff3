package dev.upload.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.upload.core.model.UploadSession;
import dev.upload.core.model.UploadState;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What clients and pages see of an upload.
 *
 * @param state {@code open}, {@code assembling} or {@code complete}
 * @param received bytes that are stored
 * @param chunks numbers of stored chunks, from 1, where they were asked for
 * @param location path of the finished file, once there is one
 * @param destination where the store keeps it
 */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record UploadView(
    String id,
    String state,
    OptionalLong length,
    long received,
    Optional<String> filename,
    Optional<List<Integer>> chunks,
    Optional<String> location,
    Optional<String> destination) {

  /** Returns the view of {@code session}, whose finished file is found below {@code filesPath}. */
  public static UploadView of(UploadSession session, String filesPath) {
    boolean complete = session.state() == UploadState.COMPLETE;
    return new UploadView(
        session.id().value(),
        name(session.state()),
        session.length(),
        session.received().total(),
        session.metadata().filename(),
        Optional.empty(),
        complete ? Optional.of(filesPath + "/" + session.id()) : Optional.empty(),
        complete ? Optional.of(session.destination().path()) : Optional.empty());
  }

  /** Returns the same with the numbers of stored chunks. */
  public UploadView withChunks(List<Integer> numbers) {
    return new UploadView(
        id, state, length, received, filename, Optional.of(numbers), location, destination);
  }

  private static String name(UploadState state) {
    return switch (state) {
      case OPEN -> "open";
      case ASSEMBLING -> "assembling";
      case COMPLETE -> "complete";
      case CANCELLED -> "cancelled";
    };
  }
}
