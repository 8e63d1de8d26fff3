/**
 * All uploads of the page, driven through Resumable.js.
 *
 * The library tests, slices, sends and repeats chunks. This class decides which file may run, and turns the library's events
 * into the state of {@link Upload}s.
 */

import { identify } from './identifier.js';
import { MAX_RETRIES, wake, watchChunk } from './chunk-watch.js';
import { explain, FINAL_STATUSES, NOT_ASSEMBLED, NOT_UNDERSTOOD, tooLarge, UNREADABLE } from './problem.js';
import { Pump } from './pump.js';
import { awaitCompletion, cancelOnServer, isComplete, linkTo } from './server.js';
import { Upload } from './upload.js';

/** Files that are taken in before the page gets a chance to draw. */
const BATCH_FILES = 100;
const ABORT_SETTLES_MS = 200;
const ID_WAIT_MS = 5000;

export class Queue {
  #config;
  #listener;
  #library;
  #uploads = new Map(); // by identifier, in the order in which they came
  #identifiers = new WeakMap(); // File -> identifier
  #online = true;
  #pump;
  #sentByGone = 0;

  /** @param listener added(uploads) · changed(upload) · removed(upload) · completed(upload) · failed(upload) */
  constructor(config, listener) {
    this.#config = config;
    this.#listener = listener;
    this.#library = new Resumable({
      target: config.target,
      chunkSize: config.chunkSize,
      forceChunkSize: config.forceChunkSize,
      simultaneousUploads: config.simultaneousUploads,
      method: config.method,
      minFileSize: 0,
      maxChunkRetries: MAX_RETRIES,
      permanentErrors: FINAL_STATUSES,
      generateUniqueIdentifier: (file) => this.#identifiers.get(file),
    });
    this.#pump = new Pump(this.#library, config.simultaneousUploads, (identifier) => this.#uploads.get(identifier));
    this.#listen();
  }

  get uploads() {
    return [...this.#uploads.values()];
  }

  /** Bytes sent since the page was opened, those on the wire included. */
  get sent() {
    return this.uploads.reduce((sum, upload) => sum + upload.sent + upload.onTheWire, this.#sentByGone);
  }

  /** Takes files in; one that is listed already goes on if it was paused or had failed. Returns how many were listed. */
  async add(files) {
    let known = 0;
    for (let from = 0; from < files.length; from += BATCH_FILES) {
      const batch = files.slice(from, from + BATCH_FILES);
      const identifiers = await Promise.all(batch.map(identify));
      const fresh = batch.map((file, index) => this.#take(file, identifiers[index])).filter((upload) => upload !== null);
      known += batch.length - fresh.length;
      this.#admit(fresh);
    }
    return known;
  }

  pause(upload) {
    if (upload.outcome === null) {
      upload.held = true;
      this.#apply(upload);
    }
  }

  resume(upload) {
    if (upload.outcome === null && upload.held) {
      upload.held = false;
      this.#apply(upload);
    }
  }

  /** Tries again at once: a failed upload from the start, asking which chunks are there, a waiting one where it is. */
  retry(upload) {
    if (upload.outcome === 'failed' && upload.retryable) {
      upload.startsOver();
      upload.handle.pause(true); // until its list of chunks is whole
      upload.handle.bootstrap();
    } else {
      upload.inFlight.forEach(wake);
    }
    this.#changed(upload);
  }

  /** Stops the upload for good, and has the server forget what it holds of it. */
  async cancel(upload) {
    upload.outcome = 'cancelling';
    upload.handle?.pause(true);
    this.#listener.changed(upload);
    const id = await this.#idOf(upload);
    if (upload.location !== null) {
      this.#complete(upload); // too late: the last chunk was faster
      return;
    }
    this.#release(upload);
    if (id === null) {
      this.remove(upload);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, ABORT_SETTLES_MS));
    const refusal = await cancelOnServer(this.#config.filesPath, id);
    if (refusal === null) {
      this.remove(upload);
    } else {
      upload.retryable = false;
      this.#fail(upload, `It is stopped here, but not yet freed on the server. ${explain(refusal)}`);
    }
  }

  /** Takes an upload off the list and leaves the server alone. */
  remove(upload) {
    this.#release(upload);
    this.#sentByGone += upload.sent;
    this.#uploads.delete(upload.identifier);
    this.#listener.removed(upload);
  }

  /** Holds everything while there is no network, and goes on, without the rest of any waiting time, when it is back. */
  set online(online) {
    this.#online = online;
    for (const upload of this.#uploads.values()) {
      if (upload.outcome === null) {
        upload.inFlight.forEach(wake);
        this.#apply(upload);
      }
    }
  }

  get online() {
    return this.#online;
  }

  #listen() {
    const on = (event, handle) => this.#library.on(event, (file, message) => {
      const upload = this.#uploads.get(file.uniqueIdentifier);
      if (upload) {
        handle(upload, file, message);
      }
    });
    // The library would send chunks while it still makes the list of them, and tell the server a wrong count.
    on('chunkingStart', (upload, file) => {
      upload.handle = file;
      file.pause(true);
    });
    on('chunkingComplete', (upload, file) => {
      const owner = this.#ownerOf(upload);
      file.chunks.forEach((chunk) => watchChunk(chunk, owner));
      this.#apply(upload);
    });
    on('fileSuccess', (upload) => this.#finish(upload));
    on('fileError', (upload) => this.#fail(upload, upload.lastAnswer.status === 200 ? NOT_UNDERSTOOD : explain(upload.lastAnswer)));
  }

  #ownerOf(upload) {
    return {
      running: () => upload.outcome === null && !upload.handle.isPaused(),
      begins: (chunk) => upload.begins(chunk),
      asked: (url) => { upload.testUrl = url; },
      fails: (answer) => { upload.lastAnswer = answer; },
      waits: (answer, delay) => this.#wait(upload, answer, delay),
      holds: (chunk, description, found) => {
        upload.holds(chunk, found);
        this.#learn(upload, description);
        this.#listener.changed(upload);
      },
    };
  }

  /** Returns a new upload for the file, or null if there is one that can go on. */
  #take(file, identifier) {
    const listed = this.#uploads.get(identifier);
    if (listed && listed.outcome !== 'failed') {
      this.resume(listed);
      return null;
    }
    if (listed) {
      this.remove(listed); // the file that was chosen now may be readable again
    }
    const upload = new Upload(identifier, file);
    this.#uploads.set(identifier, upload);
    this.#identifiers.set(file, identifier);
    return upload;
  }

  #admit(uploads) {
    const { maxLength } = this.#config;
    for (const upload of uploads) {
      if (maxLength !== null && upload.size > maxLength) {
        upload.outcome = 'failed';
        upload.retryable = false;
        upload.message = tooLarge(maxLength);
      }
    }
    this.#listener.added(uploads);
    uploads.filter((upload) => upload.outcome === 'failed').forEach((upload) => this.#listener.failed(upload));
    this.#pump.add(uploads.filter((upload) => upload.outcome === null));
  }

  /** Makes the library do what the user and the network allow. */
  #apply(upload) {
    const stop = upload.held || !this.#online;
    upload.handle?.pause(stop);
    if (stop) {
      upload.handle?.abort();
      upload.rests();
    }
    this.#changed(upload);
  }

  #changed(upload) {
    this.#listener.changed(upload);
    this.#pump.wake();
  }

  #learn(upload, description) {
    upload.id = description.id;
    if (isComplete(description)) {
      upload.location = linkTo(description, this.#config.filesPath);
    }
  }

  async #wait(upload, answer, delay) {
    upload.trouble = { words: explain(answer), until: Date.now() + delay };
    this.#listener.changed(upload);
    if (answer.status === 0 && !(await isReadable(upload.file)) && upload.outcome === null) {
      upload.retryable = false;
      upload.handle.pause(true);
      upload.handle.abort();
      this.#fail(upload, UNREADABLE);
    }
  }

  /** The answer that closed the last gap need not be the last to arrive, so the server may have to be asked once more. */
  async #finish(upload) {
    if (upload.outcome !== null) {
      return;
    }
    upload.rests();
    upload.outcome = 'finishing';
    this.#listener.changed(upload);
    if (upload.location === null) {
      const description = await awaitCompletion(upload.testUrl);
      if (description === null) {
        this.#fail(upload, NOT_ASSEMBLED);
        return;
      }
      this.#learn(upload, description);
    }
    this.#complete(upload);
  }

  #complete(upload) {
    this.#release(upload); // else it would be looked through for every chunk of the others
    upload.handle = null;
    upload.outcome = 'complete';
    this.#listener.completed(upload);
    this.#changed(upload);
  }

  #fail(upload, message) {
    upload.rests();
    upload.outcome = 'failed';
    upload.message = message;
    this.#listener.failed(upload);
    this.#changed(upload);
  }

  /** Ends what the library does for an upload. */
  #release(upload) {
    this.#pump.forget(upload);
    upload.rests();
    if (upload.handle) {
      upload.handle.cancel();
      this.#library.removeFile(upload.handle);
    }
    this.#pump.wake();
  }

  /** The server's id; where the first chunk is still on its way, its answer is waited for, as it alone tells the id. */
  async #idOf(upload) {
    const deadline = Date.now() + ID_WAIT_MS;
    while (upload.id === null && upload.inFlight.some((chunk) => chunk.tested) && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return upload.id;
  }
}

async function isReadable(file) {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
