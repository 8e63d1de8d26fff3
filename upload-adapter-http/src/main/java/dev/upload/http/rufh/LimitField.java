package dev.upload.http.rufh;

import dev.upload.core.model.UploadLimits;
import dev.upload.core.model.UploadSession;
import dev.upload.http.UploadExpiry;
import dev.upload.http.structured.Dictionaries;
import dev.upload.http.structured.StructuredFields;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code Upload-Limit}: what an upload may ask of the server, and how long it may stand still. */
@Singleton
final class LimitField {

  private final UploadExpiry expiry;
  private final InstantSource clock;

  LimitField(UploadExpiry expiry, InstantSource clock) {
    this.expiry = expiry;
    this.clock = clock;
  }

  /** Returns what holds for uploads that are begun now; empty where limits are not told. */
  Optional<String> ofNew(Interop version, UploadLimits limits) {
    return version
        .ageKey()
        .map(key -> format(limits, Optional.of(expiry.afterLastProgress()), key));
  }

  /** Returns what holds for {@code session}; empty where limits are not told. */
  Optional<String> of(Interop version, UploadLimits limits, UploadSession session) {
    Optional<Duration> left = expiry.of(session).map(end -> Duration.between(clock.instant(), end));
    return version.ageKey().map(key -> format(limits, left, key));
  }

  private static String format(UploadLimits limits, Optional<Duration> left, String ageKey) {
    Map<String, Long> members = new LinkedHashMap<>();
    putMost(members, "max-size", limits.maxLength());
    putLeast(members, "min-size", limits.minLength());
    putMost(members, "max-append-size", limits.maxAppend());
    putLeast(members, "min-append-size", limits.minAppend());
    left.ifPresent(
        time -> members.put(ageKey, Math.clamp(time.toSeconds(), 0, StructuredFields.MAX_INTEGER)));
    if (members.isEmpty()) {
      members.put("min-size", 0L); // the field is never empty
    }
    return Dictionaries.formatIntegers(members);
  }

  /** What cannot be said is no limit to anybody. */
  private static void putMost(Map<String, Long> members, String key, long most) {
    if (most <= StructuredFields.MAX_INTEGER) {
      members.put(key, most);
    }
  }

  private static void putLeast(Map<String, Long> members, String key, long least) {
    if (least > 0) {
      members.put(key, least);
    }
  }
}
