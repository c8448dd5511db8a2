// Turns a failed download into a rejected start; Pyodide alone would hang, or only log it. Counts the
// bytes that arrive. It loads nothing of its own accord.
// @ts-check
import { count } from '../byte-count.js';

/** A server that does not give the file. */
export class HttpError extends Error {
  name = 'HttpError';

  /** @param {{url: string, status: number}} response */
  constructor({ url, status }) {
    super(`${url} answered HTTP ${status}`);
  }
}

/** A file that came, but not whole or not as it was built. */
export class DamagedError extends Error {
  name = 'DamagedError';
}

/** A file that did not come at all. */
export class UnreachableError extends Error {
  name = 'UnreachableError';
}

/** A browser that lacks what Python needs. */
export class UnsupportedError extends Error {
  name = 'UnsupportedError';
}

// A module that adds up the bits of a 128-bit vector: engines without SIMD call it invalid.
const SIMD = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
];

/** @returns {boolean} whether this engine has SIMD. @throws {UnsupportedError} if it has no WebAssembly */
export function checkEngine() {
  if (typeof WebAssembly !== 'object') throw new UnsupportedError('WebAssembly is not defined here');
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
  /** @param {string} url @param {RequestInit} [init] @returns {Promise<Error>} why it did not come */
  const reason = async (url, init) => {
    const answer = init?.integrity ? await real(url, { method: 'HEAD' }).catch(() => null) : null;
    if (!answer) return new UnreachableError(`${url} could not be fetched`);
    return answer.ok ? new DamagedError(`${url} is not as it was built: its sha256 is another`) : new HttpError(answer);
  };
  self.fetch = async (resource, init) => {
    const url = resource instanceof Request ? resource.url : new URL(resource, self.location.href).href;
    try {
      const response = await real(resource, init);
      if (!response.ok) throw new HttpError(response);
      count(response.clone(), onBytes).catch(() => {}); // the reader of the response gets the same error
      return response;
    } catch (error) {
      const why = error instanceof HttpError ? error : await reason(url, init);
      onFailure(url, why);
      throw why;
    }
  };
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
      onFailure(new DamagedError(`${response.url}: ${/** @type {Error} */ (error).message}`));
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
  if (found && found !== sha256) throw new DamagedError(`${url} is not as it was built: its sha256 is ${found}`);
  return new Uint8Array(content);
}
