// Turns errors into sentences that a person understands, with the raw reason as detail. Shows nothing.
// @ts-check

/** A fault as it is shown: `detail` is for whoever wants to mend it. @typedef {{sentence: string, detail: string}} Fault */

const BROWSERS = 'A current Chrome, Edge, Firefox or Safari can do this.';

/** @param {number} status of HTTP @returns {string} */
function refused(status) {
  if (status === 404) return 'A file that Python needs is not on this site’s server (HTTP 404).';
  if (status === 401 || status === 403) {
    return `This site’s server, or a filter on the way to it, refuses a file that Python needs (HTTP ${status}).`;
  }
  return `This site’s server could not send a file that Python needs (HTTP ${status}).`;
}

/** Why Python did not start. @param {Error} error @returns {string} */
function startSentence({ name, message }) {
  if (name === 'HttpError') return refused(Number(/HTTP (\d+)$/.exec(message)?.[1]));
  if (name === 'DamagedError') return 'A file that Python needs arrived damaged or cut off.';
  if (name === 'UnsupportedError') {
    return `Python runs on WebAssembly, which this browser lacks or has switched off. ${BROWSERS}`;
  }
  if (name === 'WorkersBlockedError') {
    return `Python runs in a worker beside the page, and this browser lets it have none. ${BROWSERS}`;
  }
  if (name === 'UnreachableError' || /dynamically imported module|importing a module script|could not be loaded|error loading/i.test(message)) {
    return 'A file that Python needs did not arrive: the connection was lost, or something blocks it.';
  }
  if (isMemory({ name, message }) || name === 'EndedError') return 'There is not enough memory for Python: closing other tabs may help.';
  return 'The reason is not one this page knows.';
}

/** @param {{name: string, message: string}} error @returns {boolean} whether memory ran out */
function isMemory({ name, message }) {
  return /MemoryError$/.test(name) || (/RangeError|RuntimeError/.test(name) && /alloc|memory|out of bounds/i.test(message));
}

/** @param {Error} error @returns {string} everything there is to know */
function details({ name, message, stack }) {
  const head = `${name}: ${message}`;
  return stack && !stack.startsWith(head) ? `${head}\n\n${stack}` : stack || head;
}

/** Python could not start. Its message is the sentence, its cause what happened. */
export class StartError extends Error {
  name = 'StartError';

  /** @param {Error} cause */
  constructor(cause) {
    super(`Python could not start. ${startSentence(cause)}`, { cause });
  }
}

/** The browser ended a worker, again and again. */
export class EndedError extends Error {
  name = 'EndedError';
}

/** @param {Error} error that ended a job or a start @returns {Fault} */
export function explain(error) {
  const detail = details(error.cause instanceof Error ? error.cause : error);
  if (error.name === 'StartError') return { sentence: error.message, detail };
  if (isMemory(error)) {
    return { sentence: 'This needs more memory than the browser gives it. What was found so far is kept; a smaller ' +
      'network, or fewer examples, needs less.', detail };
  }
  if (error.name === 'EndedError') {
    return { sentence: 'The browser ended this computation several times, perhaps for lack of memory.', detail };
  }
  const first = error.message.trim().split('\n').at(-1);
  return { sentence: `Python stopped at an error: ${first}`, detail };
}
