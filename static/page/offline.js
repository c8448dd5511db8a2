// Registers the service worker, which keeps the page for use without a network, and offers a newer
// release. What is kept, and how, is in sw.js.
// @ts-check
import { underLock } from '../lab/locks.js';
import { SITE } from '../records/site.js';
import { element } from '../ui/dom.js';

const HOUR = 3_600_000;

/** @returns {ServiceWorkerContainer | null} null: this browser has none for this page */
function serviceWorkers() {
  try {
    return navigator.serviceWorker ?? null;
  } catch {
    return null; // forbidden in this frame
  }
}

/** @param {HTMLElement} note @param {Promise<unknown>} started when Python has started, or failed to */
export async function mountOffline(note, started) {
  const serviceWorker = serviceWorkers();
  if (!serviceWorker) return;
  const scope = new URL('./', document.baseURI);
  const release = SITE.pathname.split('/').at(-2);
  // While this page holds the lock, the service worker does not delete its release.
  underLock(`mnist1d-lab ${scope.pathname} ${release}`, () => new Promise(() => {}), 'shared');
  serviceWorker.addEventListener('message', ({ data }) => {
    if (data.release === release) {
      note.textContent = 'This page is saved in this browser and works without a network.';
      note.classList.remove('offer');
      return;
    }
    const load = element('button', { type: 'button', className: 'plain small', textContent: 'Load it' });
    load.addEventListener('click', () => location.reload());
    const kept = element('span', { textContent: 'There is a new version of this page. Finished results are kept. ' });
    note.replaceChildren(kept, load);
    note.classList.add('offer');
  });
  await started.catch(() => {}); // the start has the network to itself
  try {
    const registration = await serviceWorker.register(new URL('sw.js', scope), { scope: scope.href, updateViaCache: 'none' });
    if (registration.active) await registration.update().catch(() => {}); // no network: what is active is the newest
    // While one is installed the active one is of an older release than this page. The new one tells when it is active.
    if (!registration.installing && !registration.waiting) registration.active?.postMessage('which');
    setInterval(() => registration.update().catch(() => {}), HOUR);
  } catch {
    // Not over https, or not allowed: then it needs the network, as any page does.
  }
}
