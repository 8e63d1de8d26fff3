/**
 * Files from what was dropped or chosen, each with its path within the folder it came in.
 *
 * Resumable.js can do this itself, but reads only the first batch of a folder (100 entries in Chromium).
 */

import { pathOf } from './identifier.js';

const ORDER = new Intl.Collator(undefined, { numeric: true });

/** Lets files be dropped anywhere in the window; {@code zone} shows it. */
export function acceptDrops(zone, take) {
  let depth = 0; // dragenter and dragleave come for every element that is crossed
  const show = () => zone.classList.toggle('dragging-over', depth > 0);
  const onlyFiles = (handle) => (event) => {
    if (event.dataTransfer?.types.includes('Files')) {
      event.preventDefault();
      handle(event);
    }
  };
  addEventListener('dragenter', onlyFiles(() => { depth++; show(); }));
  addEventListener('dragleave', onlyFiles(() => { depth = Math.max(0, depth - 1); show(); }));
  addEventListener('dragover', onlyFiles((event) => { event.dataTransfer.dropEffect = 'copy'; }));
  addEventListener('drop', onlyFiles(async (event) => {
    depth = 0;
    show();
    take(await droppedFiles(event.dataTransfer));
  }));
}

/** Hands on what a file input was given, and empties it, so that the same file can be chosen again. */
export function acceptChoices(input, take) {
  const hand = () => {
    const files = [...input.files];
    input.value = '';
    take({ files: inOrder(files), unreadable: [] });
  };
  input.addEventListener('change', hand);
  if (input.files.length > 0) {
    hand(); // chosen while this script was still on its way
  }
}

async function droppedFiles(transfer) {
  // The items are gone once this turn of the event loop is over, so all are taken before the first await.
  const roots = [...transfer.items]
    .filter((item) => item.kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry?.(), file: item.getAsFile() }));
  const found = { files: [], unreadable: [] };
  for (const { entry, file } of roots) {
    if (entry?.isDirectory) {
      await walk(entry, '', found);
    } else if (file) {
      found.files.push(file);
    }
  }
  return { files: inOrder(found.files), unreadable: found.unreadable };
}

/** A folder's files come in no order. */
function inOrder(files) {
  return files.sort((one, other) => ORDER.compare(pathOf(one), pathOf(other)));
}

async function walk(directory, parent, found) {
  const path = `${parent}${directory.name}/`;
  try {
    for (const entry of await entriesOf(directory)) {
      if (entry.isDirectory) {
        await walk(entry, path, found);
      } else {
        await takeFile(entry, path, found);
      }
    }
  } catch {
    found.unreadable.push(path);
  }
}

async function takeFile(entry, path, found) {
  try {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    file.relativePath = path + file.name; // where Resumable.js looks for it
    found.files.push(file);
  } catch {
    found.unreadable.push(path + entry.name);
  }
}

/** A directory gives its entries in batches; an empty batch is the end. */
async function entriesOf(directory) {
  const reader = directory.createReader();
  const entries = [];
  for (;;) {
    const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) {
      return entries;
    }
    entries.push(...batch);
  }
}
