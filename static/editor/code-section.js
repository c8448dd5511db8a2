// "Show the code" below a figure: what is loaded when it is opened, code from links and files, and the worker that the
// figure's edited code runs in. The panel itself is code-panel.js.
// @ts-check
import { element } from '../ui/dom.js';
import { LocalShelf } from '../ui/local-shelf.js';
import { decode } from './code-link.js';
import { EditedTexts } from './edited-texts.js';

/** @typedef {import('./edited-texts.js').Edits} Edits */
/** @typedef {import('../lab/sandbox.js').Sandbox} Sandbox */
/** @typedef {Omit<import('./code-panel.js').PanelOptions, 'run' | 'labels'>} PanelParts */
/**
 * @typedef {PanelParts & {
 *   lab: import('../lab/lab.js').Lab,
 *   settings: import('../settings/settings.js').Settings,
 *   job: string,
 *   hooks: Record<string, string>,
 *   ours: () => Record<string, any>,
 *   run: (sandbox: Sandbox, edits: Edits, options: import('./code-panel.js').RunOptions) => Promise<void>,
 *   onDecided: () => void,
 * }} SectionOptions `job` runs the code; `hooks` are labels by name; `ours` are the arguments of the job `hooks`;
 *   `onDecided`: code from a link was accepted or discarded
 */

/** @type {Promise<Sandbox> | undefined} one for all figures, since a Python takes memory */ let sandbox;

/** @returns {Promise<Sandbox>} */
const theSandbox = () => (sandbox ??= import('../lab/sandbox.js').then((module) => new module.Sandbox()));

/** The style sheet of the editor, once. */
function wearStyle() {
  const { href } = new URL('editor.css', import.meta.url);
  if (!document.querySelector(`link[href="${href}"]`)) document.head.append(element('link', { rel: 'stylesheet', href }));
}

/**
 * @param {HTMLElement} before the section comes after this node @param {SectionOptions} options
 * @returns {{offer: (edits: Edits, from: string) => Promise<void>, offerLink: (code: string | null) => Promise<void>, refresh: () => void}}
 *   `refresh`: ours may be another text now
 */
export function mountCodeSection(before, { lab, settings, job, hooks, ours, run, onDecided, ...parts }) {
  const texts = new EditedTexts(Object.keys(hooks), new LocalShelf(`mnist1d-lab.code.${job}`));
  const box = element('details', { className: 'code-section' });
  const summary = element('summary');
  const [shared, panelNode, status] = [element('div'), element('div'), element('p', { className: 'problem' })];
  status.setAttribute('role', 'alert');
  box.append(summary, status, shared, panelNode);
  before.after(box);
  const name = () => {
    summary.textContent = `Show the code that runs${texts.hasMine ? ' (yours is kept)' : ''}`;
    box.classList.toggle('mine', texts.hasMine);
  };
  texts.addEventListener('change', name);
  name();

  async function fetchOurs() {
    texts.setOurs((await lab.run('hooks', /** @type {any} */ (ours()))).hooks);
  }
  /** @type {Promise<{run: () => void}> | null} */ let panel = null;
  const load = () => {
    panel ??= (async () => {
      wearStyle();
      const [{ mountCodePanel }] = await Promise.all([import('./code-panel.js'), fetchOurs()]);
      return mountCodePanel(panelNode, texts, {
        ...parts, labels: hooks, run: async (edits, options) => run(await theSandbox(), edits, { ...options, own: await lab.lent(settings.source) }),
      });
    })();
    panel.catch(() => { panel = null; }); // opening it again tries again
    return panel;
  };
  box.addEventListener('toggle', async () => {
    if (!box.open) return;
    try {
      await load();
      status.textContent = '';
    } catch (error) {
      status.textContent = `The code cannot be shown: ${/** @type {Error} */ (error).message}`;
    }
  });
  const section = {
    /** @param {Edits} edits of somebody @param {string} from where they came from, in words */
    async offer(edits, from) {
      box.open = true;
      const [{ offerShared }, { run: start }] = await Promise.all([import('./shared-code.js'), load()]);
      offerShared(shared, texts, {
        edits, from, labels: hooks, onDecided,
        onAccept() {
          texts.take(edits);
          start();
        },
      });
    },
    /** @param {string | null} code of a link; that of another figure is none of ours */
    async offerLink(code) {
      if (!code || (code.includes('.') && !code.startsWith(`${job}.`))) return;
      try {
        await section.offer((await decode(code)).edits, 'This link');
      } catch (error) {
        box.open = true;
        status.textContent = /** @type {Error} */ (error).message;
      }
    },
    refresh() {
      if (panel) fetchOurs().catch(() => {}); // a bad value is explained when somebody presses Run
    },
  };
  return section;
}
