// Labelled inputs of a figure that are no settings of a job: slider, select, checkboxes, radio buttons.
// @ts-check
import { element } from './dom.js';

let ids = 0;

/** @param {string} label @param {HTMLElement & {id: string}} input @returns {HTMLElement} */
function labelled(label, input) {
  input.id = `figure-choice-${++ids}`;
  const box = element('div', { className: 'control' });
  box.append(element('label', { htmlFor: input.id, textContent: label }), input);
  return box;
}

/**
 * A slider over whole numbers whose value is shown in words.
 * @param {string} label @param {(value: number) => void} onChange
 */
export function slider(label, onChange) {
  const input = element('input', { type: 'range', min: '0', max: '0', value: '0', step: '1' });
  input.autocomplete = 'off';
  const box = labelled(label, input);
  const shown = element('span', { className: 'value' });
  shown.setAttribute('aria-hidden', 'true'); // the slider itself announces it
  input.before(shown);
  input.addEventListener('input', () => onChange(input.valueAsNumber));
  return {
    box,
    input,
    /** @param {number} max @param {number} value @param {string} words */
    show(max, value, words) {
      input.max = String(max);
      input.value = String(value);
      input.setAttribute('aria-valuetext', words);
      shown.textContent = words;
    },
  };
}

/** @param {string} label @param {(value: string) => void} onChange */
export function select(label, onChange) {
  const input = element('select', { autocomplete: 'off' });
  input.addEventListener('change', () => onChange(input.value));
  return {
    box: labelled(label, input),
    input,
    /** @param {[string, string][]} options value and text @param {string} value */
    show(options, value) {
      const now = [...input.options].map((option) => `${option.value} ${option.text}`).join();
      if (now !== options.map((option) => option.join(' ')).join()) {
        input.replaceChildren(...options.map(([key, text]) => new Option(text, key)));
      }
      input.value = value;
    },
  };
}

/**
 * Checkboxes in one row, with a common name.
 * @param {string} label
 * @param {[string, string][]} options value and text @param {string[]} chosen
 * @param {(chosen: string[]) => void} onChange
 */
export function ticks(label, options, chosen, onChange) {
  const box = element('fieldset', { className: 'ticks' });
  const inputs = options.map(([value]) =>
    element('input', { type: 'checkbox', value, checked: chosen.includes(value), autocomplete: 'off' }));
  const read = () => inputs.filter(({ checked }) => checked).map(({ value }) => value);
  box.append(element('legend', { textContent: label }), ...inputs.map((input, i) => {
    const place = element('label');
    place.append(input, ` ${options[i][1]}`);
    return place;
  }));
  box.addEventListener('change', () => onChange(read()));
  return { box, read };
}

let groups = 0; // of radio buttons

/**
 * Radio buttons in one row, with a common name.
 * @template {string} T
 * @param {HTMLElement} node
 * @param {{label: string, options: {value: T, label: string}[], onChange: () => void}} about
 *   the first option is chosen at first
 * @returns {{readonly value: T, rename: (value: T, label: string) => void, choose: (value: T) => void}} `choose` tells nobody
 */
export function mountChoice(node, { label, options, onChange }) {
  const name = `choice-${++groups}`;
  let value = options[0].value;
  const box = element('div', { className: 'choice' });
  const title = element('span', { className: 'title', id: name, textContent: label });
  box.setAttribute('role', 'radiogroup');
  box.setAttribute('aria-labelledby', name);
  box.append(title, ...options.map((option) => {
    const radio = element('input', { type: 'radio', name, checked: option.value === value, autocomplete: 'off' });
    radio.addEventListener('change', () => {
      value = option.value;
      onChange();
    });
    const one = element('label');
    one.append(radio, element('span', { textContent: option.label }));
    return one;
  }));
  node.append(box);
  return {
    get value() {
      return value;
    },
    choose(next) {
      value = next;
      const radio = box.querySelectorAll('input')[options.findIndex((option) => option.value === next)];
      radio.checked = true;
    },
    rename(of, text) {
      const one = box.querySelectorAll('label span')[options.findIndex((option) => option.value === of)];
      if (one.textContent !== text) one.textContent = text;
    },
  };
}
