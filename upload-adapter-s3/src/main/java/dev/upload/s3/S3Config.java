package dev.upload.s3;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How to reach a bucket and what it can do. Immutable; made by a {@link Builder}. */
public final class S3Config {

  private final Builder values;

  private S3Config(Builder values) {
    this.values = values;
  }

  /** Returns a builder for {@code bucket}; the rest has defaults that suit AWS. */
  public static Builder bucket(String bucket) {
    return new Builder(bucket);
  }

  public String bucket() {
    return values.bucket;
  }

  public Optional<URI> endpoint() {
    return Optional.ofNullable(values.endpoint);
  }

  public String region() {
    return values.region;
  }

  public boolean pathStyle() {
    return values.pathStyle;
  }

  /** Returns what every key begins with: empty, or ending with a slash. */
  public String prefix() {
    return values.prefix;
  }

  public Optional<String> accessKey() {
    return Optional.ofNullable(values.accessKey);
  }

  public Optional<String> secretKey() {
    return Optional.ofNullable(values.secretKey);
  }

  public boolean portable() {
    return values.portable;
  }

  public boolean signBodies() {
    return values.signBodies;
  }

  public boolean equalParts() {
    return values.equalParts;
  }

  public long partBytes() {
    return values.partBytes;
  }

  public long pieceBytes() {
    return Math.max(values.pieceBytes, values.partBytes);
  }

  public long bufferBytes() {
    return values.bufferBytes;
  }

  public long spoolBytes() {
    return values.spoolBytes;
  }

  public Path spoolDirectory() {
    return values.spoolDirectory;
  }

  public Duration spoolPatience() {
    return values.spoolPatience;
  }

  public Duration answerTimeout() {
    return values.answerTimeout;
  }

  boolean plainHttp() {
    return endpoint().filter(uri -> "http".equalsIgnoreCase(uri.getScheme())).isPresent();
  }

  /** Tells whether signatures cover bodies: over HTTPS the connection protects them. */
  boolean digestsBodies() {
    return plainHttp() && signBodies();
  }

  /** Tells whether signatures leave out what they would cover. */
  boolean leavesBodiesOut() {
    return plainHttp() && !signBodies();
  }

  PartWish partWish() {
    return new PartWish(partBytes(), pieceBytes(), equalParts());
  }

  /** Says where the bucket is, for messages. */
  String place() {
    return "bucket '%s' at %s"
        .formatted(bucket(), endpoint().map(URI::toString).orElse("AWS " + region()));
  }

  /** Collects the values; {@link #build()} checks them. */
  public static final class Builder {

    private static final long MIB = 1L << 20;

    private final String bucket;
    private @Nullable URI endpoint;
    private String region = "us-east-1";
    private boolean pathStyle;
    private String prefix = "";
    private @Nullable String accessKey;
    private @Nullable String secretKey;
    private boolean portable;
    private boolean signBodies = true;
    private boolean equalParts;
    private long partBytes = 8 * MIB;
    private long pieceBytes = 64 * MIB;
    private long bufferBytes = 64 * MIB;
    private long spoolBytes = 4096 * MIB;
    private Path spoolDirectory = Path.of(System.getProperty("java.io.tmpdir", "."));
    private Duration spoolPatience = Duration.ofSeconds(30);
    private Duration answerTimeout = Duration.ofMinutes(2);

    private Builder(String bucket) {
      this.bucket = bucket;
    }

    /** Sets where the store is if it is not AWS. */
    public Builder endpoint(URI value) {
      endpoint = value;
      return this;
    }

    /** Sets the region, which signatures carry; default {@code us-east-1}. */
    public Builder region(String value) {
      region = value;
      return this;
    }

    /**
     * Puts the bucket into the path instead of the host name: most stores other than AWS want it.
     */
    public Builder pathStyle(boolean value) {
      pathStyle = value;
      return this;
    }

    /** Sets what every key begins with; default nothing. A slash is added where it lacks one. */
    public Builder prefix(String value) {
      prefix = value.isEmpty() || value.endsWith("/") ? value : value + "/";
      return this;
    }

    /** Sets the credentials; by default the SDK looks in its usual places. */
    public Builder credentials(String access, String secret) {
      accessKey = access;
      secretKey = secret;
      return this;
    }

    /** Leaves checksums and chunked encoding out, for stores that know neither (Ceph 16, Swift). */
    public Builder portable(boolean value) {
      portable = value;
      return this;
    }

    /**
     * Sets whether signatures cover the bytes of uploads over plain HTTP; default true. Without,
     * their checksums guard them against accidents, and nothing against whoever can write to the
     * network. Over HTTPS the connection protects them either way.
     */
    public Builder signBodies(boolean value) {
      signBodies = value;
      return this;
    }

    /**
     * Makes parts equal also where the length is unknown, for stores that insist (Cloudflare R2).
     */
    public Builder equalParts(boolean value) {
      equalParts = value;
      return this;
    }

    /** Sets the size of parts where nothing else decides it: 5 MiB to 5 GiB, default 8 MiB. */
    public Builder partBytes(long value) {
      partBytes = value;
      return this;
    }

    /** Sets the most bytes of a chunk that are held back at once, default 64 MiB. */
    public Builder pieceBytes(long value) {
      pieceBytes = value;
      return this;
    }

    /** Sets how much memory all pieces together may take, default 64 MiB. */
    public Builder bufferBytes(long value) {
      bufferBytes = value;
      return this;
    }

    /** Sets how much temporary files may take when memory is used up, default 4 GiB. */
    public Builder spoolBytes(long value) {
      spoolBytes = value;
      return this;
    }

    /** Sets where temporary files go, default the system's directory for them. */
    public Builder spoolDirectory(Path value) {
      spoolDirectory = value;
      return this;
    }

    /** Sets how long a chunk waits for room before it is refused, default 30 seconds. */
    public Builder spoolPatience(Duration value) {
      spoolPatience = value;
      return this;
    }

    /**
     * Sets how long the store may keep silent before a request is given up, default 2 minutes:
     * completing a large upload takes some stores more than one without a word.
     */
    public Builder answerTimeout(Duration value) {
      answerTimeout = value;
      return this;
    }

    /**
     * Returns the configuration.
     *
     * @throws IllegalArgumentException if values are out of range or contradict each other
     */
    public S3Config build() {
      require(!bucket.isBlank(), "a bucket has a name");
      require(!prefix.startsWith("/"), "a prefix does not begin with a slash");
      require(
          (accessKey == null) == (secretKey == null), "access key and secret key come together");
      require(
          signBodies || !portable,
          "without signatures (signBodies) and without checksums (portable) nothing would guard"
              + " bytes over plain HTTP");
      require(bufferBytes >= 0, "memory for buffers cannot be negative");
      require(answerTimeout.isPositive(), "a store needs time to answer");
      S3Config config = new S3Config(copy());
      require(
          spoolBytes >= config.pieceBytes() || bufferBytes >= config.pieceBytes(),
          "neither memory nor temporary files have room for one piece of " + config.pieceBytes());
      config.partWish();
      return config;
    }

    private static void require(boolean holds, String otherwise) {
      if (!holds) {
        throw new IllegalArgumentException(otherwise);
      }
    }

    private Builder copy() {
      Builder copy = new Builder(bucket);
      copy.endpoint = endpoint;
      copy.region = region;
      copy.pathStyle = pathStyle;
      copy.prefix = prefix;
      copy.accessKey = accessKey;
      copy.secretKey = secretKey;
      copy.portable = portable;
      copy.signBodies = signBodies;
      copy.equalParts = equalParts;
      copy.partBytes = partBytes;
      copy.pieceBytes = pieceBytes;
      copy.bufferBytes = bufferBytes;
      copy.spoolBytes = spoolBytes;
      copy.spoolDirectory = spoolDirectory;
      copy.spoolPatience = spoolPatience;
      copy.answerTimeout = answerTimeout;
      return copy;
    }
  }
}
