// Serves the page without a network: whole releases, a cache each. It never mixes two of them: every
// file of a release is below an address of its own (v/RELEASE/), and the page itself (HTML) comes
// from the network whenever there is one, and all of its release. When a page cannot start, what is kept is
// compared with the hashes of the release. The build puts a first line before this that sets RELEASE.
// @ts-check
/** @typedef {{path: string, sha256: string}} Part address relative to the scope, hash in base64 */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const { release, files } = /** @type {{release: string, files: Part[]}} */ (/** @type {any} */ (self).RELEASE);
const scope = new URL(worker.registration.scope);
const FAMILY = `mnist1d-lab ${scope.pathname} `; // an origin may have other sites
const CACHE = FAMILY + release;
const SIDE_BY_SIDE = 4; // downloads
const PATIENCE = 4000; // milliseconds to wait for the newest HTML

/** @param {Response | undefined} response @param {Part} file @returns {Promise<boolean>} whether it is the file, byte for byte */
async function isWhole(response, { sha256 }) {
  if (!response?.ok) return false;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await response.clone().arrayBuffer()));
  return btoa(String.fromCharCode(...digest)) === sha256;
}

/** @param {Part} file @returns {Promise<Response>} the file of this very release, or it throws */
async function download(file) {
  const { path, sha256 } = file;
  const url = new URL(path, scope);
  const there = await caches.match(url); // the same address is the same file, also of another release
  if (there && await isWhole(there, file)) return there;
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

/**
 * Compare what is kept with the hashes of the release, and fetch anew what differs or is missing.
 * @returns {Promise<number>} how many files were not as they were built
 */
async function mend() {
  const cache = await caches.open(CACHE);
  const names = (await caches.keys()).filter((name) => name.startsWith(FAMILY));
  let mended = 0;
  for (const file of files) {
    const url = new URL(file.path, scope);
    if (await isWhole(await cache.match(url), file)) continue;
    for (const name of names) await (await caches.open(name)).delete(url); // a release beside it may have the same copy
    mended += 1;
    await download(file).then((response) => cache.put(url, response), () => {}); // else the page asks the network itself
  }
  return mended;
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
  const network = fetch(request).then(async (response) => (!kept || await isDeployed(response) ? response : null));
  if (!kept) return /** @type {Promise<Response>} */ (network);
  /** @type {Promise<null>} */
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE, null); });
  return await Promise.race([network, late]).catch(() => null) ?? kept;
}

/** @param {Response} response a page @returns {Promise<boolean>} whether the host has all that it loads at first */
async function isDeployed(response) {
  if (!response.ok) return response.status < 500;
  const named = [...(await response.clone().text()).matchAll(/(?:src|href)="(v\/[0-9a-f]{12}\/[^"]+\.(?:js|css))"/g)];
  const others = new Set(named.map(([, path]) => path).filter((path) => !path.startsWith(`v/${release}/`)));
  const answers = await Promise.all([...others].map((path) => fetch(new URL(path, scope), { method: 'HEAD' })));
  return answers.every(({ ok, headers }) => ok && !headers.get('content-type')?.startsWith('text/html'));
}

/** A part of a release. @param {Request} request @returns {Promise<Response>} */
async function part(request) {
  const there = await caches.match(request, { ignoreSearch: true });
  if (there) return there;
  const response = await fetch(request);
  const path = new URL(request.url).pathname.slice(scope.pathname.length);
  const file = files.find((one) => one.path === path);
  if (file && await isWhole(response, file)) { // it was damaged, and could not be had when that was found
    await (await caches.open(CACHE)).put(new URL(path, scope), response.clone());
  }
  return response;
}

/**
 * The frame of the sandbox. What answers without a network cannot answer a frame with the attribute `sandbox`, so
 * the response has it: a frame that has its own origin, whose code reaches nothing of this one.
 * @param {Request} request @returns {Promise<Response>}
 */
async function frame(request) {
  const { body, status, headers } = await part(request);
  const closed = new Headers(headers);
  closed.append('content-security-policy', 'sandbox allow-scripts');
  return new Response(body, { status, headers: closed });
}

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(activate()));
worker.addEventListener('message', (event) => {
  if (event.data === 'mend') {
    event.waitUntil(mend().then((mended) => event.ports[0].postMessage(mended)));
    return;
  }
  event.source?.postMessage({ release });
  event.waitUntil(tidy()); // a page has come, so another may have gone
});
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const path = request.url.startsWith(scope.href) ? new URL(request.url).pathname.slice(scope.pathname.length) : null;
  if (path === null || request.method !== 'GET') return;
  if (path === '' || path === 'index.html') event.respondWith(page(request));
  else if (path.endsWith('/sandbox/frame.html')) event.respondWith(frame(request));
  else if (/^(v|runtime|start)\//.test(path) || files.some((file) => file.path === path)) event.respondWith(part(request));
});
