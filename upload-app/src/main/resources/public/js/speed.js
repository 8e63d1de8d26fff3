/** The smoothed rate of a growing number of bytes. */

const SMOOTHING_SECONDS = 4;
const SETTLING_SECONDS = 1.5;

export class Speed {
  #rate = 0;
  #seconds = 0;
  #last = null;

  /** Takes in that {@code bytes} were sent in all by {@code now} (milliseconds). */
  sample(now, bytes) {
    if (this.#last !== null && now > this.#last.now) {
      const seconds = (now - this.#last.now) / 1000;
      const rate = Math.max(0, bytes - this.#last.bytes) / seconds;
      this.#seconds += seconds;
      // The first seconds are a plain mean; later ones fade with the time constant.
      const weight = Math.max(1 - Math.exp(-seconds / SMOOTHING_SECONDS), seconds / this.#seconds);
      this.#rate += Math.min(1, weight) * (rate - this.#rate);
    }
    this.#last = { now, bytes };
  }

  /** Forgets the past, for a new start after a pause. */
  reset() {
    this.#rate = 0;
    this.#seconds = 0;
    this.#last = null;
  }

  /** Bytes per second; 0 until enough was seen. */
  get value() {
    return this.#seconds >= SETTLING_SECONDS ? this.#rate : 0;
  }
}
