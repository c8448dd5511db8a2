// A labelled input for each row of a settings group, and the place for its error. Runs no job.
// @ts-check
import { SETTINGS } from './settings.js';

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag @param {Partial<HTMLElementTagNameMap[K]>} [properties]
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}

/** @param {import('./settings.js').Row} row @param {number} value */
function written({ step }, value) {
  const short = value.toFixed(step < 1 ? 2 : 0); // a width that stays put while dragging
  return Number(short) === value ? short : String(value);
}

/** @param {import('./settings.js').Row} row @param {import('./settings.js').Settings} settings */
function control(row, settings) {
  const id = `${row.group}-${row.name}`;
  const box = element('div', { className: 'control' });
  const label = element('label', { htmlFor: id, textContent: row.label });
  const input = element('input', { id, type: row.kind });
  const help = element('p', { id: `${id}-help`, className: 'help', textContent: row.help });
  const error = element('p', { id: `${id}-error`, className: 'error' });
  error.setAttribute('role', 'alert');
  for (const limit of /** @type {const} */ (['min', 'max', 'step'])) input[limit] = String(row[limit]);
  input.value = String(settings.get(row));
  input.autocomplete = 'off'; // a reload shows the address's values, not the browser's memory
  input.setAttribute('aria-describedby', `${help.id} ${error.id}`);
  const shown = element('span', { className: 'value', hidden: row.kind !== 'range' });
  shown.setAttribute('aria-hidden', 'true'); // the slider itself tells its value
  const show = () => {
    shown.textContent = written(row, settings.get(row));
  };
  input.addEventListener('input', () => settings.set(row, input.valueAsNumber));
  settings.addEventListener('change', (event) => {
    if (/** @type {CustomEvent} */ (event).detail !== row) return;
    // Half-typed text ("1e", "-") is not a number yet, and stays as typed.
    if (!Object.is(input.valueAsNumber, settings.get(row))) input.value = String(settings.get(row));
    show();
  });
  show();
  box.append(label, shown, input, help, error);
  /** @param {string} message */
  const complain = (message) => {
    error.textContent = message;
    input.setAttribute('aria-invalid', String(message !== ''));
  };
  return { row, box, complain };
}

/**
 * Make the controls of one group.
 * @param {HTMLElement} node @param {import('./settings.js').Settings} settings
 * @param {import('./settings.js').Row['group']} group
 */
export function mountControls(node, settings, group) {
  const controls = SETTINGS.filter((row) => row.group === group).map((row) => control(row, settings));
  node.append(...controls.map(({ box }) => box));
  node.setAttribute('role', 'group');
  node.setAttribute('aria-label', `${group} settings`);
  return {
    /**
     * Show a spec's refusal, which starts with the field's name, at that field; '' clears all.
     * @param {string} message @returns {boolean} whether one of these controls is meant
     */
    complain(message) {
      const meant = controls.find(({ row }) => message.startsWith(`${row.name} `));
      for (const one of controls) one.complain(one === meant ? message : '');
      return meant !== undefined;
    },
  };
}
