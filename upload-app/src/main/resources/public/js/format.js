/** Sizes, speeds and times in words. */

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

function unitFor(bytes) {
  let unit = 0;
  while (unit < UNITS.length - 1 && bytes >= 1024 ** (unit + 1)) {
    unit++;
  }
  return unit;
}

/** Three digits that count: 1.25, 12.5, 125. */
function inUnit(bytes, unit) {
  const value = bytes / 1024 ** unit;
  if (unit === 0) {
    return String(Math.round(value));
  }
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return String(Number(value.toFixed(digits)));
}

/** "41.2 MiB"; "1 byte". */
export function size(bytes) {
  if (bytes === 1) {
    return '1 byte';
  }
  const unit = unitFor(bytes);
  return `${inUnit(bytes, unit)} ${UNITS[unit]}`;
}

/** "41 of 100 MiB"; "72.3 MiB of 4 GiB" where the part is too small for the unit of the whole. */
export function share(part, whole) {
  const unit = unitFor(whole);
  const some = part === 0 || part >= 1024 ** unit ? inUnit(part, unit) : size(part);
  return `${some} of ${size(whole)}`;
}

/** "12.5 MiB/s". */
export function speed(bytesPerSecond) {
  return `${size(Math.round(bytesPerSecond))}/s`;
}

/** "2 min left"; coarse on purpose, so that it does not flicker. */
export function timeLeft(seconds) {
  if (seconds <= 55) {
    return `${Math.max(5, Math.ceil(seconds / 5) * 5)} s left`;
  }
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) {
    return `${minutes} min left`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min left` : `${Math.round(hours / 24)} days left`;
}

/** "1 file", "5 files", "1,000 files". */
export function count(number, noun) {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

/** Whole percent, never 100 before everything is there. */
export function percent(part, whole) {
  return whole === 0 ? 0 : Math.floor((100 * part) / whole);
}
