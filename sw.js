// Serves the page without a network: whole releases, a cache each. It never mixes two of them: every
// file of a release is below an address of its own (v/RELEASE/), and the page itself (HTML) comes
// from the network whenever there is one. The build puts a first line before this that sets RELEASE.
// @ts-check
/** @typedef {{path: string, sha256: string}} Part address relative to the scope, hash in base64 */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const { release, files } = /** @type {{release: string, files: Part[]}} */ (/** @type {any} */ (self).RELEASE);
const scope = new URL(worker.registration.scope);
const FAMILY = `mnist1d-lab ${scope.pathname} `; // an origin may have other sites
const CACHE = FAMILY + release;
const SIDE_BY_SIDE = 4; // downloads
const PATIENCE = 4000; // milliseconds to wait for the newest HTML

/** @param {Part} file @returns {Promise<Response>} the file of this very release, or it throws */
async function download({ path, sha256 }) {
  const url = new URL(path, scope);
  const there = await caches.match(url); // the same address is the same file, also of another release
  if (there && path !== './') return there;
  const integrity = `sha256-${sha256}`;
  const usual = () => fetch(url, { integrity, cache: path === './' ? 'no-cache' : 'default' });
  const response = await usual().catch(() => fetch(url, { integrity, cache: 'reload' }));
  if (!response.ok) throw new Error(`${url} answered HTTP ${response.status}`);
  return response;
}

/** Stores a whole release; one that is stored in part is never used. */
async function install() {
  const cache = await caches.open(CACHE);
  const waiting = [...files];
  const fetcher = async () => {
    for (let file = waiting.pop(); file; file = waiting.pop()) {
      await cache.put(new URL(file.path, scope), await download(file));
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, fetcher));
  await worker.skipWaiting(); // open pages keep their release: see tidy
}

/** Delete releases that no open page is of: a page holds a lock with the name of its release's cache. */
async function tidy() {
  const { held = [] } = (await worker.navigator.locks?.query()) ?? {};
  const used = new Set([CACHE, ...held.map(({ name }) => name)]);
  const names = (await caches.keys()).filter((name) => name.startsWith(FAMILY) && !used.has(name));
  await Promise.all(names.map((name) => caches.delete(name)));
}

async function activate() {
  await worker.clients.claim();
  await tidy();
  for (const client of await worker.clients.matchAll()) client.postMessage({ release });
}

/** The page: the newest there is. @param {Request} request @returns {Promise<Response>} */
async function page(request) {
  const kept = await (await caches.open(CACHE)).match(scope);
  const network = fetch(request);
  if (!kept) return network;
  /** @type {Promise<null>} */
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE, null); });
  const response = await Promise.race([network, late]).catch(() => null);
  return response && response.status < 500 ? response : kept;
}

/** A part of a release. @param {Request} request @returns {Promise<Response>} */
async function part(request) {
  return (await caches.match(request, { ignoreSearch: true })) ?? fetch(request);
}

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(activate()));
worker.addEventListener('message', (event) => {
  event.source?.postMessage({ release });
  event.waitUntil(tidy()); // a page has come, so another may have gone
});
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const path = request.url.startsWith(scope.href) ? new URL(request.url).pathname.slice(scope.pathname.length) : null;
  if (path === null || request.method !== 'GET') return;
  if (path === '' || path === 'index.html') event.respondWith(page(request));
  else if (/^(v|runtime)\//.test(path) || files.some((file) => file.path === path)) event.respondWith(part(request));
});
