/** What the server proposes, overridden by valid query parameters. */

const CONFIG_URL = 'page-config.json';
const MAX_SIMULTANEOUS = 16;
/** What S3 takes as a part without gathering. */
const DEFAULT_CHUNK_BYTES = 5 * 1024 * 1024;

/**
 * @returns {Promise<{config: object, ignored: string[]}>} the settings, and the query parameters that made no sense
 * @throws {Error} if the server cannot be asked; the message is for people
 */
export async function loadConfig(query) {
  const proposed = await fetchConfig();
  const config = {
    target: proposed.target,
    filesPath: proposed.filesPath,
    chunkSize: proposed.chunkSize ?? DEFAULT_CHUNK_BYTES,
    simultaneousUploads: proposed.simultaneousUploads ?? 3,
    method: proposed.method ?? 'octet',
    forceChunkSize: proposed.forceChunkSize ?? false,
    maxLength: limit(proposed.maxLength),
    maxChunk: limit(proposed.maxChunk),
  };
  const ignored = override(config, new URLSearchParams(query));
  fitChunks(config);
  return { config, ignored };
}

/** Tells whether the server answers at all. */
export async function serverAnswers() {
  try {
    return (await fetch(CONFIG_URL, { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}

async function fetchConfig() {
  let response;
  try {
    response = await fetch(CONFIG_URL, { cache: 'no-store' });
  } catch (cause) {
    throw new Error('The server does not answer. Is it running, and are you online?', { cause });
  }
  if (!response.ok) {
    throw new Error(`The server did not give its settings (status ${response.status}).`);
  }
  return response.json();
}

/** A limit beyond what a file can have is none. */
function limit(bytes) {
  return Number.isSafeInteger(bytes) ? bytes : null;
}

function override(config, query) {
  const rules = {
    chunkSize: ['chunkSize', wholeNumber(1, config.maxChunk ?? Number.MAX_SAFE_INTEGER)],
    simultaneous: ['simultaneousUploads', wholeNumber(1, MAX_SIMULTANEOUS)],
    method: ['method', oneOf({ octet: 'octet', multipart: 'multipart' })],
    forceChunkSize: ['forceChunkSize', oneOf({ true: true, false: false })],
  };
  const ignored = [];
  for (const [name, [key, parse]] of Object.entries(rules)) {
    if (query.has(name)) {
      const value = parse(query.get(name));
      if (value === undefined) {
        ignored.push(name);
      } else {
        config[key] = value;
      }
    }
  }
  return ignored;
}

/** Without forceChunkSize the last chunk has up to twice the chunk size, less one byte. */
function fitChunks(config) {
  if (config.maxChunk !== null) {
    const largest = config.forceChunkSize ? config.maxChunk : Math.floor((config.maxChunk + 1) / 2);
    config.chunkSize = Math.max(1, Math.min(config.chunkSize, largest));
  }
}

function wholeNumber(least, most) {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
    return value >= least && value <= most ? value : undefined;
  };
}

function oneOf(values) {
  return (text) => (Object.hasOwn(values, text) ? values[text] : undefined);
}
