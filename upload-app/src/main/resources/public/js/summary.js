/** All uploads in one line. */

import { count, percent, share, size, speed, timeLeft } from './format.js';
import { Speed } from './speed.js';

const PAUSABLE = new Set(['queued', 'checking', 'uploading', 'waiting']);

export class Summary {
  #element;
  #title;
  #detail;
  #bar;
  #speed = new Speed();

  constructor(element) {
    this.#element = element;
    this.#title = element.querySelector('#summary-title');
    this.#detail = element.querySelector('#summary-detail');
    this.#bar = element.querySelector('[role=progressbar]');
  }

  /** Shows how {@code queue} stands at {@code now} (milliseconds). */
  render(queue, now) {
    const totals = totalsOf(queue.uploads);
    this.#element.hidden = totals.files === 0;
    this.#element.dataset.files = totals.files;
    this.#element.dataset.complete = totals.complete;
    this.#element.dataset.failed = totals.failed;
    if (totals.moving > 0) {
      this.#speed.sample(now, queue.sent);
    } else {
      this.#speed.reset();
    }
    const whole = totals.complete === totals.files ? 100 : Math.min(99, percent(totals.progress, totals.bytes));
    setText(this.#title, headline(totals));
    setText(this.#detail, this.#words(totals, queue.online));
    this.#bar.setAttribute('aria-valuenow', whole);
    this.#element.style.setProperty('--progress', totals.complete === totals.files ? 1 : totals.progress / Math.max(1, totals.bytes));
    this.#element.dataset.state = overall(totals);
    this.#buttons(totals);
    document.title = totals.moving + totals.paused > 0 ? `${whole} % · Upload` : 'Upload';
  }

  #words(totals, online) {
    const words = [totals.complete === totals.files ? size(totals.bytes) : share(totals.progress, totals.bytes)];
    if (!online) {
      words.push('waits for the network');
    } else if (totals.moving > 0 && this.#speed.value > 0) {
      words.push(speed(this.#speed.value), timeLeft(totals.ahead / this.#speed.value));
    } else if (totals.moving === 0 && totals.paused > 0) {
      words.push('paused');
    }
    return words.join(' · ');
  }

  #buttons(totals) {
    const show = (action, visible) => {
      this.#element.querySelector(`[data-action=${action}]`).hidden = !visible;
    };
    const toggle = this.#element.querySelector('[data-action$="e-all"]');
    toggle.hidden = totals.moving + totals.paused === 0;
    toggle.dataset.action = totals.moving > 0 ? 'pause-all' : 'resume-all';
    setText(toggle, totals.moving > 0 ? 'Pause all' : 'Resume all');
    show('retry-failed', totals.retryable > 0);
    show('clear-finished', totals.complete > 0 && totals.moving === 0);
  }
}

function totalsOf(uploads) {
  const totals = { files: uploads.length, complete: 0, failed: 0, retryable: 0, moving: 0, paused: 0, bytes: 0, progress: 0, ahead: 0 };
  for (const upload of uploads) {
    const state = upload.state;
    totals.complete += state === 'complete';
    totals.moving += PAUSABLE.has(state);
    totals.paused += state === 'paused';
    if (state === 'failed') {
      totals.failed++;
      totals.retryable += upload.retryable;
    } else {
      totals.ahead += upload.size - upload.progress;
    }
    totals.bytes += upload.size;
    totals.progress += upload.progress;
  }
  return totals;
}

function headline(totals) {
  const { files, complete, failed } = totals;
  if (complete === files) {
    return files === 1 ? 'The file is uploaded' : `All ${count(files, 'file')} are uploaded`;
  }
  const words = `${complete.toLocaleString('en')} of ${files.toLocaleString('en')} uploaded`;
  return failed > 0 ? `${words}, ${failed.toLocaleString('en')} failed` : words;
}

function overall(totals) {
  if (totals.complete === totals.files) {
    return 'complete';
  }
  if (totals.moving > 0) {
    return 'uploading';
  }
  return totals.paused > 0 ? 'paused' : 'failed';
}

function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
