// Shows a fault: its sentence, a Retry button, the detail folded away. The words are those of lab/faults.js.
// @ts-check
import { element } from './dom.js';

/** Event of a Retry anywhere on the page, before it tries again: Python is to be started if it is not there. */
export const RETRY = 'lab-retry';

/**
 * @param {HTMLElement} node @param {import('../lab/faults.js').Fault | null} fault null empties the node
 * @param {() => void} [retry] without it there is no button
 */
export function showFault(node, fault, retry) {
  node.classList.toggle('trouble', fault !== null);
  if (!fault) return node.replaceChildren();
  const again = element('button', { type: 'button', className: 'plain small', textContent: 'Retry' });
  again.addEventListener('click', () => {
    node.dispatchEvent(new CustomEvent(RETRY, { bubbles: true }));
    retry?.();
  });
  const more = element('details');
  more.append(element('summary', { textContent: 'Details' }), element('pre', { textContent: fault.detail, tabIndex: 0 }));
  node.replaceChildren(
    element('span', { className: 'sentence', textContent: fault.sentence }),
    ...(retry ? [again] : []),
    ...(fault.detail ? [more] : []),
  );
}
