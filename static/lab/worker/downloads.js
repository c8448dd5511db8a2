// Turns a failed download into a rejected start; Pyodide alone would hang, or only log it. Counts the
// bytes that arrive. It loads nothing of its own accord.
// @ts-check
import '../arrivals.js';
import { count } from '../byte-count.js';

const { flaw, flawIn, reasonOf, reasonOfRefusal } = globalThis.arrivals;

// A module that adds up the bits of a 128-bit vector: engines without SIMD call it invalid.
const SIMD = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
];

/** @returns {boolean} whether this engine has SIMD; throws if it has no WebAssembly */
export function checkEngine() {
  if (typeof WebAssembly !== 'object') throw flaw('UnsupportedError', 'WebAssembly is not defined here');
  return WebAssembly.validate(new Uint8Array(SIMD));
}

/**
 * Watch all that is fetched from here on, and WebAssembly that is compiled while it streams in.
 * @param {(bytes: number) => void} onBytes is told of bytes, unpacked, as they arrive
 * @param {(url: string) => boolean} isOptional a file whose loss is survived
 * @returns {Promise<never>} rejects with the reason as soon as a file fails that is not optional
 */
export function watchDownloads(onBytes, isOptional) {
  return new Promise((_, reject) => {
    watchFetch(onBytes, (url, error) => { if (!isOptional(url)) reject(error); });
    watchStreaming(reject);
  });
}

/** @param {(bytes: number) => void} onBytes @param {(url: string, error: Error) => void} onFailure */
function watchFetch(onBytes, onFailure) {
  const real = self.fetch.bind(self);
  self.fetch = async (resource, init) => {
    const url = resource instanceof Request ? resource.url : new URL(resource, self.location.href).href;
    const response = await real(resource, init).catch(() => null);
    const wrong = response ? await flawIn(response)
      : init?.integrity ? await reasonOfRefusal(url, real) : flaw('UnreachableError', `${url} could not be fetched`);
    if (wrong) onFailure(url, wrong);
    if (wrong || !response) throw wrong;
    count(response.clone(), onBytes).catch(() => onFailure(url, flaw('DamagedError', `${url} broke off`)));
    return response;
  };
}

/** @param {string} url @param {Error} error @returns {Error} why this WebAssembly cannot be had */
function flawOfWasm(url, { message }) {
  return flaw(/content security policy|unsafe-eval/i.test(message) ? 'PolicyError' : 'DamagedError', `${url}: ${message}`);
}

/** A wrong MIME type falls back to a plain download. @param {(error: Error) => void} onFailure */
function watchStreaming(onFailure) {
  const streaming = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (source, imports) => {
    const response = await source;
    try {
      const type = response.headers.get('content-type')?.split(';')[0];
      if (type === 'application/wasm') return await streaming(response, imports);
      return await WebAssembly.instantiate(await response.arrayBuffer(), imports);
    } catch (error) {
      onFailure(flawOfWasm(response.url, /** @type {Error} */ (error)));
      throw error;
    }
  };
}

/**
 * Use the module that the page has compiled instead of this file.
 * @param {string} url of WebAssembly @param {Promise<WebAssembly.Module | null>} compiled null: the
 *   file is fetched after all
 */
export function useCompiledWasm(url, compiled) {
  const [real, streaming] = [self.fetch, WebAssembly.instantiateStreaming];
  const instead = new Response();
  self.fetch = async (resource, init) => (resource === url && (await compiled) ? instead : real(resource, init));
  WebAssembly.instantiateStreaming = async (source, imports) => {
    const [response, module] = [await source, await compiled];
    if (response !== instead || !module) return streaming(response, imports);
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
}

/**
 * A whole file, if it is the one that was built.
 * @param {URL} url @param {string} sha256 in hexadecimal digits @returns {Promise<Uint8Array>}
 */
export async function fetchWhole(url, sha256) {
  const content = await (await fetch(url)).arrayBuffer();
  // Without https there is no crypto.subtle, so the hash cannot be checked.
  const digest = new Uint8Array(await self.crypto.subtle?.digest('SHA-256', content) ?? []);
  const found = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (found && found !== sha256) throw flaw('DamagedError', `${url} is not as it was built: its sha256 is ${found}`);
  return new Uint8Array(content);
}

/** @param {URL} url @returns {Promise<any>} */
export async function fetchJson(url) {
  const response = await fetch(url, { cache: 'no-cache' });
  return response.json().catch(({ message }) => { throw flaw('DamagedError', `${url}: ${message}`); });
}

/** A module, or why it does not come. @param {string} url @returns {Promise<any>} */
export async function importModule(url) {
  try {
    return await import(url);
  } catch (error) {
    throw await reasonOf([url], error instanceof SyntaxError ? error : undefined);
  }
}
