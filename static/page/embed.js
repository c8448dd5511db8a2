// One figure alone, for another page: `?embed=NAME`. before-modules.js has hidden the rest by now.
// @ts-check
import { element } from '../ui/dom.js';

/**
 * Add a link to the whole page with these settings, or say that there is no such figure.
 * @param {HTMLElement} node @param {URLSearchParams} flags of the address
 * @returns {string} the id of the figure that stands alone, '' if none does
 */
export function mountEmbed(node, flags) {
  const name = flags.get('embed');
  if (name === null) return '';
  if (!document.documentElement.dataset.embed) {
    const names = [...document.querySelectorAll('[data-embed-as]')].map((figure) => figure.getAttribute('data-embed-as'));
    node.textContent = `embed must be one of ${names.join(', ')}, got “${name.slice(0, 40)}”: this is the whole page.`;
    return '';
  }
  const link = element('a', { textContent: 'MNIST-1D Lab', target: '_blank', rel: 'noopener' });
  const follow = () => {
    const url = new URL(location.href);
    url.searchParams.delete('embed');
    link.href = url.href;
  };
  for (const event of ['pointerenter', 'focus']) link.addEventListener(event, follow);
  follow();
  node.append('A figure of ', link, ', with these settings.');
  return String(document.querySelector(`[data-embed-as="${name}"]`)?.id);
}
