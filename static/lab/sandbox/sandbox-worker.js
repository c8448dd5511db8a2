// Runs visitors' own code: loads Pyodide from what the page gives it, installs our wheel by micropip, then
// answers. It reaches nothing: its frame has an origin of its own and a policy without any network. No
// imports: the page hands this text to the frame, which makes a worker of it.
// @ts-check

const MOST_PRINTED = 20_000; // characters of one answer
const CUT = '\n… more output is not shown.\n';
const PLAIN = { dict_converter: Object.fromEntries };

/** @type {MessagePort} to the page */ let port;
/** @type {any} */ let pyodide = null; // until it is loaded
/** @type {any} mnist1d_lab.console */ let session = null;
/** @type {any} */ let micropip = null;
/** @type {Map<number, (answer: any) => void>} */ const asked = new Map();
/** What is being answered. */ let [current, printed, asks] = [0, 0, 0];

/** @param {string} kind @param {object} [parts] @param {Transferable[]} [transfer] */
const post = (kind, parts = {}, transfer = []) => port.postMessage({ kind, ...parts }, transfer);

/**
 * The only way to a file: the page, which has a list of what it gives out.
 * @param {RequestInfo | URL} resource @param {RequestInit} [init] @returns {Promise<Response>}
 */
self.fetch = async (resource, init = {}) => {
  const asking = resource instanceof Request ? resource : { url: String(resource), method: 'GET', integrity: '' };
  const { url, method, integrity } = { url: asking.url, method: init.method ?? asking.method, integrity: init.integrity ?? asking.integrity };
  const id = ++asks;
  post('ask', { id, url, method: String(method), integrity: String(integrity) });
  const answer = await new Promise((resolve) => asked.set(id, resolve));
  asked.delete(id);
  if (answer.refused) throw new TypeError(answer.refused);
  const response = new Response(answer.body, { status: answer.status, headers: { 'content-type': answer.type } });
  Object.defineProperty(response, 'url', { value: url });
  return response;
};

/**
 * Await a promise with something to do meanwhile: where WebAssembly that was compiled before is compiled again,
 * Chromium 156 goes on only with the worker's next task, and there might be none.
 * @template T
 * @param {Promise<T>} promise @returns {Promise<T>}
 */
function kept(promise) {
  const pulse = setInterval(() => {}, 20);
  return promise.finally(() => clearInterval(pulse));
}

self.close = () => post('died'); // else nobody would hear of it

/** @param {string} url @returns {Promise<Uint8Array<ArrayBuffer>>} */
async function bytes(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** @param {string} url of a module without imports of its own @returns {Promise<any>} */
async function importFile(url) {
  const blob = URL.createObjectURL(new Blob([await bytes(url)], { type: 'text/javascript' }));
  return import(blob);
}

/** @param {string} stream 'stdout' or 'stderr' @returns {{write: (part: Uint8Array) => number}} */
function printer(stream) {
  const decoder = new TextDecoder();
  return {
    write(part) {
      const text = decoder.decode(part, { stream: true });
      const room = MOST_PRINTED - printed;
      printed += text.length;
      if (room <= 0 || !text) return part.length;
      post('print', { id: current, stream, text: text.length > room ? text.slice(0, room) + CUT : text });
      if (text.length === room) printed -= 1; // so that the next character tells of the cut
      return part.length;
    },
  };
}

/**
 * @param {{runtime: string, sandbox: string, files: string[], wheel: string, kernels: string,
 *   indexes: string[]}} addresses
 */
async function start({ runtime, sandbox, files, wheel, kernels, indexes }) {
  post('status', { text: 'Starting a Python of its own for your code …' });
  const extras = Promise.all(files.map((name) => bytes(sandbox + name))); // of micropip and the library's rest
  extras.catch(() => {});
  const library = kernels ? bytes(kernels).catch(() => null) : null;
  const [{ default: createPyodideModule }, { loadPyodide }] =
    await Promise.all(['pyodide.asm.mjs', 'pyodide.mjs'].map((name) => importFile(runtime + name)));
  pyodide = await loadPyodide({ indexURL: runtime, packageBaseUrl: runtime, packages: ['numpy'], createPyodideModule });
  if (!pyodide.loadedPackages.numpy) throw new Error('numpy could not be loaded');
  for (const [i, content] of (await extras).entries()) {
    if (files[i].endsWith('.whl')) pyodide.unpackArchive(content, 'wheel');
    else pyodide.unpackArchive(content, 'zip', { extractDir: '/lib/python3.14' });
  }
  micropip = pyodide.pyimport('micropip');
  micropip.set_index_urls(pyodide.toPy(indexes));
  await micropip.install(wheel);
  session = pyodide.pyimport('mnist1d_lab.console');
  pyodide.setStdout(printer('stdout'));
  pyodide.setStderr(printer('stderr'));
  pyodide.runPython('import sys; sys.stdout.reconfigure(line_buffering=True)'); // what is printed shows at once
  await loadKernels(library);
}

/** Without its compiled kernels the package computes with NumPy. @param {Promise<Uint8Array | null> | null} library */
async function loadKernels(library) {
  const kernels = pyodide.pyimport('mnist1d_lab.kernels');
  try {
    const content = await library;
    if (!content) return kernels.refuse('this browser’s WebAssembly has no SIMD, or they did not come');
    pyodide.FS.writeFile('/kernels.so', content);
    kernels.load('/kernels.so');
  } catch (error) {
    kernels.refuse(`they could not be loaded (${/** @type {Error} */ (error).message})`);
  } finally {
    kernels.destroy();
  }
}

/** @param {any} error @returns {object} what the page is told of it */
function describe(error) {
  const { name, message, stack, pyodide_fatal_error: fatal } = error;
  if (!error.type || !session) return { name, message, stack, fatal };
  const proxy = session.describe();
  try {
    return { ...proxy.toJs(PLAIN), stack: message };
  } finally {
    proxy.destroy();
  }
}

/** JavaScript's null is a thing of its own in Python; what a job may leave out is None. @param {any} value @returns {any} */
function noneForNull(value) {
  if (value === null) return undefined;
  if (typeof value !== 'object' || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(noneForNull);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, noneForNull(one)]));
}

/** What each message of the page makes Python do. @type {Record<string, (message: any) => any>} */
const ANSWERS = {
  run({ id, job, args, edits, own }) {
    const onProgress = (/** @type {any} */ progress) => post('progress', { id, progress: progress.toJs(PLAIN) });
    const given = pyodide.toPy(noneForNull(args));
    if (own) pyodide.pyimport('mnist1d_lab.jobs').run('open_data', pyodide.toPy(own));
    if (edits === undefined) return pyodide.pyimport('mnist1d_lab.jobs').run(job, given, onProgress);
    return pyodide.pyimport('mnist1d_lab.edits').run(job, given, pyodide.toPy(edits), onProgress);
  },
  evaluate({ source, force, figures }) {
    if (figures) session.set_figures(pyodide.toPy(noneForNull(figures)));
    return session.evaluate(source, force);
  },
  complete: ({ text }) => session.complete(text),
  install({ what, file }) {
    if (file) pyodide.FS.writeFile(`/tmp/${what}`, file);
    return session.install(micropip, file ? `emfs:/tmp/${what}` : what);
  },
};

/** @param {any} value @returns {Transferable[]} the buffers of a result's typed arrays */
function buffers(value) {
  return Object.values(value ?? {}).filter(ArrayBuffer.isView).map((array) => array.buffer);
}

/** @param {{kind: string, id: number}} message */
async function answer(message) {
  const { kind, id } = message;
  [current, printed] = [id, 0];
  try {
    const proxy = await ANSWERS[kind](message);
    const value = proxy?.toJs ? proxy.toJs(PLAIN) : proxy;
    proxy?.destroy?.();
    session.flush();
    post('result', { id, value }, buffers(value));
  } catch (error) {
    post('error', { id, error: describe(error) });
  }
}

/** @param {MessageEvent} event */
function begin({ data }) {
  port = data.port;
  const started = kept(start(data.addresses));
  started.then(() => post('ready'), (error) => post('broken', { error: describe(error) }));
  let last = started; // one after the other
  port.addEventListener('message', ({ data: message }) => {
    if (message.kind === 'answer') asked.get(message.id)?.(message);
    else last = last.then(() => kept(answer(message)), () => {});
  });
  port.start();
}
self.addEventListener('message', begin, { once: true });
