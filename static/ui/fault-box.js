// A fault on the page: its sentence, a Retry, the detail folded. What went wrong is said by faults.js.
// @ts-check
import { element } from './dom.js';

/** What a Retry anywhere on the page asks for, before it tries: that Python be there. */
export const RETRY = 'lab-retry';

/**
 * Show a fault in a node, or nothing.
 * @param {HTMLElement} node @param {import('../lab/faults.js').Fault | null} fault
 * @param {() => void} [retry] none is offered without it
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
