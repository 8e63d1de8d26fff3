/** What a row says about its upload. */

import { share, size, speed, timeLeft } from './format.js';

/** @returns {string} what is going on, for {@code state} */
export function describe(upload, state, online) {
  switch (state) {
    case 'queued':
      return online ? queued(upload) : `${progress(upload)} · waits for the network`;
    case 'checking':
      return `${size(upload.size)} · looking for what is already here`;
    case 'uploading':
      return moving(upload);
    case 'waiting':
      return waiting(upload);
    case 'paused':
      return `Paused at ${share(upload.progress, upload.size)}`;
    case 'finishing':
      return `${size(upload.size)} sent · the server puts the file in place`;
    case 'complete':
      return `${size(upload.size)} · uploaded`;
    case 'cancelling':
      return 'Cancelling';
    default:
      return upload.message;
  }
}

/** "41 of 100 MiB were already here", or an empty string. */
export function alreadyHere(upload) {
  if (upload.already === 0 || upload.outcome === 'failed') {
    return '';
  }
  return upload.already === upload.size ? 'All of it was already here' : `${share(upload.already, upload.size)} were already here`;
}

function queued(upload) {
  return upload.done > 0 ? `${progress(upload)} · waits its turn` : `${size(upload.size)} · waits its turn`;
}

function moving(upload) {
  const rate = upload.speed.value;
  const words = [progress(upload)];
  if (rate > 0) {
    words.push(speed(rate), timeLeft((upload.size - upload.progress) / rate));
  }
  return words.join(' · ');
}

function waiting(upload) {
  if (upload.trouble === null) {
    return 'Trying again';
  }
  const seconds = Math.ceil((upload.trouble.until - Date.now()) / 1000);
  return `${upload.trouble.words} Trying again ${seconds > 0 ? `in ${seconds} s` : 'now'}.`;
}

function progress(upload) {
  return share(upload.progress, upload.size);
}
