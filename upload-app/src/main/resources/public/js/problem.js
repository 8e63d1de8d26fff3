/** What went wrong, in words. */

import { size } from './format.js';

/** Statuses after which another try of the same request is in vain. */
export const FINAL_STATUSES = [400, 401, 403, 404, 405, 409, 410, 411, 413, 414, 415, 431, 451, 500, 501, 507];

export function tooLarge(limit) {
  return `This file is larger than the ${size(limit)} that the server takes.`;
}

export const UNREADABLE = 'The file can no longer be read. It was changed, moved or removed; choose it again.';
export const NOT_UNDERSTOOD = 'Something other than the upload server answered. Are you still signed in?';
export const NOT_ASSEMBLED = 'Everything is sent, but the server has not put the file in place. Try again.';

/** Where people need other words than programs, whatever the server says. */
const FOR_PEOPLE = new Map([
  [0, 'The server does not answer.'],
  [401, 'You are not signed in.'],
  [403, 'You may not upload here.'],
  [404, 'The server no longer knows this upload. Try again to start it anew.'],
  [410, 'This upload has expired. Try again to start it anew.'],
  [507, 'The server has no room left.'],
]);

/** Where the server, or something on the way to it, says nothing. */
const OTHERWISE = new Map([
  [413, 'The server does not take this much at once.'],
  [423, 'Another page is sending the same piece.'],
  [429, 'The server is asked too much.'],
  [502, 'The server cannot be reached.'],
  [503, 'The server is busy.'],
  [504, 'The server takes too long to answer.'],
]);

/** Words for an answer: the server's own where it sent a problem document, else what the status means. */
export function explain({ status, body }) {
  const problem = parseObject(body);
  if (Number.isSafeInteger(problem?.limit)) {
    return /chunk/i.test(problem.field) ? `The server takes pieces of up to ${size(problem.limit)}.` : tooLarge(problem.limit);
  }
  const words = FOR_PEOPLE.get(status) || problem?.detail || OTHERWISE.get(status) || problem?.title;
  return sentence(words || `The server answered with an error (status ${status}).`);
}

/** The object that {@code text} is the JSON of, or null. */
export function parseObject(text) {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function sentence(words) {
  const text = String(words).trim();
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
