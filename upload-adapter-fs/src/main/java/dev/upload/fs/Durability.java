package dev.upload.fs;

/** What survives a power cut. Killing the process loses nothing that was acknowledged, ever. */
public enum Durability {
  /**
   * What was forced in the background, about a second after it was acknowledged: nobody waits for
   * the disk. Until then chunks and completed uploads are listed with their CRC-32C and verified
   * after a reboot; a completed upload that has lost bytes becomes an open one that lacks them.
   */
  EVENTUAL,
  /**
   * Every completed upload, and chunks as far as they were forced in the background; those that
   * were not are listed and verified in the same way.
   */
  COMPLETED,
  /** Everything: the bytes, then the record, are forced before each answer. */
  ACKNOWLEDGED
}
