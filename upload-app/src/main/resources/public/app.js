/** Puts the page together. */

import { Announcer } from './js/announcer.js';
import { loadConfig } from './js/config.js';
import { count, size } from './js/format.js';
import { acceptChoices, acceptDrops } from './js/intake.js';
import { List } from './js/list.js';
import { forget, remember } from './js/memory.js';
import { followNetwork } from './js/network.js';
import { Queue } from './js/queue.js';
import { Summary } from './js/summary.js';
import { Unfinished } from './js/unfinished.js';

const TICK_MS = 250;
const REMEMBER_EVERY_TICKS = 8;
const ACTIVE = new Set(['checking', 'uploading', 'waiting']);

const byId = (id) => document.getElementById(id);

/** Shows words about the page as a whole; none hides them. */
function notice(...words) {
  byId('notice').textContent = words.join(' ');
  byId('notice').hidden = words.length === 0;
}

/** Files are taken from the first moment on, and wait until the page knows how to send them. */
function start() {
  const opening = open();
  takeFiles(opening);
  opening.catch((problem) => notice(problem.message, 'Reload the page to try again.'));
}

async function open() {
  if (typeof Resumable === 'undefined' || !new Resumable().support) {
    throw new Error('This browser cannot send files in pieces. A current one can.');
  }
  const { config, ignored } = await loadConfig(location.search);
  if (ignored.length > 0) {
    notice(`These parameters of the address make no sense and are ignored: ${ignored.join(', ')}.`);
  }
  if (config.maxLength !== null) {
    byId('limit').textContent = `Up to ${size(config.maxLength)} for each file`;
    byId('limit').hidden = false;
  }
  return run(config);
}

function run(config) {
  const announcer = new Announcer(byId('announcements'));
  const unfinished = new Unfinished(byId('unfinished'), config.filesPath);
  const summary = new Summary(byId('summary'));
  const queue = new Queue(config, {
    added(uploads) {
      uploads.forEach((upload) => unfinished.take(upload.identifier));
      list.add(uploads);
      uploads.forEach((upload) => announcer.tell('added', upload.name));
      document.body.classList.add('has-uploads');
    },
    changed: (upload) => list.change(upload),
    removed(upload) {
      list.remove(upload);
      if (upload.outcome === 'cancelling') {
        forget(upload.identifier);
        announcer.tell('cancelled', upload.name);
      }
      document.body.classList.toggle('has-uploads', queue.uploads.length > 0);
    },
    completed(upload) {
      forget(upload.identifier);
      announcer.tell('uploaded', upload.name);
    },
    failed: (upload) => announcer.tell(`failed. ${upload.message}`, upload.name),
  });
  const list = new List(byId('uploads'), () => queue.online, (action, upload) => queue[action](upload));

  actOnAll(queue);
  watchNetwork(queue, announcer);
  tick(queue, list, summary);
  addEventListener('pagehide', () => remember(unfinishedOf(queue)));
  return queue;
}

function takeFiles(opening) {
  byId('folder').parentElement.hidden = !('webkitdirectory' in HTMLInputElement.prototype);
  const take = async ({ files, unreadable }) => {
    const queue = await opening.catch(() => null);
    if (queue === null) {
      return; // the page says why
    }
    const listed = await queue.add(files);
    const words = [];
    if (unreadable.length > 0) {
      words.push(`Not readable: ${unreadable.join(', ')}.`);
    }
    if (listed > 0) {
      words.push(`${count(listed, 'file')} ${listed === 1 ? 'is' : 'are'} in the list already.`);
    }
    if (files.length === 0 && unreadable.length === 0) {
      words.push('There was no file in it.');
    }
    notice(...words);
  };
  acceptDrops(byId('drop'), take);
  acceptChoices(byId('files'), take);
  acceptChoices(byId('folder'), take);
}

function actOnAll(queue) {
  const actions = {
    'pause-all': () => queue.uploads.forEach((upload) => queue.pause(upload)),
    'resume-all': () => queue.uploads.forEach((upload) => queue.resume(upload)),
    'retry-failed': () => having(queue, 'failed').forEach((upload) => queue.retry(upload)),
    'clear-finished': () => having(queue, 'complete').forEach((upload) => queue.remove(upload)),
  };
  byId('summary').addEventListener('click', (event) => {
    const button = event.target.closest('button[data-action]');
    if (button) {
      actions[button.dataset.action]();
    }
  });
}

function watchNetwork(queue, announcer) {
  followNetwork((online) => {
    queue.online = online;
    const words = online ? [] : ['You are offline. Uploads go on by themselves when the network is back.'];
    notice(...words);
    if (online) {
      announcer.say('The network is back. Uploads go on.');
    }
  });
}

/** Redraws what moves. */
function tick(queue, list, summary) {
  let ticks = 0;
  setInterval(() => {
    const now = performance.now();
    for (const upload of queue.uploads) {
      if (ACTIVE.has(upload.state)) {
        upload.speed.sample(now, upload.sent + upload.onTheWire);
        list.change(upload);
      }
    }
    summary.render(queue, now);
    if (++ticks % REMEMBER_EVERY_TICKS === 0) {
      remember(unfinishedOf(queue));
    }
  }, TICK_MS);
}

function unfinishedOf(queue) {
  return queue.uploads.filter((upload) => upload.outcome === null || upload.outcome === 'failed');
}

function having(queue, state) {
  return queue.uploads.filter((upload) => upload.state === state);
}

start();
