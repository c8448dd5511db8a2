// Code as a part of a link, and back: compressed, with a limit on both. What comes out is data; nothing here runs it.
// @ts-check
import { LONGEST, areEdits } from './edited-texts.js';

/** @typedef {import('./edited-texts.js').Edits} Edits */
/** @typedef {{job: string, edits: Edits}} SharedCode */

export const MOST = 8000; // letters in a link: what browsers, mail and chats take
const JOBS = ['lottery', 'train', 'digits'];

/** @param {Uint8Array<ArrayBuffer>} bytes @param {GenericTransformStream} through @param {number} most bytes @returns {Promise<Uint8Array<ArrayBuffer>>} */
async function piped(bytes, through, most) {
  const reader = new Blob([bytes]).stream().pipeThrough(/** @type {any} */ (through)).getReader();
  /** @type {Uint8Array[]} */ const parts = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > most) { // a few bytes can unpack to gigabytes
      reader.cancel();
      throw new Error(`it is longer than ${LONGEST} letters`);
    }
    parts.push(value);
  }
  return new Uint8Array(await new Blob(/** @type {BlobPart[]} */ (parts)).arrayBuffer());
}

/** @param {SharedCode} shared @returns {Promise<string>} letters, digits, `-`, `_` and a dot; throws if a link cannot hold it */
export async function encode({ job, edits }) {
  const bytes = new TextEncoder().encode(JSON.stringify(edits));
  const packed = await piped(bytes, new CompressionStream('deflate-raw'), Infinity);
  const text = btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  if (text.length > MOST) throw new Error(`this code is too long for a link (${text.length} letters, at most ${MOST}): save it as JSON instead.`);
  return `${job}.${text}`;
}

/** @param {string} code @returns {Promise<SharedCode>} throws with a sentence that says what is wrong */
export async function decode(code) {
  const [job, text = '', ...more] = code.split('.');
  try {
    if (!JOBS.includes(job) || more.length || text.length > MOST || !/^[\w-]+$/.test(text)) throw new Error('it is cut off or changed');
    const letters = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const packed = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const bytes = await piped(packed, new DecompressionStream('deflate-raw'), 4 * LONGEST);
    const edits = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (!areEdits(edits) || !Object.keys(edits).length) throw new Error('it holds no code');
    return { job, edits };
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    const known = ['it is cut off or changed', 'it holds no code', `it is longer than ${LONGEST} letters`].includes(message);
    throw new Error(`The code in this link cannot be read: ${known ? message : 'it is cut off or changed'}.`);
  }
}
