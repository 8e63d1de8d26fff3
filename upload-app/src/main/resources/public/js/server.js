/** What the page asks the server itself, beside the chunks that Resumable.js sends. */

import { parseObject } from './problem.js';

const COMPLETION_PAUSES_MS = [0, 500, 1000, 2000, 4000, 8000, 15_000, 30_000];

/** Whether a description of an upload says that the finished file is in place: only then it tells where. */
export function isComplete(description) {
  return typeof description.location === 'string';
}

/** The address of the finished file, on this origin whatever the description says. */
export function linkTo(description, filesPath) {
  const url = new URL(description.location, document.baseURI);
  return url.origin === location.origin ? url.pathname + url.search : addressOf(filesPath, description.id);
}

/** Asks until the upload is complete, and returns its description; null if it did not become so. */
export async function awaitCompletion(testUrl) {
  for (const pause of COMPLETION_PAUSES_MS) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    try {
      const response = await fetch(testUrl, { cache: 'no-store' });
      const description = response.status === 200 ? parseObject(await response.text()) : null;
      if (description !== null && isComplete(description)) {
        return description;
      }
    } catch {
      // No answer: the next try may have one.
    }
  }
  return null;
}

/** Has the server free an unfinished upload. Returns null when it is gone, else the status and body of the refusal. */
export async function cancelOnServer(filesPath, id) {
  try {
    const response = await fetch(addressOf(filesPath, id), { method: 'DELETE' });
    const gone = response.ok || response.status === 404 || response.status === 410;
    return gone ? null : { status: response.status, body: await response.text() };
  } catch {
    return { status: 0, body: '' };
  }
}

function addressOf(filesPath, id) {
  return `${filesPath}/${encodeURIComponent(id)}`;
}
