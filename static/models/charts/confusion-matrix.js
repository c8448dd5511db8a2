// Which digit was taken for which: a table of buttons, one of which Tab gets to, the arrow keys to
// the others. What a click does is the figure's.
// @ts-check
import { element } from '../../ui/dom.js';

/** @typedef {{counts: number[][], chosen: [number, number] | null}} Confusion `counts` by label, then by answer */

/** @type {Record<string, [number, number]>} rows down and columns to the right */
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** @param {HTMLElement} node @param {(label: number, answer: number) => void} onPick */
export function mountConfusion(node, onPick) {
  const table = element('table', { className: 'confusion compact' });
  const digits = Array.from({ length: 10 }, (_, digit) => digit);
  const head = element('tr');
  head.append(element('td'), ...digits.map((digit) => element('th', { scope: 'col', textContent: String(digit) })));
  const cells = digits.map((label) => digits.map((answer) => {
    const button = element('button', { type: 'button', disabled: true, tabIndex: -1 });
    button.setAttribute('aria-label', `${label} taken for ${answer}: not known yet`);
    button.addEventListener('click', () => onPick(label, answer));
    button.addEventListener('keydown', (event) => {
      const [down, right] = ARROWS[event.key] ?? [0, 0];
      if (!(down || right) || event.altKey || event.metaKey || event.ctrlKey) return;
      event.preventDefault();
      move(label, answer, down, right);
    });
    return button;
  }));
  /** The one that Tab gets to. @param {HTMLButtonElement} [entry] */
  const enter = (entry) => {
    for (const button of cells.flat()) button.tabIndex = button === entry ? 0 : -1;
  };
  /** To the next that is not empty. @param {number} label @param {number} answer @param {number} down @param {number} right */
  const move = (label, answer, down, right) => {
    for (let [row, column] = [label + down, answer + right]; cells[row]?.[column]; row += down, column += right) {
      if (cells[row][column].disabled) continue;
      enter(cells[row][column]);
      return cells[row][column].focus();
    }
  };
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
      if (document.activeElement?.closest('table') === table) return; // somebody is there
      enter((chosen && cells[chosen[0]][chosen[1]]) ?? cells.flat().find(({ disabled }) => !disabled));
    },
  };
}
