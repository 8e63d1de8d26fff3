/** Tells screen readers what happened, gathered into one sentence at a time, at most every two seconds. */

import { count } from './format.js';

const PAUSE_MS = 2000;

export class Announcer {
  #region;
  #pending = new Map(); // kind -> names
  #timer = null;

  constructor(region) {
    this.#region = region;
  }

  /** @param kind what happened to the file, in a word or more that also suit several files */
  tell(kind, name) {
    const names = this.#pending.get(kind) ?? [];
    names.push(name);
    this.#pending.set(kind, names);
    this.#timer ??= setTimeout(() => this.#speak(), PAUSE_MS / 4);
  }

  /** A sentence of its own. */
  say(sentence) {
    this.#pending.set(sentence, []);
    this.#timer ??= setTimeout(() => this.#speak(), PAUSE_MS / 4);
  }

  #speak() {
    this.#region.textContent = [...this.#pending].map(([kind, names]) => phrase(kind, names)).join(' ');
    this.#pending.clear();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#pending.size > 0) {
        this.#speak();
      }
    }, PAUSE_MS);
  }
}

function phrase(kind, names) {
  if (names.length === 0) {
    return kind;
  }
  const words = `${names.length === 1 ? names[0] : count(names.length, 'file')} ${kind}`;
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
