package dev.upload.http.auth;

import dev.upload.core.model.Owner;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.Requester;
import dev.upload.core.model.UploadAction;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadRejectedException;
import dev.upload.core.model.UploadScope;
import io.micronaut.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * URLs that carry the right to one upload: {@code ?upload-token=…}.
 *
 * <p>A token is {@code v1.ID.EXPIRES.MAX_LENGTH.OWNER.MAC}: the upload's id, the second since 1970
 * at which it ends, the most bytes that the upload may have, its owner in base64url, and in
 * base64url the HMAC-SHA256 of all before the last dot. Whoever knows the key can make one.
 */
public final class SignedUrls implements Authentication {

  /** The parameter of the query that has the token. */
  public static final String PARAMETER = "upload-token";

  /** A shorter key could be found by trying. */
  public static final int MIN_KEY_BYTES = 32;

  private static final String VERSION = "v1";
  private static final String HMAC = "HmacSHA256";
  private static final int FIELDS = 6;

  /** Not to have the finished whole: that is whose upload it is. */
  private static final Set<UploadAction> ACTIONS =
      EnumSet.of(
          UploadAction.CREATE, UploadAction.WRITE, UploadAction.DESCRIBE, UploadAction.CANCEL);

  private final SecretKeySpec key;
  private final InstantSource clock;

  /**
   * @throws IllegalArgumentException if the key is too short
   */
  public SignedUrls(String key, InstantSource clock) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < MIN_KEY_BYTES) {
      throw new IllegalArgumentException(
          "the key has %d bytes; the least is %d".formatted(bytes.length, MIN_KEY_BYTES));
    }
    this.key = new SecretKeySpec(bytes, HMAC);
    this.clock = clock;
  }

  /** Returns the token for {@code owner}'s upload {@code scope}, until {@code expires}. */
  public String token(Owner owner, UploadScope.Single scope, Instant expires) {
    String signed =
        String.join(
            ".",
            VERSION,
            scope.id().value(),
            Long.toString(expires.getEpochSecond()),
            Long.toString(scope.maxLength()),
            base64(owner.name().getBytes(StandardCharsets.UTF_8)));
    return signed + "." + base64(mac(signed));
  }

  @Override
  public Optional<Requester> requester(HttpRequest<?> request) {
    return token(request).map(this::verified);
  }

  /** Returns the token in the URL of a request, as it was sent. */
  public static Optional<String> token(HttpRequest<?> request) {
    return Optional.ofNullable(request.getParameters().get(PARAMETER));
  }

  /** Nobody can sign in to make it better, so what is of no use is forbidden. */
  private Requester verified(String token) {
    int end = token.lastIndexOf('.');
    String signed = token.substring(0, Math.max(end, 0));
    byte[] expected = base64(mac(signed)).getBytes(StandardCharsets.US_ASCII);
    byte[] given = token.substring(end + 1).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(expected, given)) {
      throw forbidden();
    }
    try {
      return requester(token.split("\\.", -1));
    } catch (IllegalArgumentException e) {
      throw forbidden(); // whoever has the key signed something that is no token
    }
  }

  private Requester requester(String[] fields) {
    if (fields.length != FIELDS || !fields[0].equals(VERSION)) {
      throw new IllegalArgumentException("a token has %d fields".formatted(FIELDS));
    }
    if (clock.instant().getEpochSecond() >= Long.parseLong(fields[2])) {
      throw forbidden();
    }
    String owner = new String(Base64.getUrlDecoder().decode(fields[4]), StandardCharsets.UTF_8);
    return new Requester(
        new Owner(owner),
        ACTIONS,
        new UploadScope.Single(new UploadId(fields[1]), Long.parseLong(fields[3])));
  }

  private byte[] mac(String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static UploadRejectedException forbidden() {
    return new UploadRejectedException(new Rejection.Forbidden());
  }

  @Override
  public Optional<String> challenge() {
    return Optional.empty();
  }
}
