// A labelled input for each setting of a group, and the place for its error. Runs no job.
// @ts-check
import { formatSetting } from '../records/format.js';
import { readSetting } from '../settings/setting-text.js';
import { limitsOf } from '../settings/limits.js';
import { SETTINGS } from '../settings/table.js';
import { element } from './dom.js';

/** @typedef {import('../settings/table.js').Setting} Setting */
/** @typedef {import('../settings/settings.js').Settings} Settings */
/** @typedef {import('../settings/table.js').Value} Value */

/** @param {Setting} setting @param {Value} value @returns {string} as the page shows it */
function describeValue({ step, options }, value) {
  const option = options?.find((one) => one.value === value);
  return option?.label ?? (typeof value === 'number' ? formatSetting(value, step) : String(value));
}

/** @param {Setting} setting @param {string} id @returns {HTMLInputElement | HTMLSelectElement} */
function makeInput(setting, id) {
  if (setting.options) {
    const select = element('select', { id });
    select.append(...setting.options.map(({ value, label }) => new Option(label, String(value))));
    return select;
  }
  const input = element('input', { id, type: setting.kind });
  input.step = String(setting.step);
  showRange(input, setting, Number(setting.value));
  return input;
}

/** A slider shows a part of the range, and as much more as its value needs. @param {HTMLInputElement} input @param {Setting} setting @param {number} value @param {number} [most] */
function showRange(input, setting, value, most = limitsOf(setting).high) {
  const { low } = limitsOf(setting);
  const [min, max] = setting.kind === 'range' ? [setting.min ?? low, setting.max ?? most] : [low, most];
  input.min = String(Math.min(min, Number.isNaN(value) ? min : value));
  input.max = String(setting.upTo ? most : Math.max(max, Number.isNaN(value) ? max : value));
}

/** The elements of a control, not filled yet. @param {Setting} setting */
function makeParts(setting) {
  const id = `${setting.group}-${setting.name}`;
  const parts = {
    box: element('div', { className: `control ${id}` }),
    input: makeInput(setting, id),
    help: element('p', { id: `${id}-help`, className: 'help', textContent: setting.help }),
    error: element('p', { id: `${id}-error`, className: 'error' }),
    shown: element('span', { className: 'value', hidden: setting.kind !== 'range' }),
    reset: element('button', { type: 'button', className: 'reset' }),
  };
  const { box, input, help, error, shown, reset } = parts;
  const label = element('label', { htmlFor: id, id: `${id}-label`, textContent: setting.label });
  error.setAttribute('role', 'alert');
  input.autocomplete = 'off'; // a reload shows the address's values, not the browser's memory
  input.setAttribute('aria-describedby', `${help.id} ${error.id}`);
  shown.setAttribute('aria-hidden', 'true'); // the slider itself announces its value
  reset.setAttribute('aria-describedby', label.id);
  box.append(label, shown, reset, input, help, error);
  return parts;
}

/** @param {Setting} setting @param {Settings} settings */
function makeControl(setting, settings) {
  const { box, input, help, error, shown, reset } = makeParts(setting);
  const typed = () => readSetting(setting, input.value) ?? NaN;
  const show = () => {
    if (input instanceof HTMLInputElement && setting.kind === 'range') {
      showRange(input, setting, Number(settings.get(setting)), settings.most(setting));
      input.value = String(settings.get(setting)); // the old limit may have changed it
    }
    const changed = !Object.is(settings.get(setting), settings.usual(setting));
    shown.textContent = describeValue(setting, settings.get(setting));
    reset.textContent = `back to ${describeValue(setting, settings.usual(setting))}`;
    reset.hidden = !changed || setting.name === 'preset';
    box.classList.toggle('changed', !reset.hidden);
    box.hidden = !settings.counts(setting);
  };
  input.addEventListener('input', () => settings.set(setting, typed()));
  reset.addEventListener('click', () => {
    settings.set(setting, settings.usual(setting));
    input.focus(); // the button is gone, the place is kept
  });
  settings.addEventListener('change', (event) => {
    const { group, name } = /** @type {CustomEvent<Setting>} */ (event).detail;
    if (group !== setting.group) return;
    show(); // its usual value, and whether it counts, may depend on another setting of the group
    // Half-typed text ("1e", "-") is not a number yet, and stays as typed.
    if (name === setting.name && !Object.is(typed(), settings.get(setting))) input.value = String(settings.get(setting));
  });
  show();
  if (setting.kind !== 'range') input.value = String(settings.get(setting));
  /** @param {string} message */
  const showError = (message) => {
    error.textContent = message;
    input.setAttribute('aria-invalid', String(message !== ''));
    if (message) box.closest('details')?.setAttribute('open', ''); // so that the error can be seen
  };
  return { setting, box, help, showError };
}

/**
 * Make the controls of one group.
 * @param {HTMLElement} node @param {Settings} settings @param {import('../settings/table.js').Group} group
 * @param {HTMLElement} [more] where those go that few people need; without it they are not made
 */
export function mountControls(node, settings, group, more) {
  const shown = SETTINGS.filter((one) => one.group === group && !['drawing', 'own'].includes(one.kind) && (more || !one.more));
  const controls = shown.map((setting) => makeControl(setting, settings));
  for (const { setting, box } of controls) (setting.more && more ? more : node).append(box);
  node.setAttribute('role', 'group');
  node.setAttribute('aria-label', `${group} settings`);
  return {
    /**
     * Show what Python says of a wrong value, which starts with the field's name, at that field; '' clears all.
     * @param {string} message @returns {boolean} whether it is about one of these controls
     */
    showError(message) {
      const meant = controls.find(({ setting }) => message.startsWith(`${setting.part?.[0] ?? setting.name} `));
      for (const one of controls) one.showError(one === meant ? message : '');
      return meant !== undefined;
    },
    /** Replace the help of a field. @param {string} name @param {string} text */
    help(name, text) {
      for (const { setting, help } of controls) if (setting.name === name) help.textContent = text;
    },
  };
}
