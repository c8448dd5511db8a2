// Which digit was taken for which: a table of buttons. Tab gets to one of them, the arrow keys to the
// others. What a click does is the figure's.
// @ts-check
import { element } from '../../ui/dom.js';
import { makeRow } from '../../ui/table.js';

/** @typedef {{counts: number[][], chosen: [number, number] | null}} Confusion `counts` by label, then by answer */

/** Rows down and columns to the right. @type {Record<string, [number, number]>} */
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const DIGITS = Array.from({ length: 10 }, (_, digit) => digit);

/** Let Tab get to one button alone. @param {HTMLButtonElement[][]} buttons @param {HTMLButtonElement} [entry] */
function setEntry(buttons, entry) {
  for (const button of buttons.flat()) button.tabIndex = button === entry ? 0 : -1;
}

/** To the next button that is not empty. @param {HTMLButtonElement[][]} buttons @param {[number, number]} from @param {[number, number]} step */
function moveFocus(buttons, [label, answer], [down, right]) {
  for (let [row, column] = [label + down, answer + right]; buttons[row]?.[column]; row += down, column += right) {
    if (buttons[row][column].disabled) continue;
    setEntry(buttons, buttons[row][column]);
    return buttons[row][column].focus();
  }
}

/** By label, then by answer. @param {(label: number, answer: number) => void} onPick @returns {HTMLButtonElement[][]} */
function makeButtons(onPick) {
  const buttons = DIGITS.map((label) => DIGITS.map((answer) => {
    const button = element('button', { type: 'button', disabled: true, tabIndex: -1 });
    button.setAttribute('aria-label', `${label} taken for ${answer}: not known yet`);
    button.addEventListener('click', () => onPick(label, answer));
    button.addEventListener('keydown', (event) => {
      const step = ARROWS[event.key];
      if (!step || event.altKey || event.metaKey || event.ctrlKey) return;
      event.preventDefault();
      moveFocus(buttons, [label, answer], step);
    });
    return button;
  }));
  return buttons;
}

/** @param {HTMLElement} node @param {(label: number, answer: number) => void} onPick */
export function mountConfusionMatrixChart(node, onPick) {
  const buttons = makeButtons(onPick);
  const head = element('tr');
  head.append(element('td'), ...DIGITS.map((digit) => element('th', { scope: 'col', textContent: String(digit) })));
  const table = element('table', { className: 'confusion compact' });
  table.append(
    element('caption', { textContent: 'Rows: the digit; columns: the network’s answer. Click a mistake to see one.' }), head,
    ...DIGITS.map((label) => makeRow([String(label), ...buttons[label]], [])),
  );
  node.append(table);
  return {
    /** @param {Confusion} confusion */
    update({ counts, chosen }) {
      const most = Math.max(1, ...counts.flatMap((row, label) => row.filter((_, answer) => answer !== label)));
      counts.forEach((row, label) => row.forEach((count, answer) => {
        const button = buttons[label][answer];
        const right = label === answer;
        button.textContent = count ? String(count) : '';
        button.disabled = count === 0;
        button.className = right ? 'right' : '';
        button.style.setProperty('--share', String(right ? 0 : count / most));
        button.setAttribute('aria-label', `${count} times ${label} taken for ${answer}`);
        button.setAttribute('aria-pressed', String(chosen?.[0] === label && chosen[1] === answer));
      }));
      if (table.contains(document.activeElement)) return; // the keyboard is there: leave its place
      setEntry(buttons, (chosen && buttons[chosen[0]][chosen[1]]) ?? buttons.flat().find(({ disabled }) => !disabled));
    },
  };
}
