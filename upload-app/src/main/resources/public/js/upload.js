/** One file on its way to the server: what is known of it, and which state that amounts to. */

import { pathOf } from './identifier.js';
import { Speed } from './speed.js';

const NONE = Object.freeze([]);

export class Upload {
  /** Resumable.js's object for the file, once it has one. */
  handle = null;
  /** The server's id, once an answer told it. */
  id = null;
  /** Path of the finished file on the server. */
  location = null;
  /** Address of one chunk test, to ask again how the upload stands. */
  testUrl = null;
  /** Bytes the server is known to hold, and those of them that it held before this page sent any. */
  done = 0;
  already = 0;
  /** Bytes this page has sent in whole chunks, repeated ones included. */
  sent = 0;
  /** The user asked to pause. */
  held = false;
  /** How it ended or is ending: null, 'finishing', 'complete', 'failed' or 'cancelling'. */
  outcome = null;
  /** Why it failed, in words, and whether another try makes sense. */
  message = '';
  retryable = true;
  /** The last trouble that is being waited out: words, and when the next try is due (milliseconds). */
  trouble = null;
  /** The answer that made it fail, as {status, body}. */
  lastAnswer = { status: 0, body: '' };
  speed = new Speed();

  #inFlight = new Set();
  #ownCells = new Set();

  constructor(identifier, file) {
    this.identifier = identifier;
    this.file = file;
    this.name = file.name;
    this.path = pathOf(file);
    this.folder = this.path.slice(0, -file.name.length).replace(/\/$/, '');
    this.size = file.size;
  }

  get state() {
    if (this.outcome !== null) {
      return this.outcome;
    }
    if (this.held) {
      return 'paused';
    }
    const chunks = this.inFlight;
    if (chunks.length === 0) {
      return 'queued';
    }
    if (chunks.every((chunk) => chunk.pendingRetry)) {
      return 'waiting';
    }
    return this.sent > 0 || chunks.some((chunk) => chunk.tested) ? 'uploading' : 'checking';
  }

  /** The chunks that have a request under way or wait for their next try. */
  get inFlight() {
    return this.#inFlight.size === 0 ? NONE : [...this.#inFlight].filter((chunk) => chunk.status() === 'uploading');
  }

  /** Bytes of chunks that are on the wire. */
  get onTheWire() {
    let bytes = 0;
    for (const chunk of this.inFlight) {
      if (chunk.tested && !chunk.pendingRetry) {
        bytes += Math.min(chunk.loaded, chunk.endByte - chunk.startByte);
      }
    }
    return bytes;
  }

  /** Bytes there or on the wire. */
  get progress() {
    return this.outcome === 'complete' ? this.size : Math.min(this.size, this.done + this.onTheWire);
  }

  /** A request for {@code chunk} is about to leave. */
  begins(chunk) {
    this.#inFlight.add(chunk);
    this.trouble = null;
  }

  /** The server holds {@code chunk}; {@code found} if it said so when asked, before this page sent it. */
  holds(chunk, found) {
    const bytes = chunk.endByte - chunk.startByte;
    this.#inFlight.delete(chunk);
    this.done += bytes;
    if (!found) {
      this.sent += bytes;
      this.#ownCells.add(chunk.offset);
    } else if (!this.#ownCells.has(chunk.offset)) {
      this.already += bytes;
    }
  }

  /** Nothing of it is under way any more. */
  rests() {
    this.#inFlight.clear();
    this.trouble = null;
    this.speed.reset();
  }

  /** Everything will be asked and counted again. */
  startsOver() {
    this.rests();
    this.done = 0;
    this.already = 0;
    this.outcome = null;
    this.message = '';
    this.held = false;
  }
}
