// Runs visitors' own code in a worker that reaches neither the page nor its storage nor a network, and that can
// be stopped at once. Nothing is loaded before it is used. What is on the wall's other side: sandbox/.
// @ts-check
import { SITE } from '../records/site.js';
import { abortable } from './bridge.js';
import { Broker } from './sandbox/broker.js';
import { makeFrame } from './sandbox/frame.js';

/** What a line of the console came to. @typedef {import('./sandbox/answers.js').Evaluated} Evaluated */
/**
 * @typedef {object} SandboxOptions
 * @property {Record<string, string>} [edits] source text by the name of its hook
 * @property {import('./messages.js').Lent} [own] data of one's own that the job names
 * @property {AbortSignal} [signal] stops the worker, and so all that runs in it
 * @property {(progress: any) => void} [onProgress]
 * @property {(text: string, stream: 'stdout' | 'stderr') => void} [onPrint] at most 20 000 characters
 */
/** @typedef {{resolve: (value: any) => void, reject: (error: Error) => void, options: SandboxOptions}} Pending */

const GONE = 'The browser ended the sandbox, perhaps for lack of memory; what it had computed is lost, and nothing else.';

const PING = 1000; // milliseconds between two questions to the frame
const MISSED = 20; // of them without an answer, then it is gone: on a busy device an answer takes a while

/** @param {{name: string, message: string, stack?: string, line?: number}} parts as the worker tells them */
function errorFrom({ name, message, stack, ...more }) {
  return Object.assign(new Error(message), { name, stack }, more);
}

/** Its files and what is on the list, from build.json. @param {any} build */
function addressesIn(build) {
  const at = (/** @type {string} */ path) => new URL(path, SITE).href;
  return {
    runtime: at(build.pyodide), sandbox: at(build.sandbox), files: build.sandbox_files, wheel: at(build.wheel),
    kernels: at(build.kernels), indexes: [at('wheels'), ...build.indexes],
  };
}

/** @param {string} path @returns {Promise<Response>} */
async function fetched(path) {
  const response = await fetch(new URL(path, SITE), { cache: 'no-cache' });
  if (!response.ok) throw new Error(`${response.url} answered HTTP ${response.status}`);
  return response;
}

/**
 * One worker, one thing at a time. Dispatches `status` (with `text`) while it starts, and `ended` when the
 * worker is gone: what it held is lost.
 */
export class Sandbox extends EventTarget {
  /** @type {HTMLIFrameElement | null} */ #frame = null;
  /** @type {Promise<MessagePort> | null} */ #ready = null;
  /** @type {Map<number, Pending>} */ #pending = new Map();
  /** @type {AbortController} of the present worker */ #life = new AbortController();
  #ids = 0;

  /** @returns {boolean} whether there is a worker, if only one that starts */
  get isAlive() {
    return this.#ready !== null;
  }

  /** Start the worker if there is none. @returns {Promise<MessagePort>} */
  start() {
    this.#ready ??= this.#begin(this.#life = new AbortController());
    return this.#ready;
  }

  /**
   * Run a job there, as `lab.run` does. With `edits`, it runs with the visitor's own functions in it.
   * @param {string} job @param {object} [args] @param {SandboxOptions} [options]
   * @returns {Promise<any>} an error of Python's has `name`, `message`, and `line` in the visitor's code
   */
  run(job, args = {}, { edits, own, ...options } = {}) {
    return this.#ask({ kind: 'run', job, args, edits, own }, options);
  }

  /**
   * Evaluate lines of Python, whose names stay.
   * @param {string} source @param {SandboxOptions & {force?: boolean, figures?: object}} [options] `force`: even if
   *   it looks unfinished; `figures`: what the dict of that name then holds
   * @returns {Promise<Evaluated>}
   */
  evaluate(source, { force = false, figures, ...options } = {}) {
    return this.#ask({ kind: 'evaluate', source, force, figures }, options);
  }

  /** @param {string} text up to the cursor @returns {Promise<{start: number, names: string[]}>} what can stand from `start` on */
  complete(text) {
    return this.#ask({ kind: 'complete', text }, {});
  }

  /**
   * Install a package and what it needs.
   * @param {string} what a requirement, or a file's name
   * @param {SandboxOptions & {file?: ArrayBuffer}} [options] `file`: a wheel that the visitor has
   * @returns {Promise<string>} a sentence
   */
  install(what, { file, ...options } = {}) {
    return this.#ask({ kind: 'install', what, file: file && new Uint8Array(file) }, options);
  }

  /** End the worker at once; a fresh one starts with the next use. @param {Error} [reason] */
  stop(reason = new DOMException('The run was stopped.', 'AbortError')) {
    if (!this.#ready) return;
    this.#life.abort(reason);
    this.#ready = null;
    this.#frame?.contentWindow?.postMessage({ kind: 'sandbox:end' }, '*');
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(reason);
    this.dispatchEvent(new Event('ended'));
  }

  /** @param {AbortController} life */
  async #begin(life) {
    try {
      const frame = this.#frame ??= await makeFrame();
      life.signal.throwIfAborted();
      const [build, worker] = await Promise.all([fetched('build.json'), fetched('static/lab/sandbox/sandbox-worker.js')]);
      const ended = new Promise((_, reject) => { life.signal.addEventListener('abort', () => reject(life.signal.reason)); });
      const ready = this.#connect(frame, await build.json(), await worker.text(), life);
      return /** @type {MessagePort} */ (await Promise.race([ready, ended]));
    } catch (error) {
      if (!life.signal.aborted) this.stop(/** @type {Error} */ (error));
      throw error;
    }
  }

  /**
   * @param {HTMLIFrameElement} frame @param {any} build @param {string} source @param {AbortController} life
   * @returns {Promise<MessagePort>} when Python has started
   */
  #connect(frame, build, source, life) {
    const { port1: port, port2 } = new MessageChannel();
    const broker = new Broker(SITE, build);
    const lost = (/** @type {string} */ why) => { if (!life.signal.aborted) this.stop(Object.assign(new Error(why), { name: 'EndedError' })); };
    let isReady = false; // after that an error in its script is the visitor's own
    addEventListener('message', (event) => {
      if (event.source === frame.contentWindow && event.data.kind === 'sandbox:died' && !isReady) lost(`The sandbox could not start: ${event.data.text || 'its script was refused'}.`);
    }, { signal: life.signal });
    this.#watch(frame, () => lost(GONE), life.signal);
    /** @type {Promise<MessagePort>} */
    const ready = new Promise((resolve, reject) => {
      port.addEventListener('message', async ({ data }) => {
        if (life.signal.aborted) return;
        if (data.kind === 'ready') {
          isReady = true;
          resolve(port);
        }
        if (data.kind === 'died') lost(GONE);
        if (data.kind === 'broken') reject(errorFrom(data.error));
        if (data.kind === 'ask') port.postMessage(await broker.answer(data));
        else this.#receive(data);
      }, { signal: life.signal });
    });
    port.start();
    // An opaque origin has no name to address it by; the port is given to this frame's window alone.
    frame.contentWindow?.postMessage({ kind: 'sandbox:begin', source, told: { port: port2, addresses: addressesIn(build) } }, '*', [port2]);
    return ready;
  }

  /**
   * A browser that ends the sandbox's process for lack of memory says nothing; its frame, which is never busy, no
   * longer answers then.
   * @param {HTMLIFrameElement} frame @param {() => void} onDeath @param {AbortSignal} signal of the worker's end
   */
  #watch(frame, onDeath, signal) {
    let unanswered = 0;
    addEventListener('message', ({ source }) => { if (source === frame.contentWindow) unanswered = 0; }, { signal });
    const timer = setInterval(() => {
      if (unanswered >= MISSED) {
        frame.remove();
        this.#frame = null;
        onDeath();
      }
      unanswered += 1;
      frame.contentWindow?.postMessage({ kind: 'sandbox:ping' }, '*');
    }, PING);
    signal.addEventListener('abort', () => clearInterval(timer));
  }

  /** @param {any} message of the worker */
  #receive(message) {
    if (message.kind === 'status') this.dispatchEvent(Object.assign(new Event('status'), { text: message.text }));
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    const { resolve, reject, options } = pending;
    if (message.kind === 'print') options.onPrint?.(message.text, message.stream);
    if (message.kind === 'progress') options.onProgress?.(message.progress);
    if (message.kind !== 'result' && message.kind !== 'error') return;
    this.#pending.delete(message.id);
    if (message.kind === 'result') return resolve(message.value);
    reject(errorFrom(message.error));
    if (message.error.fatal) this.stop(Object.assign(new Error(GONE), { name: 'EndedError' }));
  }

  /** @param {{kind: string} & Record<string, any>} message @param {SandboxOptions} options @returns {Promise<any>} */
  async #ask(message, options) {
    const { signal } = options;
    signal?.throwIfAborted();
    const port = await abortable(this.start(), signal);
    const id = ++this.#ids;
    const stop = () => this.stop();
    try {
      return await new Promise((resolve, reject) => {
        this.#pending.set(id, { resolve, reject, options });
        signal?.addEventListener('abort', stop);
        port.postMessage({ ...message, id });
      });
    } finally {
      this.#pending.delete(id);
      signal?.removeEventListener('abort', stop);
    }
  }
}
