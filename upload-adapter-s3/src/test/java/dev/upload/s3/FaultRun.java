package dev.upload.s3;

import dev.upload.core.BatchOutcome;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.StorageUnavailableException;
import dev.upload.core.model.UploadId;
import dev.upload.core.model.UploadSession;
import dev.upload.s3.FaultyWire.Fate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Many clients on two nodes, with a bucket behind a wire that does what wires and servers do. */
final class FaultRun implements AutoCloseable {

  private static final int MIB = 1 << 20;
  private static final int CLIENTS_AT_ONCE = 16;
  private static final double FORGETTING = 0.02;

  /** Where answers may never come; a sound wire may take its time. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofMillis(500);

  private final S3Config calm;
  private final Opened direct;
  private final FaultyWire wire;
  private final FaultyWire soundWire;
  private final FaultPlan plan;
  private final Lifecycle lifecycle;
  private final Nodes nodes;
  private final Tally tally = new Tally();
  private final Queue<UploadSession> finished = new ConcurrentLinkedQueue<>();
  private final long seed;

  /**
   * @param bucket new and empty, without faults in between
   */
  FaultRun(S3Config.Builder bucket, long seed) throws IOException {
    this.seed = seed;
    calm = bucket.build();
    direct = Opened.on(calm);
    plan = new FaultPlan(seed);
    lifecycle = new Lifecycle(direct.bucket(), FORGETTING, seed);
    wire = new FaultyWire(calm.endpoint().orElseThrow());
    soundWire = new FaultyWire(calm.endpoint().orElseThrow());
    S3Config sound = bucket.endpoint(soundWire.endpoint()).build();
    S3Config faulty = bucket.endpoint(wire.endpoint()).answerTimeout(ANSWER_TIMEOUT).build();
    nodes = new Nodes(List.of(faulty, faulty), sound);
    wire.rule(line -> lifecycle.hasForgotten(line) ? Fate.NO_SUCH_UPLOAD : plan.fateOf(line));
    soundWire.rule(line -> lifecycle.hasForgotten(line) ? Fate.NO_SUCH_UPLOAD : Fate.PASS);
  }

  /** Lets {@code count} clients upload a file each, and looks at every one that is finished. */
  void upload(int count) throws InterruptedException, ExecutionException {
    Random random = new Random(seed);
    try (ExecutorService threads =
        Executors.newFixedThreadPool(CLIENTS_AT_ONCE, Thread.ofVirtual().factory())) {
      ExecutorCompletionService<Boolean> runs = new ExecutorCompletionService<>(threads);
      for (int i = 0; i < count; i++) {
        PatientClient client = client(random);
        runs.submit(() -> run(client));
      }
      for (int i = 0; i < count; i++) {
        runs.take().get();
      }
    }
  }

  private PatientClient client(Random random) {
    boolean small = random.nextInt(10) < 6;
    int length = 1 + random.nextInt(small ? 2 * MIB : 14 * MIB);
    long own = random.nextLong();
    return switch (random.nextInt(4)) {
      case 0, 1 -> new GridClient(nodes, tally, length, chunkSize(random, small), own);
      case 2 -> new AppendClient(nodes, tally, length, own);
      default -> new ConcatenatingClient(nodes, tally, length, own);
    };
  }

  private static int chunkSize(Random random, boolean small) {
    return small ? (64 * 1024) << random.nextInt(5) : MIB + random.nextInt(5 * MIB);
  }

  private boolean run(PatientClient client) throws IOException {
    tally.count("uploads");
    Optional<UploadSession> session = client.run();
    PatientClient.require(
        client.gone().isEmpty() || client.begun().stream().anyMatch(this::isForgotten),
        "gone, though the store has lost nothing: " + client.gone());
    if (session.isPresent()) {
      verify(session.get(), client.whole());
      read(session.get(), client.whole());
      finished.add(session.get());
    }
    return true;
  }

  private boolean isForgotten(UploadId id) {
    return lifecycle.forgotten().stream().anyMatch(key -> key.contains(id.value()));
  }

  /** Looks at the object itself, past all faults. */
  private void verify(UploadSession session, byte[] expected) throws IOException {
    try (InputStream in = direct.bucket().get(key(session))) {
      PatientClient.require(
          MessageDigest.isEqual(sha256(in.readAllBytes()), sha256(expected)),
          "upload %s was said to be complete, and is something else".formatted(session.id()));
    }
    tally.count("uploads that were complete and read back with the right SHA-256");
    tally.count("bytes read back", expected.length);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Downloads through the faults: what ends without an error has to be all of it. */
  private void read(UploadSession session, byte[] expected) {
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    try (InputStream in =
        Channels.newInputStream(
            nodes.any(new Random(seed)).read(session, ByteRange.at(0, expected.length)))) {
      in.transferTo(got);
    } catch (IOException | StorageUnavailableException e) {
      tally.count("downloads that broke off, and said so");
      return;
    }
    PatientClient.require(
        Arrays.equals(got.toByteArray(), expected), "a download was cut without a word");
    tally.count("downloads");
  }

  /** Ends all faults, and lets the reaper take what nobody will go on with. */
  void reap() throws IOException {
    plan.end();
    wire.awaitStragglers();
    BatchOutcome purged = nodes.purge();
    tally.count("uploads purged", purged.done());
    PatientClient.require(purged.failed() == 0, "could not be purged: " + purged.failed());
  }

  /** Deletes every complete upload, and lets the time pass after which that is forgotten. */
  void clear() {
    nodes.recordedAsComplete().forEach(session -> nodes.later().remove(session.id()));
    nodes.forgetDeleted();
  }

  /** Returns the keys that are there, but for session records. */
  Set<String> keys() {
    Set<String> keys = new TreeSet<>(EmbeddedS3.keys(calm));
    keys.removeIf(key -> key.startsWith(direct.keys().sessions()));
    return keys;
  }

  /** Returns the keys of what is recorded as complete. */
  Set<String> recordedKeys() {
    Set<String> recorded = keys(nodes.recordedAsComplete());
    tally.count("completions without an event", recorded.size() - keys(nodes.completed()).size());
    return recorded;
  }

  /** Returns the keys of what was said to be complete, to its client or in an event. */
  Set<String> announcedKeys() {
    Set<String> announced = keys(nodes.completed());
    announced.addAll(keys(finished));
    return announced;
  }

  private Set<String> keys(Collection<UploadSession> sessions) {
    return sessions.stream().map(this::key).collect(Collectors.toCollection(TreeSet::new));
  }

  private String key(UploadSession session) {
    return direct.keys().destination(session.destination());
  }

  S3Config calm() {
    return calm;
  }

  Nodes nodes() {
    return nodes;
  }

  Tally tally() {
    return tally;
  }

  /** Returns the figures, one in a line. */
  String figures() {
    plan.injected().forEach((fate, times) -> tally.count("requests to S3: " + fate, times));
    tally.count("multipart uploads that a lifecycle rule removed", lifecycle.forgotten().size());
    return tally.toString();
  }

  @Override
  public void close() throws IOException {
    nodes.close();
    direct.client().close();
    wire.close();
    soundWire.close();
  }
}
