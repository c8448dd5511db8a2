// The foot of the page: its version, its source, how to cite it.
// @ts-check
import { SITE } from '../records/site.js';
import { makeCopyField } from '../ui/copy-text.js';

/**
 * @param {HTMLElement} node with an element for each of them
 * @param {Promise<unknown>} started when Python has started, or failed to: until then it has the network to itself
 */
export async function mountFooter(node, started) {
  const [version, cite] = [node.querySelector('#version'), node.querySelector('.cite')];
  const source = /** @type {HTMLAnchorElement} */ (node.querySelector('#source'));
  const { field, copy } = makeCopyField('BibTeX');
  cite?.append(field);
  cite?.querySelector('button')?.addEventListener('click', async () => {
    const copied = await copy(cite.querySelector('code')?.textContent ?? '');
    /** @type {HTMLElement} */ (cite.querySelector('[role="status"]')).textContent = copied ? 'Copied.' : 'Copy it from here:';
  });
  await started.catch(() => {});
  const response = await fetch(new URL('build.json', SITE));
  if (!response.ok) return; // then it only lacks its version
  const build = await response.json();
  if (version) version.textContent = build.version;
  source.href = new URL(build.package, SITE).href;
}
