package dev.upload.fs;

/**
 * What the start found of an earlier run that did not force everything.
 *
 * @param verified whether bytes were compared with their checksums: only after a reboot
 * @param rangesVerified how many ranges were compared
 * @param rangesLost how many of them the disk did not have
 * @param bytesLost how many bytes those ranges had; clients send them again
 * @param sessionsChanged how many uploads lost something
 * @param uploadsReopened how many of those were complete and ask for the rest again: only where
 *     nobody waited for the disk
 */
public record RecoveryReport(
    boolean verified,
    int rangesVerified,
    int rangesLost,
    long bytesLost,
    int sessionsChanged,
    int uploadsReopened) {

  /** Says it to an operator. */
  String sentence() {
    return verified
        ? ("the machine was started again; of %d ranges that were not forced %d are lost, with"
                + " them %d bytes of %d uploads, of which %d were complete and are open again")
            .formatted(rangesVerified, rangesLost, bytesLost, sessionsChanged, uploadsReopened)
        : "only the process had ended; everything that was written is there";
  }

  /** The machine has run since: what was written is there. */
  static final RecoveryReport NOT_NEEDED = new RecoveryReport(false, 0, 0, 0, 0, 0);
}
