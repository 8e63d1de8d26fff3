package dev.upload.fs;

/**
 * What an acknowledged chunk survives. Killing the process loses nothing under either, and a
 * completed upload survives a power cut under both.
 */
public enum Durability {
  /**
   * A power cut takes at most the chunks of the last seconds, and the record never claims them
   * afterwards: bytes not yet forced are listed with their CRC-32C and verified after a reboot.
   */
  COMPLETED,
  /** A power cut takes nothing: the bytes, then the record, are forced before each answer. */
  ACKNOWLEDGED
}
