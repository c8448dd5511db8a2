// What code in the sandbox may try to reach, each with what came of it. The sandbox's tests run it there.
// It is no part of the page.
const once = (make, good, bad) => new Promise((resolve, reject) => {
  const it = make();
  it[good] = () => resolve('reached');
  it[bad] = (event) => reject(new Error(event?.message || it.error?.message || 'refused'));
});

/** @param {string} site */
const attemptsOn = (site) => ({
  'fetch of ours': async () => (await fetch(site)).status,
  'fetch of ours, a query': async () => (await fetch(`${site}build.json?secret`)).status,
  'fetch of ours, POST': async () => (await fetch(`${site}build.json`, { method: 'POST' })).status,
  'native fetch': () => once(() => {
    // A worker of its own has the browser's fetch; its error is thrown where the outer one hears of it.
    const text = `fetch('${site}').then(() => postMessage(1), (error) => setTimeout(() => { throw error; }))`;
    return new Worker(URL.createObjectURL(new Blob([text])));
  }, 'onmessage', 'onerror'),
  XMLHttpRequest: () => once(() => {
    const request = new XMLHttpRequest();
    request.open('GET', site);
    request.send();
    return request;
  }, 'onload', 'onerror'),
  WebSocket: () => once(() => new WebSocket(site.replace('http', 'ws')), 'onopen', 'onerror'),
  EventSource: () => once(() => new EventSource(site), 'onopen', 'onerror'),
  'import()': () => import(`${site}app.js`),
  'import() of data': () => import('data:text/javascript,1'),
  importScripts: async () => importScripts(`${site}sw.js`),
  Worker: () => once(() => new Worker(`${site}sw.js`), 'onmessage', 'onerror'),
  indexedDB: () => once(() => indexedDB.open('x'), 'onsuccess', 'onerror'),
  caches: () => caches.keys(),
  'files of the origin': () => navigator.storage.getDirectory(),
  locks: () => navigator.locks.query(),
  cookieStore: async () => cookieStore.getAll(),
  eval: async () => (0, eval)('1'),
  localStorage: async () => localStorage.length,
  document: async () => document.title,
  parent: async () => parent.location.href,
});

globalThis.attempts = async (site) => {
  const came = {};
  for (const [name, attempt] of Object.entries(attemptsOn(site))) {
    try {
      came[name] = `GOT ${await attempt()}`;
    } catch (error) {
      came[name] = `${error.name}: ${error.message}`;
    }
  }
  return JSON.stringify({ ...came, origin: self.origin });
};
