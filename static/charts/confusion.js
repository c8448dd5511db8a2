// Which digit was taken for which: a table of buttons. What a click does is the figure's.
// @ts-check
import { element } from '../controls.js';

/** @typedef {{counts: number[][], chosen: [number, number] | null}} Confusion `counts` by label, then by answer */

/** @param {HTMLElement} node @param {(label: number, answer: number) => void} onPick */
export function mountConfusion(node, onPick) {
  const table = element('table', { className: 'confusion' });
  const digits = Array.from({ length: 10 }, (_, digit) => digit);
  const head = element('tr');
  head.append(element('td'), ...digits.map((digit) => element('th', { scope: 'col', textContent: String(digit) })));
  const cells = digits.map((label) => digits.map((answer) => {
    const button = element('button', { type: 'button' });
    button.addEventListener('click', () => onPick(label, answer));
    return button;
  }));
  table.append(element('caption', { textContent: 'Rows: the digit; columns: the network’s answer. Click what went wrong.' }), head);
  table.append(...digits.map((label) => {
    const row = element('tr');
    row.append(element('th', { scope: 'row', textContent: String(label) }), ...cells[label].map((button) => {
      const cell = element('td');
      cell.append(button);
      return cell;
    }));
    return row;
  }));
  node.append(table);
  return {
    /** @param {Confusion} confusion */
    update({ counts, chosen }) {
      const most = Math.max(1, ...counts.flatMap((row, label) => row.filter((_, answer) => answer !== label)));
      counts.forEach((row, label) => row.forEach((count, answer) => {
        const button = cells[label][answer];
        const right = label === answer;
        button.textContent = count ? String(count) : '';
        button.disabled = count === 0;
        button.className = right ? 'right' : '';
        button.style.setProperty('--share', String(right ? 0 : count / most));
        button.setAttribute('aria-label', `${count} times ${label} taken for ${answer}`);
        button.setAttribute('aria-pressed', String(chosen?.[0] === label && chosen[1] === answer));
      }));
    },
  };
}
