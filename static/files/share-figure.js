// The buttons that hand a figure on: its link, and the lines that put it, with the settings now in the
// address, into another page.
// @ts-check
import { withoutPlace } from '../settings/address-bar.js';
import { makeCopyField } from '../ui/copy-text.js';
import { makeStatusButtons } from '../ui/status-buttons.js';

/** @typedef {ReturnType<typeof makeStatusButtons>['button']} MakeButton */
/** @typedef {{url: string, note: string}} Link and a sentence about it */

const AROUND = 80; // pixels for what stands around the figure in its frame
const STEP = 50; // pixels: a height is only where a frame starts from

/** @returns {URL} the address of now, without what is of this page alone */
export function addressOfNow() {
  const url = new URL(location.href);
  for (const name of ['embed', 'workers']) url.searchParams.delete(name);
  return url;
}

/** @param {MakeButton} button @param {() => Link} link @returns {HTMLElement[]} */
function linkParts(button, link) {
  const { field, copy } = makeCopyField('The link');
  return [button('Copy link', 'Copy link', async () => {
    const { url, note } = link();
    field.hidden = true;
    return `${await copy(url) ? 'Copied.' : 'Copy it from here.'} ${note}`;
  }), field];
}

/** @param {string} text @returns {string} as it is written in an attribute */
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** @param {HTMLElement} figure @returns {string} */
function embedCode({ dataset, offsetHeight }) {
  const url = addressOfNow();
  url.searchParams.set('embed', String(dataset.embedAs));
  url.hash = withoutPlace(url.hash); // there is but the figure
  const height = STEP * Math.ceil((offsetHeight + AROUND) / STEP);
  return `<iframe src="${escaped(url.href)}"\n  title="${escaped(String(dataset.embedTitle))}" width="100%" height="${height}"></iframe>`;
}

/** @param {MakeButton} button @param {HTMLElement} figure @returns {HTMLElement[]} */
function embedParts(button, figure) {
  const { field, copy } = makeCopyField('The lines that embed this figure');
  return [button('Embed', 'Embed: copy the lines', async () => {
    field.hidden = true;
    const isCopied = await copy(embedCode(figure));
    return `${isCopied ? 'Copied.' : 'Copy it from here.'} In another page these lines show this figure alone, with these settings.`;
  }), field];
}

/**
 * The buttons and their hidden fields.
 * @param {MakeButton} button @param {HTMLElement} node within the figure
 * @param {() => Link} [link] of the figure's own; without it, to the address of now
 * @returns {HTMLElement[]} nothing for a figure that has no link and cannot be embedded
 */
export function shareParts(button, node, link) {
  const figure = /** @type {HTMLElement | null} */ (node.closest('[data-embed-as]'));
  if (!figure) return link ? linkParts(button, link) : [];
  const usual = () => ({ url: addressOfNow().href, note: 'It carries the settings.' });
  return [...linkParts(button, link ?? usual), ...embedParts(button, figure)];
}

/** A row with these buttons alone. @param {HTMLElement} node within a figure */
export function mountShareRow(node) {
  const { status, button } = makeStatusButtons();
  node.classList.add('takeaway');
  node.append(...shareParts(button, node), status);
}
