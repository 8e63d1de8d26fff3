package dev.upload.s3;

import dev.upload.core.model.AppendOnly;
import dev.upload.core.model.ByteRange;
import dev.upload.core.model.ChunkGrid;
import dev.upload.core.model.Concatenation;
import dev.upload.core.model.Rejection;
import dev.upload.core.model.UploadDeclaration;
import dev.upload.core.model.UploadRejectedException;
import java.util.Collection;

/**
 * How an upload is cut into the parts of a multipart upload: pure arithmetic, settled when the
 * upload is opened (of one that is made of others, when their bytes come) and recorded with it, so
 * that no later change of configuration moves a part.
 *
 * <p>Whatever the plan, there are at most {@value #MAX_PARTS} parts, each has {@value
 * #MIN_PART_BYTES} to {@value #MAX_PART_BYTES} bytes, and only the last one may be shorter.
 */
sealed interface PartPlan permits EqualParts, GrowingParts, CutParts {

  /** The most parts that a multipart upload may have. */
  int MAX_PARTS = 10_000;

  /** The fewest bytes that a part may have which is not the last. */
  long MIN_PART_BYTES = 5L << 20;

  /** The most bytes that a part may have. */
  long MAX_PART_BYTES = 5L << 30;

  /** The most bytes that any plan covers: 48.8 TiB. */
  long MAX_LENGTH = MAX_PARTS * MAX_PART_BYTES;

  /** Returns the number of the part that has byte {@code offset}, from 1 on. */
  int partAt(long offset);

  /** Returns the place of a part that is full. */
  ByteRange part(int number);

  /** Returns how many bytes the plan has room for. */
  long capacity();

  /**
   * Returns the plan as it is when these parts, in the order of their numbers, are recorded: this
   * one where everything was settled before.
   */
  default PartPlan cutAs(Collection<StoredPart> recorded) {
    return this;
  }

  /**
   * Returns the plan as it is once {@code copied} bytes of another upload are there: this one where
   * everything was settled before.
   *
   * @param length of the whole
   */
  default PartPlan cutFor(ByteRange copied, long length) {
    return this;
  }

  /** Returns the place of a part in an upload of {@code length} bytes. */
  default ByteRange part(int number, long length) {
    ByteRange full = part(number);
    return new ByteRange(full.start(), Math.min(full.end(), length));
  }

  /** Returns how many parts {@code length} bytes make: at least one. */
  default int count(long length) {
    return length == 0 ? 1 : partAt(length - 1);
  }

  /**
   * Returns the plan for an upload.
   *
   * @param wish what the operator wants
   * @throws UploadRejectedException if no object can be as long as declared
   */
  static PartPlan of(UploadDeclaration declaration, PartWish wish) {
    long length = declaration.length().orElse(-1);
    if (length > MAX_LENGTH) {
      throw new UploadRejectedException(new Rejection.TooLarge("length", MAX_LENGTH, length));
    }
    return switch (declaration.policy()) {
      case ChunkGrid grid -> EqualParts.alignedWith(grid, wish);
      case Concatenation whole ->
          wish.equalParts() ? EqualParts.ofUnknownLength(wish) : CutParts.NONE;
      case AppendOnly append when length >= 0 -> EqualParts.covering(length, wish.partBytes());
      case AppendOnly append ->
          wish.equalParts() ? EqualParts.ofUnknownLength(wish) : new GrowingParts(wish.partBytes());
    };
  }

  /**
   * Reads what {@code toString()} of a plan wrote.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static PartPlan parse(String text) {
    String[] words = text.split(" ", -1);
    if (words.length == 2 && words[0].equals("equal")) {
      return new EqualParts(Long.parseLong(words[1]));
    }
    if (words.length == 2 && words[0].equals("growing")) {
      return new GrowingParts(Long.parseLong(words[1]));
    }
    if (text.equals(CutParts.TEXT)) {
      return CutParts.NONE;
    }
    throw new IllegalArgumentException("not a plan of parts: " + text);
  }
}
