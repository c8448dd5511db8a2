// What the link that opened this page expects, and whether a run reproduces it. It runs nothing.
// @ts-check
import { quoteShort } from '../settings/wrong-text.js';
import { element } from '../ui/dom.js';
import { compare, expectation, expectedRecords, fingerprint, read } from './fingerprint.js';

/** @typedef {import('../records/types.js').Measurement} Measurement */

/**
 * @param {HTMLElement} node @param {string | null} text the address's `result`; null if it has none
 * @param {() => void} run runs the search with the settings of now
 * @returns {{check: (spec: import('../from-python.js').LotterySpec, records: Measurement[]) => void,
 *   records: ReturnType<typeof expectedRecords>}} `check` is given each whole result; `records` to be drawn
 */
export function mountExpected(node, text, run) {
  const expected = text === null ? null : read(text);
  const verdict = element('strong');
  node.setAttribute('role', 'status');
  if (expected) {
    const start = element('button', { type: 'button', className: 'plain small', textContent: 'Check it' });
    start.addEventListener('click', run);
    verdict.textContent = 'Run the search to see whether you get the same.';
    node.append(`This link expects, ${expectation(expected)}. `, verdict, ' ', start);
  } else if (text !== null) {
    node.append(`The link’s result is not one that “Copy link” makes, got ${quoteShort(text)}: there is nothing to ` +
      'compare with. The rest of the link is used.');
  }
  return {
    records: expected ? expectedRecords(expected) : [],
    check(spec, records) {
      if (!expected) return;
      const outcome = compare(expected, fingerprint(spec, records));
      verdict.textContent = outcome.text;
      node.dataset.verdict = outcome.verdict;
    },
  };
}
