/**
 * Remembers, in this browser, which uploads are not finished, so that the page can name them when it is opened again.
 *
 * Only a reminder: what is there is always asked of the server. Where the browser keeps nothing, there is no reminder.
 */

const KEY = 'upload.unfinished';
const MOST = 50;
const KEPT_MS = 7 * 24 * 3600 * 1000;

/** What earlier visits left, oldest first: {identifier, id, path, size, done, at}. */
export function recall() {
  try {
    const entries = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return entries.filter((entry) => typeof entry.id === 'string' && Date.now() - entry.at < KEPT_MS);
  } catch {
    return [];
  }
}

/** Notes how far these uploads have come; one without an id has left nothing on the server. */
export function remember(uploads) {
  const begun = uploads.filter((upload) => upload.id !== null);
  if (begun.length === 0) {
    return;
  }
  const identifiers = new Set(begun.map((upload) => upload.identifier));
  const others = recall().filter((entry) => !identifiers.has(entry.identifier));
  const entries = begun.map(({ identifier, id, path, size, done }) => ({ identifier, id, path, size, done, at: Date.now() }));
  keep([...others, ...entries]);
}

export function forget(identifier) {
  const entries = recall();
  const others = entries.filter((entry) => entry.identifier !== identifier);
  if (others.length < entries.length) {
    keep(others);
  }
}

function keep(entries) {
  try {
    localStorage.setItem(KEY, JSON.stringify(entries.slice(-MOST)));
  } catch {
    // Storage is switched off or full.
  }
}
