// Makes the frame that a sandbox's worker lives in, with an origin of its own. It loads no Python.
// @ts-check
import { SITE } from '../../records/site.js';

const PATIENCE = 1500; // milliseconds from a frame's loading to its first word
const ADDRESS = new URL('static/lab/sandbox/frame.html', SITE);

/**
 * A frame, once it says that it is closed off. With the attribute `sandbox` no service worker answers for it; so
 * without a network it comes without, and sw.js gives it the same in its response. It says which holds.
 * @param {boolean} isAlone whether it comes from the network, with the attribute
 * @returns {Promise<HTMLIFrameElement | null>} null: it did not come, or is not closed off
 */
function tryFrame(isAlone) {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.title = 'Sandbox';
  if (isAlone) frame.setAttribute('sandbox', 'allow-scripts');
  frame.src = ADDRESS.href;
  return new Promise((resolve) => {
    const settled = new AbortController();
    /** @param {boolean} isClosed */
    const settle = (isClosed) => {
      if (settled.signal.aborted) return; // the patience of a frame that has spoken
      settled.abort();
      if (!isClosed) frame.remove();
      resolve(isClosed ? frame : null);
    };
    addEventListener('message', ({ data, source }) => {
      if (source !== frame.contentWindow) return;
      if (data.kind === 'sandbox:closed') settle(true);
      if (data.kind === 'sandbox:open') settle(false);
    }, { signal: settled.signal });
    frame.addEventListener('load', () => setTimeout(settle, PATIENCE, false), { signal: settled.signal });
    document.body.append(frame);
  });
}

/** @returns {Promise<HTMLIFrameElement>} */
export async function makeFrame() {
  const frame = await tryFrame(true) ?? await tryFrame(false);
  if (frame) return frame;
  throw new Error('The sandbox could not be set up: this site’s server does not send its frame, or sends it with a policy that forbids it.');
}
