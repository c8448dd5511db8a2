// The composition root: settings, lab and figures, put together. Nothing else lives here.
// @ts-check
import { Analysis } from './static/analysis.js';
import { mountExport } from './static/exchange.js';
import { mountAdjacencyFigure } from './static/figures/adjacency.js';
import { mountArmsFigure } from './static/figures/arms.js';
import { mountDigitsFigure } from './static/figures/digits.js';
import { mountDraw } from './static/figures/draw.js';
import { mountMaskFigure } from './static/figures/mask.js';
import { mountTickets } from './static/figures/tickets.js';
import { mountTraining } from './static/figures/training.js';
import { mountVerdict } from './static/figures/verdict.js';
import { Findings } from './static/findings.js';
import { createLab } from './static/lab.js';
import { SETTINGS, Settings } from './static/settings.js';
import { mountStarting } from './static/starting.js';

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Keep the address bar, and the numbers that the prose quotes, in step with the settings. */
function follow(/** @type {Settings} */ settings) {
  for (const row of SETTINGS) {
    for (const place of document.querySelectorAll(`[data-setting="${row.name}"]`)) {
      place.textContent = String(settings.get(row));
    }
  }
  const query = new URLSearchParams(settings.search());
  if (settings.search() !== linked) query.delete('result'); // a link's result is that of its settings
  history.replaceState(null, '', `${location.pathname}${query.size ? `?${query}` : ''}${location.hash}`);
}

const starting = mountStarting(byId('status'), byId('arrival'), byId('trouble'));
const asked = new URLSearchParams(location.search);

const lab = createLab(starting, {
  kernels: asked.get('kernels') ?? undefined, // 'numpy': without the compiled kernels
  workers: Number(asked.get('workers')) || undefined, // for measuring: see README
});
Object.assign(window, { lab });
let settled = () => {}; // until there are settings
starting.follow(lab, () => settled());
const presets = await fetch(new URL('presets.json', import.meta.url))
  .then((response) => response.json())
  .catch(() => ({})); // then every preset has the table's values until Python fills them in
const settings = new Settings(location.search, presets);
const linked = settings.search();
settled = () => settings.refresh();
let behind = false;
settings.addEventListener('change', () => {
  if (!behind) queueMicrotask(() => { behind = false; follow(settings); });
  behind = true; // a preset changes many at once, and a browser counts our calls
});
follow(settings);
const findings = new Findings();
mountDigitsFigure(byId('digits'), lab, settings);
mountTraining(byId('training'), lab, settings);
mountTickets(byId('tickets'), lab, settings, findings, asked.get('result'));
const analysis = new Analysis(lab, findings);
mountMaskFigure(byId('mask'), lab, findings);
mountAdjacencyFigure(byId('adjacency'), findings);
mountArmsFigure(byId('arms'), byId('curves'), analysis, findings, settings);
mountVerdict(byId('verdict'), lab, findings, analysis);
mountDraw(byId('draw'), lab, analysis, findings, settings);

const search = () => findings.current && { name: 'search', ...findings.current };
const arms = () => {
  const now = analysis.current ?? analysis.shipped;
  return now && { name: 'arms', ...now };
};
mountExport(byId('mask'), { masks: '.masks' }, search, { pictures: true });
mountExport(byId('adjacency'), { adjacency: '.chart' }, search);
mountExport(byId('arms'), { arms: '.differences' }, arms);
mountExport(byId('curves'), { curves: '.learning' }, arms);
