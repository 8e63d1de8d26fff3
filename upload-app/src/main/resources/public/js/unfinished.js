/** Names what an earlier visit left unfinished, and lets it be discarded. */

import { share } from './format.js';
import { forget, recall } from './memory.js';
import { cancelOnServer } from './server.js';

export class Unfinished {
  #element;
  #list;
  #filesPath;

  constructor(element, filesPath) {
    this.#element = element;
    this.#list = element.querySelector('ul');
    this.#filesPath = filesPath;
    this.#list.replaceChildren(...recall().map((entry) => this.#row(entry)));
    this.#show();
  }

  /** The file was offered again, so it is in the list of uploads now. */
  take(identifier) {
    [...this.#list.children].find((row) => row.dataset.unfinished === identifier)?.remove();
    this.#show();
  }

  #row(entry) {
    const row = document.getElementById('unfinished-row').content.firstElementChild.cloneNode(true);
    const button = row.querySelector('button');
    row.dataset.unfinished = entry.identifier;
    row.querySelector('.name').textContent = entry.path;
    row.querySelector('.folder').textContent = `${share(entry.done, entry.size)} on the server`;
    button.setAttribute('aria-label', `Discard: ${entry.path}`);
    button.addEventListener('click', () => this.#discard(entry, row, button));
    return row;
  }

  async #discard(entry, row, button) {
    button.disabled = true;
    const refusal = await cancelOnServer(this.#filesPath, entry.id);
    if (refusal === null || refusal.status === 409) { // 409: it was finished from elsewhere
      forget(entry.identifier);
      const next = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      this.#show();
      (next?.querySelector('button') ?? document.getElementById('files')).focus();
    } else {
      button.disabled = false;
      button.textContent = 'Discard again';
    }
  }

  #show() {
    this.#element.hidden = this.#list.children.length === 0;
  }
}
