/** The list entry of one upload. */

import { percent } from './format.js';
import { alreadyHere, describe } from './words.js';

const ACTIONS = {
  queued: ['pause', 'cancel'],
  checking: ['pause', 'cancel'],
  uploading: ['pause', 'cancel'],
  waiting: ['retry', 'pause', 'cancel'],
  paused: ['resume', 'cancel'],
  finishing: [],
  complete: ['download', 'remove'],
  failed: ['retry', 'cancel'],
  cancelling: [],
};

const LABELS = {
  pause: 'Pause',
  resume: 'Resume',
  retry: 'Try again',
  cancel: 'Cancel',
  remove: 'Take off the list',
  download: 'Download',
};

export class Row {
  #upload;
  #parts;
  #actions = '';

  constructor(upload) {
    this.#upload = upload;
    this.element = document.getElementById('upload-row').content.firstElementChild.cloneNode(true);
    const find = (selector) => this.element.querySelector(selector);
    this.#parts = {
      name: find('.name'),
      folder: find('.folder'),
      actions: find('.actions'),
      bar: find('.bar'),
      message: find('[data-message]'),
      already: find('.already'),
      percent: find('.percent'),
    };
    this.#name();
  }

  /** Shows the upload as it is now. */
  render(online) {
    const upload = this.#upload;
    const state = upload.state;
    const { dataset, style } = this.element;
    dataset.state = state;
    dataset.done = upload.done;
    dataset.already = upload.already;
    if (upload.id !== null) {
      dataset.uploadId = upload.id;
    }
    style.setProperty('--already', upload.size === 0 ? 0 : upload.already / upload.size);
    style.setProperty('--progress', upload.size === 0 ? Number(state === 'complete') : upload.progress / upload.size);
    this.#speak(state, online);
    this.#offer(actionsFor(upload, state));
  }

  #name() {
    const { name, path, folder, size } = this.#upload;
    this.element.dataset.file = path;
    this.element.dataset.size = size;
    this.#parts.name.textContent = name;
    this.#parts.name.title = name;
    this.#parts.folder.textContent = folder;
    this.#parts.folder.hidden = folder === '';
    this.#parts.bar.setAttribute('aria-label', name);
  }

  #speak(state, online) {
    const { message, already, bar, percent: share } = this.#parts;
    const upload = this.#upload;
    const words = describe(upload, state, online);
    const whole = state === 'complete' ? 100 : Math.min(99, percent(upload.progress, upload.size));
    setText(message, words);
    setText(already, alreadyHere(upload));
    already.hidden = already.textContent === '';
    setText(share, `${whole} %`);
    bar.setAttribute('aria-valuenow', whole);
    bar.setAttribute('aria-valuetext', words);
  }

  #offer(actions) {
    const key = actions.join();
    if (key === this.#actions) {
      return;
    }
    this.#actions = key;
    const { actions: place } = this.#parts;
    const focused = place.contains(document.activeElement) ? document.activeElement.dataset.slot : null;
    place.replaceChildren(...actions.map((action) => this.#control(action)));
    if (focused !== null) {
      (place.querySelector(`[data-slot=${focused}]`) ?? place.firstElementChild ?? this.#self()).focus();
    }
  }

  #control(action) {
    const control = document.createElement(action === 'download' ? 'a' : 'button');
    const label = `${LABELS[action]}: ${this.#upload.name}`;
    control.className = 'icon-button';
    control.setAttribute('aria-label', label);
    control.title = LABELS[action];
    control.dataset.slot = action === 'cancel' || action === 'remove' ? 'end' : 'first';
    control.append(document.querySelector('#icons').content.querySelector(`[data-icon=${action}]`).cloneNode(true));
    if (action === 'download') {
      control.href = this.#upload.location;
      control.download = this.#upload.name;
      control.dataset.download = '';
      control.append('Download');
    } else {
      control.type = 'button';
      control.dataset.action = action;
    }
    return control;
  }

  /** The row itself takes the focus while it has no control that could. */
  #self() {
    this.element.tabIndex = -1;
    return this.element;
  }
}

function actionsFor(upload, state) {
  if (state !== 'failed') {
    return ACTIONS[state];
  }
  const end = upload.id === null ? 'remove' : 'cancel';
  return upload.retryable ? ['retry', end] : [end];
}

function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
