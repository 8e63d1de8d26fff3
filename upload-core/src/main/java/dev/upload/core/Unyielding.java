package dev.upload.core;

import dev.upload.core.port.UploadLocks;

/** Holds a lease for a moment only, and lets nobody in before it is done. */
enum Unyielding implements UploadLocks.Holder {
  HOLDER;

  @Override
  public boolean stalled() {
    return false;
  }

  @Override
  public void cut() {}
}
