/**
 * Watches one chunk of Resumable.js 1.1.0 and gives it what that release lacks:
 * it waits longer after each failure instead of trying again at once; a chunk test that failed is repeated instead of being
 * taken for "not there"; a refusal of the test ends the file before a byte is sent; an answer that is not the upload server's
 * (a sign-in page with status 200, say) is not taken for success; a pause holds also while a retry is pending.
 *
 * It replaces the chunk's own {@code send} and {@code callback}, through which the library makes all its calls.
 */

import { FINAL_STATUSES, parseObject } from './problem.js';

export const MAX_RETRIES = 15;
const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 30_000;

/** Stands in for the request of a stored chunk, so that thousands of finished requests need not be kept. */
const STORED = Object.freeze({ readyState: 4, status: 200, responseText: '', abort() {} });

/**
 * @param owner running(): may a request leave now? · begins(chunk) · holds(chunk, description, found) ·
 *     waits(answer, delayMs) · fails(answer): before the library ends the file · asked(url): of a chunk test
 */
export function watchChunk(chunk, owner) {
  const library = { send: chunk.send, report: chunk.callback };
  let testing = false;
  let answer = { status: 0, body: '' };

  chunk.send = () => {
    if (isOvertaken(chunk)) {
      return;
    }
    chunk.pendingRetry = false;
    if (!owner.running()) {
      return;
    }
    if (testing && chunk.tested && !meansAbsent(answer.status)) {
      afterFailedTest();
      return;
    }
    testing = !chunk.tested;
    owner.begins(chunk);
    library.send();
    listenTo(chunk.xhr);
  };

  chunk.callback = (event, message) => {
    if (event === 'success') {
      succeed(message);
      return;
    }
    if (event === 'error') {
      fail();
      return;
    }
    if (event === 'retry') {
      chunk.opts.chunkRetryInterval = backOff(chunk.retries);
      owner.waits(answer, chunk.opts.chunkRetryInterval);
    }
    library.report(event, message);
  };

  function listenTo(request) {
    // readystatechange comes before the library's own listeners, which may clear the request.
    request.addEventListener('readystatechange', () => {
      if (request.readyState === XMLHttpRequest.DONE) {
        answer = { status: request.status, body: request.responseText };
        if (testing && request.responseURL) {
          owner.asked(request.responseURL);
        }
      }
    });
  }

  function succeed(message) {
    const description = parseObject(message);
    if (typeof description?.id !== 'string') {
      fail();
      return;
    }
    chunk.xhr = STORED;
    owner.holds(chunk, description, testing);
    library.report('success', message);
  }

  function fail() {
    owner.fails(answer);
    library.report('error', answer.body);
  }

  function afterFailedTest() {
    if (FINAL_STATUSES.includes(answer.status) || chunk.retries >= MAX_RETRIES) {
      fail();
      return;
    }
    const delay = backOff(chunk.retries);
    chunk.tested = false;
    chunk.retries++;
    chunk.pendingRetry = true;
    setTimeout(() => chunk.send(), delay);
    owner.waits(answer, delay);
  }
}

/** Makes a chunk that waits for its next try due at once. */
export function wake(chunk) {
  if (chunk.pendingRetry) {
    chunk.pendingRetry = false;
    chunk.xhr = null;
  }
}

/** Whether a retry's timer comes after the chunk was already taken up again. */
function isOvertaken(chunk) {
  const status = chunk.status();
  return status === 'success' || (status === 'uploading' && !chunk.pendingRetry);
}

function meansAbsent(status) {
  return status === 404 || (status >= 200 && status < 300);
}

/** 1, 2, 4 ... 30 seconds, less up to a fifth, so that many pages do not come back in step. */
function backOff(retries) {
  const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** retries);
  return Math.round(delay * (1 - Math.random() / 5));
}
