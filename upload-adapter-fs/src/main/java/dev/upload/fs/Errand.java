package dev.upload.fs;

/**
 * Something that the background does soon after it was asked to, before it forces what is listed.
 */
interface Errand {

  /** Calls {@code wake} from now on when there is something to do. */
  void onAsked(Runnable wake);

  /** Does what it was asked to. For one thread. */
  void run();
}
