// A few radio buttons in a row: one of them is chosen. What the choice does is the caller's.
// @ts-check
import { element } from './setting-controls.js';

let groups = 0;

/**
 * @template {string} T
 * @param {HTMLElement} node
 * @param {{label: string, options: {value: T, label: string}[], onChange: () => void}} about
 *   the first option is chosen at first
 * @returns {{readonly value: T}}
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
  };
}
