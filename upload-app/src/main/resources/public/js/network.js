/**
 * Follows whether the server can be reached.
 *
 * A browser's "offline" is only a hint (a server on the same machine needs no network), so the server itself is asked.
 */

import { serverAnswers } from './config.js';

const ASK_EVERY_MS = 3000;

/** Calls {@code tell} with false when the network is lost, and with true when the server answers again. */
export function followNetwork(tell) {
  let lost = false;
  const ask = async () => {
    if (!lost) {
      return;
    }
    if (await serverAnswers()) {
      lost = false;
      tell(true);
    } else {
      setTimeout(ask, ASK_EVERY_MS);
    }
  };
  addEventListener('offline', async () => {
    if (!lost && !(await serverAnswers())) {
      lost = true;
      tell(false);
      setTimeout(ask, ASK_EVERY_MS);
    }
  });
  addEventListener('online', ask);
}
