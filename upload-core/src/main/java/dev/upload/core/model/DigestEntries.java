package dev.upload.core.model;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the digests of a session look like at rest; nothing where none are asked for. */
final class DigestEntries {

  private static final String WANTED = "digests-wanted";
  private static final String EXPECTED = "digests-expected";
  private static final String OFFSET = "digested";
  private static final String STATE = "digest-state.";
  private static final String MADE = "digests-made";

  private DigestEntries() {}

  static Map<String, String> of(UploadSession session) {
    Map<String, String> entries = new LinkedHashMap<>();
    WholeDigests asked = session.declaration().digests();
    if (!asked.wanted().isEmpty()) {
      entries.put(
          WANTED,
          asked.wanted().stream().sorted().map(Enum::name).collect(Collectors.joining(" ")));
    }
    if (!asked.expected().isEmpty()) {
      entries.put(EXPECTED, text(asked.expected()));
    }
    DigestProgress progress = session.digested();
    if (!progress.equals(DigestProgress.NONE)) {
      entries.put(OFFSET, Long.toString(progress.offset()));
    }
    progress.states().forEach((algorithm, state) -> entries.put(STATE + algorithm.name(), state));
    if (!progress.digests().isEmpty()) {
      entries.put(MADE, text(progress.digests()));
    }
    return entries;
  }

  static WholeDigests asked(Map<String, String> entries) {
    Set<DigestAlgorithm> wanted =
        words(entries, WANTED).stream().map(DigestAlgorithm::valueOf).collect(Collectors.toSet());
    return new WholeDigests(wanted, digests(entries, EXPECTED));
  }

  static DigestProgress progress(Map<String, String> entries) {
    Map<DigestAlgorithm, String> states = new TreeMap<>();
    entries.forEach(
        (key, state) -> {
          if (key.startsWith(STATE)) {
            states.put(DigestAlgorithm.valueOf(key.substring(STATE.length())), state);
          }
        });
    return new DigestProgress(
        Long.parseLong(entries.getOrDefault(OFFSET, "0")),
        new TreeMap<>(states),
        digests(entries, MADE));
  }

  private static String text(List<Digest> digests) {
    return digests.stream().map(Digest::toString).collect(Collectors.joining(" "));
  }

  private static List<Digest> digests(Map<String, String> entries, String key) {
    return words(entries, key).stream().map(DigestEntries::digest).toList();
  }

  private static Digest digest(String text) {
    String[] halves = text.split(":", -1);
    if (halves.length != 2) {
      throw new IllegalArgumentException("not a digest: " + text);
    }
    return new Digest(DigestAlgorithm.valueOf(halves[0]), HexFormat.of().parseHex(halves[1]));
  }

  private static List<String> words(Map<String, String> entries, String key) {
    String text = entries.getOrDefault(key, "");
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" ", -1));
  }
}
