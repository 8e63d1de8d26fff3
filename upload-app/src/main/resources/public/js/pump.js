/**
 * Keeps as many requests under way as are allowed.
 *
 * Left alone, Resumable.js starts one request for each that ends, so a file that was paused, failed or cancelled takes its
 * places with it. It also looks through all its files for every chunk; here it knows only the next few.
 */

/** Files that the library knows at a time, beyond those that wait for the user. */
const READY_FILES = 16;

export class Pump {
  #library;
  #simultaneous;
  #uploadOf;
  #pending = new Set(); // uploads that the library does not know yet
  #due = false;

  /** @param uploadOf the upload with an identifier, or undefined */
  constructor(library, simultaneous, uploadOf) {
    this.#library = library;
    this.#simultaneous = simultaneous;
    this.#uploadOf = uploadOf;
  }

  add(uploads) {
    uploads.forEach((upload) => this.#pending.add(upload));
    this.wake();
  }

  forget(upload) {
    this.#pending.delete(upload);
  }

  /** Fills the free places; a little later, as the library itself starts a request after most events. */
  wake() {
    if (!this.#due) {
      this.#due = true;
      setTimeout(() => {
        this.#due = false;
        this.#feed();
        this.#fill();
      }, 0);
    }
  }

  #known() {
    return this.#library.files.map((file) => this.#uploadOf(file.uniqueIdentifier)).filter(Boolean);
  }

  #feed() {
    let ready = this.#known().filter((upload) => upload.outcome === null && !upload.held).length;
    const next = [];
    for (const upload of this.#pending) {
      if (ready >= READY_FILES) {
        break;
      }
      if (!upload.held) {
        this.#pending.delete(upload);
        next.push(upload.file);
        ready++;
      }
    }
    if (next.length > 0) {
      this.#library.addFiles(next);
    }
  }

  #fill() {
    let busy = this.#known().reduce((sum, upload) => sum + upload.inFlight.length, 0);
    while (busy < this.#simultaneous && this.#library.uploadNextChunk()) {
      busy++;
    }
  }
}
