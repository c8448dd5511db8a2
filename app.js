// The composition root: settings, lab and figures, put together. Nothing else lives here.
// @ts-check
import { mountDigitsFigure } from './static/figures/digits.js';
import { mountTickets } from './static/figures/tickets.js';
import { mountTraining } from './static/figures/training.js';
import { createLab } from './static/lab.js';
import { SETTINGS, Settings } from './static/settings.js';

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Keep the address bar, and the numbers that the prose quotes, in step with the settings. */
function follow(/** @type {Settings} */ settings) {
  for (const row of SETTINGS) {
    for (const place of document.querySelectorAll(`[data-setting="${row.name}"]`)) {
      place.textContent = String(settings.get(row));
    }
  }
  history.replaceState(null, '', `${location.pathname}${settings.search()}${location.hash}`);
}

const status = byId('status');
status.textContent = 'Starting …';
const asked = new URLSearchParams(location.search);
const settings = new Settings(location.search);
settings.addEventListener('change', () => follow(settings));
follow(settings);

const say = (/** @type {string} */ text) => {
  if (document.documentElement.dataset.state === 'loading') status.textContent = text;
};
const lab = createLab(say, {
  kernels: asked.get('kernels') ?? undefined, // 'numpy': without the compiled kernels
  workers: Number(asked.get('workers')) || undefined, // for measuring: see README
});
Object.assign(window, { lab });
mountDigitsFigure(byId('digits'), lab, settings);
mountTraining(byId('training'), lab, settings);
mountTickets(byId('tickets'), lab, settings);

lab.ready.then(
  ({ kernels, note }) => {
    document.documentElement.dataset.state = 'ready';
    status.textContent = kernels === 'numpy' ? note : ''; // fast is as expected, slow is news
  },
  (error) => {
    document.documentElement.dataset.state = 'error';
    status.textContent = `Python could not start in this browser: ${error.message}. Reload the page to try again.`;
    status.classList.add('problem');
  },
);
