package dev.upload.s3;

/**
 * What the operator wants of parts.
 *
 * @param partBytes the size of parts where nothing else decides it
 * @param pieceBytes the most bytes that are held back at once before they are sent
 * @param equalParts whether the store insists on parts of one size (Cloudflare R2)
 */
record PartWish(long partBytes, long pieceBytes, boolean equalParts) {

  PartWish {
    if (partBytes < PartPlan.MIN_PART_BYTES || partBytes > PartPlan.MAX_PART_BYTES) {
      throw new IllegalArgumentException(
          "a part has %d to %d bytes, not %d"
              .formatted(PartPlan.MIN_PART_BYTES, PartPlan.MAX_PART_BYTES, partBytes));
    }
    if (pieceBytes < partBytes) {
      throw new IllegalArgumentException(
          "pieces of %d bytes would split parts of %d".formatted(pieceBytes, partBytes));
    }
  }
}
