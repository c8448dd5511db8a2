// The chapter “Take it home”: its console is loaded when it is opened, and its Python then. Runs nothing.
// @ts-check
import { element } from '../../ui/dom.js';

/** @typedef {import('../shown-figures.js').Search} Search */

/**
 * @param {(id: string) => HTMLElement} byId @param {import('../../settings/settings.js').Settings} settings
 * @param {() => Promise<{current: Search | null}>} search that the figures are about
 */
export function mountTakeHomeChapter(byId, settings, search) {
  const node = byId('console');
  const open = element('button', { type: 'button', className: 'start', textContent: 'Open the console' });
  const fault = element('p', { className: 'problem' });
  fault.setAttribute('role', 'alert');
  node.replaceChildren(open, fault);
  open.addEventListener('click', async () => {
    open.disabled = true;
    try {
      const { mountConsoleFigure } = await import('./console.js');
      const found = await search();
      await mountConsoleFigure(node, () => settings.args('dataset'), () => found.current);
    } catch (error) {
      fault.textContent = `The console could not be opened: ${/** @type {Error} */ (error).message}`;
      open.disabled = false;
    }
  });
}
