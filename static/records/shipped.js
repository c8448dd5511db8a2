// Fetches the results that came with the page, by their name. What they mean is the caller's.
// @ts-check
import { SITE } from './site.js';

/** @param {string} path @returns {Promise<any>} */
async function fetchJson(path) {
  const response = await fetch(new URL(path, SITE), { cache: 'no-cache' });
  if (!response.ok) throw new Error(`${response.url} answered HTTP ${response.status}`);
  return response.json();
}

/** @type {Promise<string[]> | undefined} */ let names;
/** @type {Map<string, Promise<any>>} */ const files = new Map();

/** @param {string} name */
async function load(name) {
  names ??= fetchJson('build.json').then(({ results }) => results ?? []);
  return (await names).includes(name) ? fetchJson(`results/${name}.json`) : null;
}

/**
 * Fetched once; what failed is asked for again next time.
 * @param {string} name @returns {Promise<any>} the results file, each time the same one; null if there is none
 */
export function shipped(name) {
  const file = files.get(name) ?? load(name).catch((error) => {
    names = undefined;
    files.delete(name);
    throw error;
  });
  files.set(name, file);
  return file;
}
