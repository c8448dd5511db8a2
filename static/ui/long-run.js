// One long job: whether it runs, is paused or idle, and how long it has worked. Knows no page.
// @ts-check
import { PAUSED } from '../lab/queued-task.js';

export class LongRun {
  paused = false;
  /** @type {AbortController | null} */ #controller = null; // of what runs now
  #began = 0; // when the first progress since the start or the last pause came; 0 before it
  #before = 0; // seconds of work before the last pause

  get running() {
    return this.#controller !== null;
  }

  get idle() {
    return !this.running && !this.paused;
  }

  /** Seconds of work since the start or the last pause. */
  get sinceResumed() {
    return this.#began && (performance.now() - this.#began) / 1000;
  }

  /** Seconds of work without the pauses. */
  get seconds() {
    return this.#before + this.sinceResumed;
  }

  /** Whether the job has reported anything since the start or the last pause. */
  get hasProgress() {
    return this.#began > 0;
  }

  /** @param {boolean} again whether it goes on after a pause @returns {AbortSignal} to pause or stop it */
  begin(again) {
    this.paused = false;
    this.#began = 0;
    if (!again) this.#before = 0;
    this.#controller = new AbortController();
    return this.#controller.signal;
  }

  noteProgress() {
    this.#began ||= performance.now();
  }

  /** The job has returned. */
  end() {
    this.#before = this.seconds;
    this.#began = 0;
    this.#controller = null;
  }

  /** Ask it to pause: what is at work may end first. */
  pause() {
    this.#controller?.abort(PAUSED);
  }

  /** Ask it to stop; a paused job will not go on. */
  stop() {
    this.#controller?.abort();
    this.paused = false;
  }
}
