package dev.upload.http.rufh;

import dev.upload.core.model.UploadLimits;
import dev.upload.core.model.UploadSession;
import dev.upload.http.UploadExpiry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code Upload-Limit}: what an upload may ask of the server, and how long it may stand still. */
@Singleton
final class LimitField {

  /** What an integer of a structured field can be at most. */
  private static final long MAX_INTEGER = 999_999_999_999_999L;

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
    putMost(members, "max-append-size", limits.maxAppend());
    left.ifPresent(time -> members.put(ageKey, Math.clamp(time.toSeconds(), 0, MAX_INTEGER)));
    if (members.isEmpty()) {
      members.put("min-size", 0L); // the field is never empty
    }
    return members.entrySet().stream()
        .map(member -> member.getKey() + "=" + member.getValue())
        .collect(Collectors.joining(", "));
  }

  /** What cannot be said is no limit to anybody. */
  private static void putMost(Map<String, Long> members, String key, long most) {
    if (most <= MAX_INTEGER) {
      members.put(key, most);
    }
  }
}
