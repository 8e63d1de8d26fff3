/**
 * The identifier under which a file's chunks are found again after a reload.
 *
 * The one that Resumable.js makes drops every character but ASCII letters and digits, and the folder of a dropped file,
 * so different files share it. This one is a digest of the whole path, the size and the time of the last change: the same
 * file gives the same identifier, and an edited one is a new upload.
 */
export async function identify(file) {
  const fingerprint = JSON.stringify([pathOf(file), file.size, file.lastModified]);
  return `${file.size}-${await digest(fingerprint)}`;
}

/** The path within the chosen folder, folder included, or the bare name. */
export function pathOf(file) {
  return file.relativePath || file.webkitRelativePath || file.name;
}

async function digest(text) {
  const bytes = new TextEncoder().encode(text);
  // Browsers have crypto.subtle only on https and on localhost.
  if (globalThis.crypto?.subtle) {
    const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    return Array.from(sum.subarray(0, 16), hex).join('');
  }
  return [0x811c9dc5, 0x01234567, 0x89abcdef, 0xfedcba98].map((seed) => fnv1a(bytes, seed)).join('');
}

/** FNV-1a, 32 bits: enough to tell files apart; the server tells them apart by name, path and size as well. */
function fnv1a(bytes, seed) {
  let sum = seed;
  for (const byte of bytes) {
    sum = Math.imul(sum ^ byte, 0x01000193);
  }
  return (sum >>> 0).toString(16).padStart(8, '0');
}

function hex(byte) {
  return byte.toString(16).padStart(2, '0');
}
