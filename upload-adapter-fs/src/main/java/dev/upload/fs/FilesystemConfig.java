package dev.upload.fs;

import java.nio.file.Path;

/**
 * Where uploads are kept and how carefully.
 *
 * @param root the directory that holds everything; it is made where it is missing
 * @param durability what a chunk survives once it was acknowledged
 * @param minFreeBytes how much space uploads must leave free on the file system; 0 for none
 * @param system what the operating system can do for uploads
 */
public record FilesystemConfig(
    Path root, Durability durability, long minFreeBytes, OperatingSystem system) {

  public FilesystemConfig {
    if (minFreeBytes < 0) {
      throw new IllegalArgumentException("the space to leave free cannot be negative");
    }
  }

  /** Makes a configuration that needs nothing special of the operating system. */
  public FilesystemConfig(Path root, Durability durability, long minFreeBytes) {
    this(root, durability, minFreeBytes, OperatingSystem.PLAIN);
  }

  /** Returns the usual configuration: {@link Durability#COMPLETED}, and the disk may fill up. */
  public static FilesystemConfig of(Path root) {
    return new FilesystemConfig(root, Durability.COMPLETED, 0);
  }
}
