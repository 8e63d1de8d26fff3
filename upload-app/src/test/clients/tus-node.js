// One upload by tus-js-client in Node: node tus-node.js OPTIONS, the client's own options and some more, as JSON.
import { createReadStream, readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import * as tus from 'tus-js-client';
import { run } from './run.js';

const { file, buffer, stream, storage, stopAt, terminate, ...options } = JSON.parse(process.argv[2]);

// A file's own stream tells its size and can be read again; the client knows that and this one hides it.
const whole = () => (buffer ? readFileSync(file) : createReadStream(file));
const input = stream ? createReadStream(file).pipe(new PassThrough()) : whole();

if (storage) {
  options.urlStorage = new tus.FileUrlStorage(storage);
}

// The client writes down the URLs of parallel parts when it has them all; by then the first part may have been sent.
async function writtenDown() {
  const found = await options.urlStorage.findAllUploads().catch(() => []);
  if (found.length === 0) {
    await setTimeout(5);
    await writtenDown();
  }
}

const patches = [];
options.onBeforeRequest = async (request) => {
  if (request.getMethod() === 'PATCH') {
    if (storage) {
      await writtenDown();
    }
    patches.push(request);
  }
};
const upload = await run(tus, input, options, (line) => console.log(line));

// The client tells of progress ten times in a second at most, which is too late for a loopback.
function sent() {
  return patches.reduce((sum, request) => sum + (request.getUnderlyingObject()?.socket?.bytesWritten ?? 0), 0);
}

if (stopAt) {
  const watch = setInterval(async () => {
    if (sent() >= stopAt) {
      clearInterval(watch);
      await upload.abort(terminate);
      console.log(`stopped ${upload.url ?? '-'}`);
      process.exit(0);
    }
  }, 1);
}
