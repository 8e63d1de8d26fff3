package dev.upload.s3;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rule of the bucket that removes multipart uploads although they are needed, as an operator sets
 * one up with too few days. It strikes when they are used: then somebody notices.
 */
final class Lifecycle {

  private static final Pattern USED =
      Pattern.compile("(?:PUT|POST) /([^/]+)/([^?]+)\\?.*uploadId=([^& ]+).*");

  private final S3Bucket direct;
  private final double probability;
  private final Random random;
  private final Set<String> keys = ConcurrentHashMap.newKeySet();
  private final Set<String> ids = ConcurrentHashMap.newKeySet();

  /**
   * @param direct without faults in between
   * @param probability that it strikes, for each request
   */
  Lifecycle(S3Bucket direct, double probability, long seed) {
    this.direct = direct;
    this.probability = probability;
    random = new Random(seed);
  }

  /**
   * Perhaps forgets the multipart upload that a request is about, and tells whether the store has
   * forgotten it: the one in the tests goes on to take parts.
   */
  boolean hasForgotten(String requestLine) {
    Matcher used = USED.matcher(requestLine);
    if (!used.matches()) {
      return false;
    }
    String id = decoded(used.group(3));
    if (strikes()) {
      String key = decoded(used.group(2));
      new Multipart(direct, key, id).abort();
      keys.add(key);
      ids.add(id);
    }
    return ids.contains(id);
  }

  private synchronized boolean strikes() {
    return random.nextDouble() < probability;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Returns the keys of what was forgotten. */
  Set<String> forgotten() {
    return Set.copyOf(keys);
  }
}
