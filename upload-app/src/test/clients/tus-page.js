// One upload by tus-js-client in a browser: the test chooses a file, calls start() and reads said().
import { run } from './run.js';

const lines = [];
window.said = () => lines.join('\n');

window.start = async ({ stream, stopAt = Infinity, ...options }) => {
  const [file] = document.querySelector('#files').files;
  options.onProgress = (sent) => {
    if (sent >= stopAt) {
      upload.abort();
      lines.push(`stopped ${upload.url ?? '-'}`);
    }
  };
  const upload = await run(window.tus, stream ? file.stream().getReader() : file, options, (line) => lines.push(line));
};
