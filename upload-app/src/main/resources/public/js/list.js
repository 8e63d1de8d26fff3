/** The list of uploads; draws what changed once per frame, and new rows a hundred at a time. */

import { Row } from './row.js';

const ROWS_PER_FRAME = 100;

export class List {
  #element;
  #online;
  #rows = new Map(); // upload -> row
  #uploads = new WeakMap(); // element -> upload
  #waiting = []; // uploads without a row yet
  #changed = new Set();
  #frame = null;

  /**
   * @param online tells whether there is a network
   * @param act what to do when a button is pressed: act(action, upload)
   */
  constructor(element, online, act) {
    this.#element = element;
    this.#online = online;
    element.addEventListener('click', (event) => {
      const button = event.target.closest('button[data-action]');
      if (button) {
        act(button.dataset.action, this.#uploads.get(button.closest('li')));
      }
    });
  }

  add(uploads) {
    this.#waiting.push(...uploads);
    this.#schedule();
  }

  change(upload) {
    this.#changed.add(upload);
    this.#schedule();
  }

  remove(upload) {
    const row = this.#rows.get(upload);
    this.#waiting = this.#waiting.filter((other) => other !== upload);
    this.#changed.delete(upload);
    if (row) {
      const neighbour = row.element.nextElementSibling ?? row.element.previousElementSibling;
      const focused = row.element.contains(document.activeElement);
      row.element.remove();
      this.#rows.delete(upload);
      if (focused) {
        (neighbour?.querySelector('button, a') ?? document.getElementById('files')).focus();
      }
    }
  }

  #schedule() {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.#draw();
    });
  }

  #draw() {
    const rows = this.#waiting.splice(0, ROWS_PER_FRAME).map((upload) => {
      const row = new Row(upload);
      this.#rows.set(upload, row);
      this.#uploads.set(row.element, upload);
      this.#changed.add(upload);
      return row.element;
    });
    this.#element.append(...rows);
    for (const upload of this.#changed) {
      const row = this.#rows.get(upload);
      if (row) {
        row.render(this.#online());
        this.#changed.delete(upload);
      }
    }
    if (this.#waiting.length > 0) {
      this.#schedule();
    }
  }
}
