// One figure alone, for another page: `?embed=NAME`. before-modules.js has hidden the rest by now.
// @ts-check
import { element } from '../ui/dom.js';

const HEIGHT = 'mnist1d-lab:height'; // type of the messages to the page around it

/** A link to the whole page with the settings of now. */
function linkToWhole() {
  const link = element('a', { textContent: 'Made with MNIST-1D Lab', target: '_blank', rel: 'noopener' });
  const follow = () => {
    const url = new URL(location.href);
    url.searchParams.delete('embed');
    link.href = url.href;
  };
  for (const event of ['pointerenter', 'focus']) link.addEventListener(event, follow);
  follow();
  return link;
}

/** Tell the page around this one how high it is, whenever that changes. */
function tellHeight() {
  let told = 0;
  new ResizeObserver(() => {
    const height = document.documentElement.offsetHeight;
    if (height === told) return;
    told = height;
    parent.postMessage({ type: HEIGHT, height }, '*'); // a number is no secret
  }).observe(document.documentElement);
}

/**
 * Give the figure its title and a link to the whole page, or say that there is no such figure.
 * @param {HTMLElement} node @param {URLSearchParams} flags of the address
 * @returns {string} the id of the figure that stands alone, '' if none does
 */
export function mountEmbed(node, flags) {
  const name = flags.get('embed');
  if (name === null) return '';
  const figures = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-embed-as]'));
  const figure = [...figures].find(({ dataset }) => dataset.embedAs === name);
  if (!figure) {
    const names = [...figures].map(({ dataset }) => dataset.embedAs);
    node.textContent = `embed must be one of ${names.join(', ')}, got “${name.slice(0, 40)}”: this is the whole page.`;
    return '';
  }
  const title = String(figure.dataset.embedTitle);
  document.title = `${title} · MNIST-1D Lab`;
  const made = element('p', { className: 'made' });
  made.append(linkToWhole());
  figure.prepend(element('h1', { className: 'embedded', textContent: title }));
  figure.append(made);
  if (parent !== window) tellHeight();
  return figure.id;
}
