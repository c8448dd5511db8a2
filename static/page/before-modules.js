// Runs before the modules. It tells the visitor why a part of the page did not come, which the modules
// cannot do: if one is missing, none of them runs. And it hides what is not to be embedded, and sets the theme
// that the visitor chose (theme.js), before anything is painted.
// @ts-check
const embedded = new URLSearchParams(location.search).get('embed') ?? '';
const ALONE = ['dataset', 'models', 'lottery', 'double-descent', 'learning-rate', 'self-supervised'];
if (ALONE.includes(embedded)) document.documentElement.dataset.embed = embedded;
// An address that names a place opens its chapter, and does not show the cover before; any other opens the cover.
if (!embedded) document.documentElement.dataset.opening = /^#[^=]+$|[#&]at=/.test(location.hash) ? 'place' : 'cover';

try {
  const theme = JSON.parse(localStorage.getItem('mnist1d-lab theme') ?? 'null');
  if (['light', 'dark'].includes(theme)) document.documentElement.dataset.theme = theme;
} catch {
  // Storage is forbidden, or holds something else: as the system has it.
}

const style = /** @type {HTMLLinkElement} */ (document.querySelector('link[rel=stylesheet]'));
const isBuilt = /\/v\/[0-9a-f]{12}\//.test(style.href);
const parsed = new Promise((resolve) => document.addEventListener('readystatechange', resolve, { once: true }));

/** @param {string} tag @param {Record<string, unknown>} properties @param {(Node | string)[]} [parts] */
const make = (tag, properties, parts = []) => {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...parts);
  return node;
};

/** @param {(Node | string)[]} sentence @param {Node[]} parts what follows it */
async function show(sentence, parts) {
  document.documentElement.dataset.state = 'error';
  delete document.documentElement.dataset.opening;
  await parsed;
  document.getElementById('status')?.replaceChildren();
  const place = /** @type {HTMLElement} */ (document.getElementById('trouble'));
  place.classList.add('trouble');
  place.replaceChildren(make('span', { className: 'sentence' }, sentence), ...parts);
}

/** @param {string} textContent @param {() => void} act */
function button(textContent, act) {
  const made = make('button', { type: 'button', className: 'plain small', textContent });
  made.addEventListener('click', act);
  return made;
}

/** @param {string} text */
const code = (text) => make('code', { textContent: text });

/** A page that no server sent. */
function showHowToServe() {
  const line = isBuilt ? 'python3 -m http.server' : 'python3 build.py serve';
  const copied = make('span', { role: 'status' });
  const copy = button('Copy', () => navigator.clipboard.writeText(line).then(() => { copied.textContent = 'Copied.'; }, () => {
    getSelection()?.selectAllChildren(/** @type {Node} */ (document.querySelector('#trouble code')));
  }));
  show(['This page cannot start Python from a disk. Run ', code(line), ' in its folder and open the address it prints.'], [copy, copied]);
}

/** @param {Error} reason */
function sentenceOf({ name, message }) {
  if (/specifier/.test(message)) return ['These are the sources of the page, which do not run as they are. Run ', code('python3 build.py serve'), '.'];
  return [globalThis.arrivals.sentence({ name, message }, 'a part of this page') ??
    `A part of this page stopped at an error; this browser may be too old for it. ${globalThis.arrivals.BROWSERS}`];
}

let isTold = location.protocol === 'file:';
if (isTold) showHowToServe();
addEventListener('error', async (event) => {
  const { target } = event;
  if (isTold || 'lab' in window || !(target === window || target instanceof HTMLScriptElement)) return;
  isTold = true;
  if (await globalThis.arrivals.mend()) return location.reload(); // a copy in this browser was damaged
  await parsed;
  const modules = /** @type {NodeListOf<HTMLScriptElement>} */ (document.querySelectorAll('script[type=module]'));
  const reason = await globalThis.arrivals.reasonOf([...modules].map(({ src }) => src), event.error);
  const detail = make('pre', { tabIndex: 0, textContent: `${reason.name}: ${reason.message}` });
  const more = make('details', {}, [make('summary', { textContent: 'Details' }), detail]);
  show(sentenceOf(reason), [button('Retry', () => globalThis.arrivals.mend().then(() => location.reload())), more]);
}, true);
