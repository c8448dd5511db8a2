// The worker: loads Pyodide, installs our wheel, runs jobs. No science and no page here.
// @ts-check
import { underLock } from '../locks.js';
import { ALIVE, ARRIVED, BROKEN, ENGINE, ERROR, PROGRESS, READY, RESULT, RUN, STATUS } from '../messages.js';
import { SITE } from '../../records/site.js';
import { checkEngine, fetchJson, fetchWhole, importModule, useCompiledWasm, watchDownloads } from './downloads.js';

/** @type {any} */ let pyodide = null; // until it is loaded
/** @type {(module: WebAssembly.Module | null) => void} */ let take;
/** @type {Promise<WebAssembly.Module | null>} of the page */ const engine = new Promise((resolve) => { take = resolve; });

/** @param {string} kind @param {object} [parts] @param {Transferable[]} [transfer] */
function post(kind, parts = {}, transfer = []) {
  self.postMessage({ kind, ...parts }, { transfer });
}

/** @param {string} text */
const say = (text) => post(STATUS, { text });

underLock(self.name, () => {
  post(ALIVE);
  return new Promise(() => {}); // held while this worker lives
});

const REPORT = 100; // milliseconds between two reports of what has arrived

/** Counts what arrives. @returns {{total: number, add: (bytes: number) => void}} */
function counter() {
  let [bytes, last] = [0, performance.now()];
  const it = {
    total: 0, // as soon as it is known
    /** @param {number} more */
    add(more) {
      bytes += more;
      if (!it.total || performance.now() - last < REPORT) return;
      last = performance.now();
      post(ARRIVED, { bytes, total: it.total });
    },
  };
  return it;
}

/** Load Pyodide and install our package; says what computes. */
async function start() {
  const simd = checkEngine();
  const arrived = counter();
  let kernels = ''; // without these it goes as well
  const failure = watchDownloads(arrived.add, (url) => url === kernels);
  failure.catch(() => {}); // it is raced below; after that nobody waits for it
  const build = await fetchJson(new URL('build.json', SITE));
  const runtime = new URL(build.pyodide, SITE).href;
  kernels = new URL(build.kernels, SITE).href;
  arrived.total = build.bytes;
  useCompiledWasm(`${runtime}pyodide.asm.wasm`, engine);
  // Asked for now, so at hand when they are needed.
  const wheel = fetchWhole(new URL(build.wheel, SITE), build.sha256.wheel);
  const library = simd ? fetchWhole(new URL(kernels), build.sha256.kernels) : null;
  const machine = importModule(`${runtime}pyodide.asm.mjs`); // a megabyte of JavaScript to compile
  for (const one of [wheel, library, machine]) one?.catch(() => {});
  say('Loading Python and NumPy …');
  const load = async () => {
    const { loadPyodide } = await importModule(`${runtime}pyodide.mjs`);
    const packages = ['numpy']; // loaded while Python starts
    return loadPyodide({ indexURL: runtime, packageBaseUrl: runtime, packages })
      .catch((/** @type {Error} */ error) => machine.then(() => { throw error; })); // that may know why
  };
  pyodide = await Promise.race([load(), failure]);
  // loadPyodide only logs a wheel that is missing; downloads.js may still be finding out why
  if (!pyodide.loadedPackages.numpy) throw await Promise.race([failure, missing(runtime)]).catch((error) => error);
  pyodide.unpackArchive(await wheel, 'wheel');
  return { ...await loadKernels(library), version: build.version };
}

/** @param {string} runtime @returns {Promise<Error>} */
async function missing(runtime) {
  await new Promise((resolve) => setTimeout(resolve, 2000));
  return new Error(`numpy could not be loaded from ${runtime}`);
}

/**
 * Give the package its compiled kernels; without them it computes with NumPy and says why.
 * @param {Promise<Uint8Array> | null} library null: this engine has no SIMD
 * @returns {Promise<{kernels: string, note: string}>}
 */
async function loadKernels(library) {
  const kernels = pyodide.pyimport('mnist1d_lab.kernels');
  try {
    if (new URLSearchParams(self.location.search).get('kernels') === 'numpy') {
      kernels.refuse('the address asks for it');
    } else if (!library) {
      kernels.refuse('this browser’s WebAssembly has no SIMD');
    } else {
      pyodide.FS.writeFile('/kernels.so', await library);
      kernels.load('/kernels.so');
    }
  } catch (error) {
    kernels.refuse(`they could not be loaded (${describe(error).message})`);
  }
  const parts = { kernels: kernels.backend(), note: kernels.note() };
  kernels.destroy();
  return parts;
}

/** @param {any} error @returns {import('../messages.js').ErrorParts} */
function describe(error) {
  if (error.type && pyodide) {
    // A Python exception: its message is the traceback, so ask Python for the sentence itself.
    const message = pyodide.runPython('import sys; str(sys.last_exc)');
    if (error.type !== 'BadValueError') return { name: error.type, message, stack: error.message };
    const field = pyodide.runPython('sys.last_exc.field');
    return { name: 'ValueError', message, stack: error.message, field };
  }
  const { name, message, stack, pyodide_fatal_error: fatal } = error;
  return { name, message, stack, fatal };
}

/** @param {any} value @returns {Transferable[]} the buffers of a result's typed arrays */
function buffers(value) {
  return Object.values(value).filter(ArrayBuffer.isView).map((array) => array.buffer);
}

/** JavaScript's null is a thing of its own in Python; what a job may leave out is None. @param {any} value @returns {any} */
function noneForNull(value) {
  if (value === null) return undefined;
  if (typeof value !== 'object' || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(noneForNull);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, noneForNull(one)]));
}

/** @param {import('../messages.js').RunMessage} message */
function run({ id, job, args, own }) {
  const plain = { dict_converter: Object.fromEntries };
  /** @param {any} progress a Python dict, which Pyodide frees when we return */
  const onProgress = (progress) => post(PROGRESS, { id, progress: progress.toJs(plain) });
  /** @type {any[]} */ const proxies = [];
  const kept = (/** @type {any} */ proxy) => (proxies.push(proxy), proxy);
  try {
    const jobs = kept(pyodide.pyimport('mnist1d_lab.jobs'));
    if (own) kept(jobs.run('open_data', kept(pyodide.toPy(own))));
    const value = kept(jobs.run(job, kept(pyodide.toPy(noneForNull(args))), onProgress)).toJs(plain);
    post(RESULT, { id, value }, buffers(value));
  } catch (error) {
    post(ERROR, { id, error: describe(error) });
  } finally {
    for (const proxy of proxies) proxy?.destroy?.(); // a plain value has nothing to free
  }
}

self.addEventListener('message', ({ data }) => {
  if (data.kind === ENGINE) take(data.module);
  if (data.kind === RUN) run(data); // the page asks only after READY
});
start().then((parts) => post(READY, parts), (error) => post(BROKEN, { error: describe(error) }));
