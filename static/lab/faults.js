// Turns errors into sentences that a person understands, with the raw reason as detail. Shows nothing.
// @ts-check
import './arrivals.js';

/** A fault as it is shown: `detail` is for whoever wants to mend it. @typedef {{sentence: string, detail: string}} Fault */

const { BROWSERS, flawOfSite, sentence } = globalThis.arrivals;

/** Why Python did not start. @param {Error} error @returns {string | null} null: nobody knows */
function startSentence(error) {
  const { name } = error;
  if (name === 'UnsupportedError') {
    return `Python runs on WebAssembly, which this browser lacks or has switched off. ${BROWSERS}`;
  }
  if (name === 'PolicyError') {
    return 'Python runs on WebAssembly, which this site’s server forbids: its Content-Security-Policy lacks “wasm-unsafe-eval”.';
  }
  if (name === 'WorkersBlockedError') {
    return `Python runs in a worker beside the page, which this browser does not allow. ${BROWSERS}`;
  }
  if (isMemory(error) || name === 'EndedError') return 'There is not enough memory for Python: closing other tabs may help.';
  return sentence(error, 'a file that Python needs');
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
    super(`Python could not start. ${startSentence(cause) ?? 'The reason is unknown; see the details.'}`, { cause });
  }
}

/**
 * What a worker says of its failed start, or a better reason: a damaged file makes Python stumble in many ways.
 * @param {Error} error @returns {Promise<StartError>}
 */
export async function startError(error) {
  const isClear = error.name !== 'SyntaxError' && startSentence(error) !== null;
  return new StartError(isClear ? error : await flawOfSite() ?? error);
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
