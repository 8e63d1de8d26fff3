package dev.upload.core;

/**
 * What came of work on many uploads, where one that fails does not keep the others back.
 *
 * @param done uploads that came to their end
 * @param failed uploads that were left as they are because the infrastructure failed
 */
public record BatchOutcome(int done, int failed) {

  static final BatchOutcome NOTHING = new BatchOutcome(0, 0);

  BatchOutcome plus(BatchOutcome other) {
    return new BatchOutcome(done + other.done, failed + other.failed);
  }
}
