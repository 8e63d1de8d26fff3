package dev.upload.s3;

import dev.upload.s3.FaultyWire.Fate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Decides what becomes of requests to S3: most pass, some fail alone, and now and then nearly all
 * of the next ones fail in the same way, so that repeating them does not help. The same seed makes
 * the same decisions in the same order; which request meets which is up to the threads.
 */
final class FaultPlan implements FaultyWire.Rule {

  private static final double ALONE = 0.08;
  private static final double STORM = 0.004;
  private static final double WITHIN_STORM = 0.9;
  private static final int LONGEST_STORM = 60;

  /** Each as often as it is named. */
  private static final List<Fate> ANYWHERE =
      List.of(
          Fate.DELAYED,
          Fate.DELAYED,
          Fate.REQUEST_CUT,
          Fate.ANSWER_LOST,
          Fate.ANSWER_CUT,
          Fate.SLOW_DOWN,
          Fate.SLOW_DOWN,
          Fate.NOT_DONE_BUT_500,
          Fate.DONE_BUT_500);

  private static final List<Fate> AT_COMPLETION =
      List.of(
          Fate.ERROR_INSTEAD,
          Fate.DONE_BUT_ERROR,
          Fate.DONE_BUT_500,
          Fate.ANSWER_LOST,
          Fate.DELAYED);

  private final Random random;
  private final Map<Fate, Integer> injected = new EnumMap<>(Fate.class);
  private Fate storm = Fate.PASS;
  private int stormLeft;
  private boolean over;

  FaultPlan(long seed) {
    random = new Random(seed);
  }

  /** Lets everything pass from now on. */
  synchronized void end() {
    over = true;
  }

  /** Returns how many requests met each fate. */
  synchronized Map<Fate, Integer> injected() {
    return new EnumMap<>(injected);
  }

  @Override
  public synchronized Fate fateOf(String requestLine) {
    Fate fate = over ? Fate.PASS : decided(S3Operation.of(requestLine));
    injected.merge(fate, 1, Integer::sum);
    return fate;
  }

  private Fate decided(S3Operation operation) {
    if (stormLeft > 0) {
      stormLeft--;
      return random.nextDouble() < WITHIN_STORM ? storm : Fate.PASS;
    }
    if (random.nextDouble() < STORM) {
      storm = oneOf(ANYWHERE);
      stormLeft = random.nextInt(LONGEST_STORM);
    }
    if (operation == S3Operation.COMPLETE_MULTIPART && random.nextDouble() < 3 * ALONE) {
      return oneOf(AT_COMPLETION);
    }
    return random.nextDouble() < ALONE ? alone(operation) : Fate.PASS;
  }

  private Fate alone(S3Operation operation) {
    int rare = random.nextInt(12);
    if (rare == 0) {
      return Fate.ANSWER_HELD;
    }
    if (rare == 1) {
      return Fate.EMPTY_200;
    }
    return rare == 2 && operation.changes() ? Fate.DONE_LATE : oneOf(ANYWHERE);
  }

  private Fate oneOf(List<Fate> fates) {
    return fates.get(random.nextInt(fates.size()));
  }
}
