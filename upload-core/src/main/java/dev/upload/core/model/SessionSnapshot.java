package dev.upload.core.model;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a session looks like at rest: flat text entries under a format number, for an adapter to
 * write with a library call.
 *
 * <p>Metadata and notes keep their own keys behind {@code meta.} and {@code note.}; metadata keeps
 * its order.
 */
public record SessionSnapshot(Map<String, String> entries) {

  private static final String FORMAT = "1";
  private static final String METADATA = "meta.";
  private static final String PARTS_AS_SENT = "parts-as-sent";
  private static final String METADATA_AS_SENT = "metadata-as-sent";
  private static final String NOTE = "note.";

  public SessionSnapshot {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** Returns the form at rest of {@code session}. */
  public static SessionSnapshot of(UploadSession session) {
    UploadDeclaration declared = session.declaration();
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("format", FORMAT);
    entries.put("id", declared.id().value());
    entries.put("owner", declared.owner().name());
    entries.put("policy", policyText(declared.policy()));
    if (declared.policy() instanceof Concatenation whole && !whole.asSent().isEmpty()) {
      entries.put(PARTS_AS_SENT, whole.asSent());
    }
    declared.length().ifPresent(length -> entries.put("length", Long.toString(length)));
    entries.put("destination", declared.destination().path());
    entries.put("created", declared.createdAt().toString());
    entries.put("state", session.state().name());
    entries.put("received", session.received().toString());
    entries.put("touched", session.touchedAt().toString());
    entries.put("version", Long.toString(session.version()));
    if (!declared.metadata().asSent().isEmpty()) {
      entries.put(METADATA_AS_SENT, declared.metadata().asSent());
    }
    entries.putAll(DigestEntries.of(session));
    declared.metadata().entries().forEach((key, value) -> entries.put(METADATA + key, value));
    session.notes().entries().forEach((key, value) -> entries.put(NOTE + key, value));
    return new SessionSnapshot(entries);
  }

  /**
   * Returns the session that this is the form of.
   *
   * @throws IllegalArgumentException if an entry is missing, cannot be read or is of an unknown
   *     format
   */
  public UploadSession session() {
    if (!required("format").equals(FORMAT)) {
      throw new IllegalArgumentException(
          "a session of format %s cannot be read".formatted(required("format")));
    }
    String length = entries.get("length");
    OptionalLong declaredLength =
        length == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length));
    UploadDeclaration declaration =
        new UploadDeclaration(
            new UploadId(required("id")),
            new Owner(required("owner")),
            policy(required("policy"), entries.getOrDefault(PARTS_AS_SENT, "")),
            declaredLength,
            new UploadMetadata(behind(METADATA), entries.getOrDefault(METADATA_AS_SENT, "")),
            new Destination(required("destination")),
            Instant.parse(required("created")),
            DigestEntries.asked(entries));
    SortedMap<String, String> notes = new TreeMap<>(behind(NOTE));
    return new UploadSession(
        declaration,
        UploadState.valueOf(required("state")),
        ByteRanges.parse(required("received")),
        new StoreNotes(notes),
        Instant.parse(required("touched")),
        Long.parseLong(required("version")),
        DigestEntries.progress(entries));
  }

  private static String policyText(AssemblyPolicy policy) {
    return switch (policy) {
      case AppendOnly append -> "append " + append.completion();
      case ChunkGrid grid ->
          "grid %d %d %d".formatted(grid.length(), grid.chunkSize(), grid.count());
      case Concatenation whole ->
          whole.parts().stream()
              .map(UploadId::value)
              .collect(Collectors.joining(" ", "concatenation ", ""));
    };
  }

  private static AssemblyPolicy policy(String text, String partsAsSent) {
    String[] words = text.split(" ", -1);
    if (words.length == 2 && words[0].equals("append")) {
      return new AppendOnly(AppendOnly.Completion.valueOf(words[1]));
    }
    if (words.length == 4 && words[0].equals("grid")) {
      return new ChunkGrid(
          Long.parseLong(words[1]), Long.parseLong(words[2]), Integer.parseInt(words[3]));
    }
    if (words.length > 1 && words[0].equals("concatenation")) {
      return new Concatenation(
          Arrays.stream(words).skip(1).map(UploadId::new).toList(), partsAsSent);
    }
    throw new IllegalArgumentException("not an assembly policy: " + text);
  }

  private Map<String, String> behind(String prefix) {
    Map<String, String> found = new LinkedHashMap<>();
    entries.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            found.put(key.substring(prefix.length()), value);
          }
        });
    return found;
  }

  private String required(String key) {
    String value = entries.get(key);
    if (value == null) {
      throw new IllegalArgumentException("a session at rest lacks '%s'".formatted(key));
    }
    return value;
  }
}
