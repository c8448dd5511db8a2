// Which digit was taken for which: a table of buttons. Tab gets to one of them, the arrow keys to the
// others. What a click does is the figure's.
// @ts-check
import { element } from '../../ui/dom.js';
import { makeRow } from '../../ui/table.js';

/** @typedef {{counts: number[][], chosen: [number, number] | null, names?: string[]}} Confusion `counts` by label, then by answer; `names` of the classes, of digits none */

/** Rows down and columns to the right. @type {Record<string, [number, number]>} */
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const DIGITS = Array.from({ length: 10 }, (_, digit) => String(digit));

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

/** By label, then by answer. @param {string[]} names @param {(label: number, answer: number) => void} onPick @returns {HTMLButtonElement[][]} */
function makeButtons(names, onPick) {
  const buttons = names.map((name, label) => names.map((other, answer) => {
    const button = element('button', { type: 'button', disabled: true, tabIndex: -1 });
    button.setAttribute('aria-label', `${name} taken for ${other}: not known yet`);
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
  /** @type {HTMLButtonElement[][]} */ let buttons = [];
  /** @type {string[]} */ let classes = [];
  const table = element('table', { className: 'confusion compact' });
  const caption = element('caption');
  node.append(table);
  /** Make the table anew for other classes. @param {string[]} names */
  function build(names) {
    if (names.join('\n') === classes.join('\n')) return;
    classes = names;
    buttons = makeButtons(names, onPick);
    const head = element('tr');
    head.append(element('td'), ...names.map((textContent) => element('th', { scope: 'col', textContent })));
    caption.textContent = `Rows: the ${names === DIGITS ? 'digit' : 'class'}; columns: the network’s answer. Click a mistake to see one.`;
    table.replaceChildren(caption, head, ...names.map((name, label) => makeRow([name, ...buttons[label]], [])));
  }
  build(DIGITS);
  return {
    /** @param {Confusion} confusion */
    update({ counts, chosen, names = DIGITS }) {
      build(names);
      const most = Math.max(1, ...counts.flatMap((row, label) => row.filter((_, answer) => answer !== label)));
      counts.forEach((row, label) => row.forEach((count, answer) => {
        const button = buttons[label][answer];
        const right = label === answer;
        button.textContent = count ? String(count) : '';
        button.disabled = count === 0;
        button.className = right ? 'right' : '';
        button.style.setProperty('--share', String(right ? 0 : count / most));
        button.setAttribute('aria-label', `${count} times ${names[label]} taken for ${names[answer]}`);
        button.setAttribute('aria-pressed', String(chosen?.[0] === label && chosen[1] === answer));
      }));
      if (table.contains(document.activeElement)) return; // the keyboard is there: leave its place
      setEntry(buttons, (chosen && buttons[chosen[0]][chosen[1]]) ?? buttons.flat().find(({ disabled }) => !disabled));
    },
  };
}
