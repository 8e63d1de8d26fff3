package dev.upload.fs;

/**
 * What the operating system can do beyond what Java lets everybody ask for. All of it makes uploads
 * cheaper, none of it is needed.
 *
 * @param transfers moves bytes that are still in a socket
 * @param preallocation lays out files ahead
 * @param writeback begins to write files before they are forced
 */
public record OperatingSystem(
    SocketTransfers transfers, Preallocation preallocation, Writeback writeback) {

  /** One that can do nothing special. */
  public static final OperatingSystem PLAIN =
      new OperatingSystem(SocketTransfers.NONE, Preallocation.NONE, Writeback.NONE);
}
