package dev.upload.http.auth;

import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadRejectedException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The passwords of users. A costly hash is computed once per user and password, not for each chunk;
 * what is remembered is of no use outside this process.
 */
final class Passwords {

  /** Costly hashes that are computed at once, by whomever they are asked for. */
  private static final int MAX_AT_ONCE = 2;

  private static final int MAX_WAIT_SECONDS = 5;
  private static final String HMAC = "HmacSHA256";

  private final Map<String, Secret> secrets;

  /** Asked where a name is unknown, so that the answer takes as long as to a known one. */
  private final Optional<Secret> decoy;

  private final Map<String, byte[]> remembered = new ConcurrentHashMap<>();
  private final SecretKeySpec key;
  private final Semaphore costly = new Semaphore(MAX_AT_ONCE);

  Passwords(Map<String, String> configured) {
    this.secrets =
        configured.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, user -> secret(user.getKey(), user.getValue())));
    this.decoy = secrets.values().stream().filter(Secret::slow).findFirst();
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, HMAC);
  }

  private static Secret secret(String name, String configured) {
    try {
      return Secret.of(configured);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("user %s: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** Tells whether {@code password} is that of {@code name}; never if there is no such user. */
  boolean match(String name, String password) {
    Optional<Secret> own = Optional.ofNullable(secrets.get(name));
    boolean matches = own.or(() -> decoy).filter(one -> matches(one, name, password)).isPresent();
    return matches && own.isPresent();
  }

  private boolean matches(Secret secret, String name, String password) {
    return secret.slow() ? matchesSlow(secret, name, password) : secret.matches(password);
  }

  private boolean matchesSlow(Secret secret, String name, String password) {
    byte[] tag = tag(name + ":" + password);
    byte[] known = remembered.get(name);
    if (known != null && MessageDigest.isEqual(known, tag)) {
      return true;
    }
    boolean matches = computed(secret, password);
    if (matches && secrets.containsKey(name)) {
      remembered.put(name, tag);
    }
    return matches;
  }

  /** Somebody who tries passwords must not take all processors. */
  private boolean computed(Secret secret, String password) {
    try {
      if (!costly.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    }
    try {
      return secret.matches(password);
    } finally {
      costly.release();
    }
  }

  private static UploadRejectedException busy() {
    return new UploadRejectedException(
        new Rejection.Throttled("Too many passwords are being checked."));
  }

  private byte[] tag(String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }
}
