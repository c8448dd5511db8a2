// The worker: loads Pyodide, installs our wheel, runs jobs. No science and no page here.
// @ts-check
import { watchWebAssembly } from './guard.js';
import { BROKEN, ERROR, PROGRESS, READY, RESULT, RUN, STATUS } from './protocol.js';

const site = new URL('../', import.meta.url);
navigator.locks?.request(self.name, () => new Promise(() => {})); // held while this worker lives
/** @type {any} */ let pyodide = null; // until it is loaded

/** @param {string} kind @param {object} [parts] @param {Transferable[]} [transfer] */
function post(kind, parts = {}, transfer = []) {
  self.postMessage({ kind, ...parts }, { transfer });
}

/** @param {string} text */
const say = (text) => post(STATUS, { text });

/** @param {string} path @returns {Promise<any>} */
async function fetchJson(path) {
  const response = await fetch(new URL(path, site), { cache: 'no-cache' });
  if (!response.ok) throw new Error(`${response.url} answered HTTP ${response.status}`);
  return response.json();
}

/** Load Pyodide and install our package; says what computes. */
async function start() {
  const wasmFailure = watchWebAssembly();
  wasmFailure.catch(() => {}); // it is raced below; after that nobody waits for it
  const build = await fetchJson('build.json');
  const runtime = new URL(build.pyodide, site).href;
  for (const path of [`${build.pyodide}pyodide.asm.mjs`, build.wheel, build.kernels]) {
    fetch(new URL(path, site)).catch(() => {}); // asked for now, so at hand when it is needed
  }
  say('Loading Python and NumPy …');
  const { loadPyodide } = await import(`${runtime}pyodide.mjs`);
  const packages = ['numpy', 'micropip']; // they load while Python starts
  const options = { indexURL: runtime, packageBaseUrl: runtime, packages };
  pyodide = await Promise.race([loadPyodide(options), wasmFailure]);
  for (const name of packages) {
    // loadPyodide only logs a wheel that is missing
    if (!pyodide.loadedPackages[name]) throw new Error(`${name} could not be loaded from ${runtime}`);
  }
  say('Installing mnist1d_lab …');
  const micropip = pyodide.pyimport('micropip');
  await micropip.install(new URL(build.wheel, site).href);
  micropip.destroy();
  return { ...await loadKernels(build.kernels), version: build.version };
}

/**
 * Give the package its compiled kernels; without them it computes with NumPy and says why.
 * @param {string} path @returns {Promise<{kernels: string, note: string}>}
 */
async function loadKernels(path) {
  const kernels = pyodide.pyimport('mnist1d_lab.kernels');
  try {
    if (new URLSearchParams(self.location.search).get('kernels') === 'numpy') {
      kernels.refuse('the address asks for it');
    } else {
      const response = await fetch(new URL(path, site));
      if (!response.ok) throw new Error(`${response.url} answered HTTP ${response.status}`);
      pyodide.FS.writeFile('/kernels.so', new Uint8Array(await response.arrayBuffer()));
      kernels.load('/kernels.so');
    }
  } catch (error) {
    kernels.refuse(describe(error).message);
  }
  const parts = { kernels: kernels.backend(), note: kernels.note() };
  kernels.destroy();
  return parts;
}

/** @param {any} error @returns {import('./protocol.js').ErrorParts} */
function describe(error) {
  if (error.type) {
    // A Python exception: its message is the traceback, so ask Python for the sentence itself.
    const message = pyodide.runPython('import sys; str(sys.last_exc)');
    return { name: error.type, message, stack: error.message };
  }
  return { name: error.name, message: error.message, stack: error.stack };
}

/** @param {any} value @returns {Transferable[]} the buffers of a result's typed arrays */
function buffers(value) {
  return Object.values(value).filter(ArrayBuffer.isView).map((array) => array.buffer);
}

/** @param {import('./protocol.js').RunMessage} message */
function run({ id, job, args }) {
  const plain = { dict_converter: Object.fromEntries };
  /** @param {any} progress a Python dict, which Pyodide frees when we return */
  const onProgress = (progress) => post(PROGRESS, { id, progress: progress.toJs(plain) });
  /** @type {any[]} */ const proxies = [];
  const kept = (/** @type {any} */ proxy) => (proxies.push(proxy), proxy);
  try {
    const jobs = kept(pyodide.pyimport('mnist1d_lab.jobs'));
    const value = kept(jobs.run(job, kept(pyodide.toPy(args)), onProgress)).toJs(plain);
    post(RESULT, { id, value }, buffers(value));
  } catch (error) {
    post(ERROR, { id, error: describe(error) });
  } finally {
    for (const proxy of proxies) proxy?.destroy?.(); // a plain value has nothing to free
  }
}

self.addEventListener('message', ({ data }) => {
  if (data.kind === RUN) run(data); // the page asks only after READY
});
start().then((parts) => post(READY, parts), (error) => post(BROKEN, { error: describe(error) }));
