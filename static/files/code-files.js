// What a figure computes as files of code: a script or a notebook, with the figure's settings and pinned to this
// release of the site. Loaded when one is asked for; what is in them is python-program.js's to say.
// @ts-check
import { SITE } from '../records/site.js';
import { dataFileOf, fileOf, programOf } from './python-program.js';
import { addressOfNow } from './share-figure.js';

/** @typedef {import('./python-figures.js').Wanted} Wanted */
/** @typedef {import('./python-program.js').Origin} Origin */
/** @typedef {{content: BlobPart, type: string, name: string}} NamedFile */

const TYPES = { py: 'text/x-python', ipynb: 'application/x-ipynb+json' };

/** @param {string} path of the site @returns {Promise<Response>} */
async function fetched(path) {
  const response = await fetch(new URL(path, SITE));
  if (!response.ok) throw new Error(`${response.url} answered HTTP ${response.status}`);
  return response;
}

/** Our wheels of a version, from the index that the site is (PEP 503). @param {string} version @returns {Promise<string[]>} addresses with their sums */
async function wheelsOf(version) {
  const response = await fetched('wheels/mnist1d-lab/index.html');
  const links = [...(await response.text()).matchAll(/<a href="([^"]+)"/g)].map(([, to]) => new URL(to, response.url).href);
  const wheels = links.filter((url) => url.includes(`/mnist1d_lab-${version}-`));
  if (!wheels.length) throw new Error(`${response.url} has no wheel of mnist1d-lab ${version}`);
  return wheels;
}

/** @returns {Promise<Origin>} of this release of the site, with the settings of now */
async function originOfNow() {
  const { version, runtime } = await (await fetched('build.json')).json();
  const numpy = runtime.map((/** @type {string} */ name) => /^numpy-([\d.]+)-/.exec(name)?.[1]).find(Boolean);
  return { page: addressOfNow().href, version, wheels: await wheelsOf(version), numpy };
}

/**
 * Data of one's own, without which a program about them cannot run. Those of the dataset's figure are its own NPZ.
 * @param {Wanted} wanted @param {import('../lab/lab.js').Lab} lab @returns {Promise<NamedFile[]>}
 */
async function ownData({ figure, source }, lab) {
  if (!source || figure === 'dataset') return [];
  const bytes = await (await lab.own()).bytes(source);
  if (!bytes) throw new Error('this browser does not have your data: open their file again first.');
  const content = /** @type {Uint8Array<ArrayBuffer>} */ (bytes);
  return [{ content, type: 'application/octet-stream', name: dataFileOf(source) }];
}

/**
 * @param {keyof typeof TYPES} form @param {Wanted} wanted @param {import('../lab/lab.js').Lab} lab has data of one's own
 * @returns {Promise<NamedFile[]>} the program, and the data that must lie beside it
 */
export async function codeFiles(form, wanted, lab) {
  const [origin, own] = await Promise.all([originOfNow(), ownData(wanted, lab)]);
  return [{ content: programOf(wanted, origin)[form], type: TYPES[form], name: `${fileOf(wanted)}.${form}` }, ...own];
}
