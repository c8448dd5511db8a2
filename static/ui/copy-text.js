// Copies text to the clipboard, or shows it in a field to be copied by hand.
// @ts-check
import { element } from './dom.js';

/**
 * @param {string} label of the field
 * @returns {{field: HTMLInputElement, copy: (text: string) => Promise<boolean>}} the field, hidden, for the
 *   caller to place; `copy` is false if the field shows the text instead
 */
export function makeCopyField(label) {
  const field = element('input', { className: 'address', readOnly: true, hidden: true });
  field.setAttribute('aria-label', label);
  return {
    field,
    async copy(text) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch { // refused, or the page came without https
        Object.assign(field, { value: text, hidden: false });
        field.select();
        return false;
      }
    },
  };
}
