// A labelled input for each row of a settings group, and the place for its error. Runs no job.
// @ts-check
import { read } from '../settings/settings.js';
import { SETTINGS } from '../settings/table.js';
import { element } from './dom.js';

/** @typedef {import('../settings/table.js').Setting} Setting */
/** @typedef {import('../settings/settings.js').Settings} Settings */
/** @typedef {import('../settings/table.js').Value} Value */

/** @param {Setting} row @param {Value} value */
function written({ step = 1, options }, value) {
  if (options) return options.find((one) => one.value === value)?.label ?? String(value);
  const short = Number(value).toFixed(step < 1 ? 2 : 0); // a width that stays put while dragging
  return Number(short) === value ? short : String(value);
}

/** @param {Setting} row @param {string} id @returns {HTMLInputElement | HTMLSelectElement} */
function field(row, id) {
  if (row.options) {
    const select = element('select', { id });
    select.append(...row.options.map(({ value, label }) => new Option(label, String(value))));
    return select;
  }
  const input = element('input', { id, type: row.kind });
  for (const limit of /** @type {const} */ (['min', 'max', 'step'])) input[limit] = String(row[limit]);
  return input;
}

/** @param {Setting} row @param {Settings} settings */
function control(row, settings) {
  const id = `${row.group}-${row.name}`;
  const box = element('div', { className: `control ${id}` });
  const label = element('label', { htmlFor: id, id: `${id}-label`, textContent: row.label });
  const input = field(row, id);
  const help = element('p', { id: `${id}-help`, className: 'help', textContent: row.help });
  const error = element('p', { id: `${id}-error`, className: 'error' });
  error.setAttribute('role', 'alert');
  input.value = String(settings.get(row));
  input.autocomplete = 'off'; // a reload shows the address's values, not the browser's memory
  input.setAttribute('aria-describedby', `${help.id} ${error.id}`);
  const shown = element('span', { className: 'value', hidden: row.kind !== 'range' });
  shown.setAttribute('aria-hidden', 'true'); // the slider itself tells its value
  const reset = element('button', { type: 'button', className: 'reset' });
  reset.setAttribute('aria-describedby', label.id);
  const show = () => {
    if (row.upTo) {
      /** @type {HTMLInputElement} */ (input).max = String(settings.most(row));
      input.value = String(settings.get(row)); // which the old limit may have held back
    }
    const changed = !Object.is(settings.get(row), settings.usual(row));
    shown.textContent = written(row, settings.get(row));
    reset.textContent = `back to ${written(row, settings.usual(row))}`;
    reset.hidden = !changed || row.name === 'preset';
    box.classList.toggle('changed', !reset.hidden);
    box.hidden = !settings.counts(row);
  };
  const typed = () => read(row, input.value) ?? NaN;
  input.addEventListener('input', () => settings.set(row, typed()));
  reset.addEventListener('click', () => {
    settings.set(row, settings.usual(row));
    input.focus(); // the button is gone, the place is kept
  });
  settings.addEventListener('change', (event) => {
    const { group, name } = /** @type {CustomEvent<Setting>} */ (event).detail;
    if (group !== row.group) return;
    show(); // what is usual, and whether it counts, may hang on another row
    // Half-typed text ("1e", "-") is not a number yet, and stays as typed.
    if (name === row.name && !Object.is(typed(), settings.get(row))) input.value = String(settings.get(row));
  });
  show();
  box.append(label, shown, reset, input, help, error);
  /** @param {string} message */
  const showError = (message) => {
    error.textContent = message;
    input.setAttribute('aria-invalid', String(message !== ''));
    if (message) box.closest('details')?.setAttribute('open', ''); // an error nobody sees helps nobody
  };
  return { row, box, help, showError };
}

/**
 * Make the controls of one group.
 * @param {HTMLElement} node @param {Settings} settings @param {import('../settings/table.js').Group} group
 * @param {HTMLElement} [more] where those go that few people need; none are made without it
 */
export function mountControls(node, settings, group, more) {
  const rows = SETTINGS.filter((row) => row.group === group && row.kind !== 'drawing' && (more || !row.more));
  const controls = rows.map((row) => control(row, settings));
  for (const { row, box } of controls) (row.more && more ? more : node).append(box);
  node.setAttribute('role', 'group');
  node.setAttribute('aria-label', `${group} settings`);
  return {
    /**
     * Show a spec's refusal, which starts with the field's name, at that field; '' clears all.
     * @param {string} message @returns {boolean} whether one of these controls is meant
     */
    showError(message) {
      const meant = controls.find(({ row }) => message.startsWith(`${row.part?.[0] ?? row.name} `));
      for (const one of controls) one.showError(one === meant ? message : '');
      return meant !== undefined;
    },
    /** Say something else about a field. @param {string} name @param {string} text */
    help(name, text) {
      for (const { row, help } of controls) if (row.name === name) help.textContent = text;
    },
  };
}
