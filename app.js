// The composition root: settings, lab and figures, put together. Nothing else lives here.
// @ts-check
import { mountDigitsFigure } from './static/dataset/figures/digits.js';
import { mountMakingFigure } from './static/dataset/figures/making.js';
import { mountOverviewFigure } from './static/dataset/figures/overview.js';
import { mountTemplatesFigure } from './static/dataset/figures/templates.js';
import { mountFigureDownloads } from './static/files/figure-downloads.js';
import { Lab } from './static/lab/lab.js';
import { AblationRun } from './static/lottery/ablation-run.js';
import { CurrentSearch } from './static/lottery/current-search.js';
import { mountAdjacencyFigure } from './static/lottery/figures/adjacency.js';
import { mountArmsFigure } from './static/lottery/figures/arms.js';
import { mountDrawFigure } from './static/lottery/figures/draw.js';
import { mountGridFigure } from './static/lottery/figures/grid.js';
import { mountMaskFigure } from './static/lottery/figures/mask.js';
import { mountTicketsFigure } from './static/lottery/figures/tickets.js';
import { mountVerdictFigure } from './static/lottery/figures/verdict.js';
import { mountInsideFigure } from './static/models/figures/inside.js';
import { mountQuizFigure } from './static/models/figures/quiz.js';
import { mountSweepFigure } from './static/models/figures/sweep.js';
import { mountTrainingFigure } from './static/models/figures/training.js';
import { TrainingRun } from './static/models/training-run.js';
import { mountEmbed } from './static/page/embed.js';
import { mountOffline } from './static/page/offline.js';
import { StartupDisplay } from './static/page/startup.js';
import { mountTheme } from './static/page/theme.js';
import { mountAddress, readAddress } from './static/settings/address-bar.js';
import { Settings } from './static/settings/settings.js';
import { SETTINGS } from './static/settings/table.js';
import { whenNear } from './static/ui/in-view.js';

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Write the settings that the prose quotes into it. @param {Settings} settings */
function quoteSettings(settings) {
  for (const place of document.querySelectorAll('[data-setting]')) {
    const name = /** @type {HTMLElement} */ (place).dataset.setting;
    const setting = SETTINGS.findLast((one) => one.name === name);
    if (setting) place.textContent = String(settings.get(setting));
  }
}

const startup = new StartupDisplay(byId('status'), byId('arrival'), byId('trouble'));
const opened = readAddress(location);

const lab = new Lab(startup, {
  kernels: opened.flags.get('kernels') ?? undefined, // 'numpy': without the compiled kernels
  workers: Number(opened.flags.get('workers')) || undefined, // for measuring: see static/README.md
});
Object.assign(window, { lab });
let onRetried = () => {}; // until there are settings
startup.follow(lab, () => onRetried());
const presets = await fetch(new URL('presets.json', import.meta.url))
  .then((response) => response.json())
  .catch(() => ({})); // then every preset has the table's values until Python fills them in
const settings = new Settings(opened.text, presets);
onRetried = () => settings.refresh();
settings.addEventListener('change', () => quoteSettings(settings));
quoteSettings(settings);
mountAddress(settings, byId('corrected'), opened);
mountEmbed(byId('embedded'), opened.flags);
mountTheme(byId('theme'));
const currentSearch = new CurrentSearch();
const published = fetch(new URL('parts.json', import.meta.url)).then((response) => response.json());
published.catch(() => {}); // then the first picture is Python's
const live = mountDigitsFigure(byId('digits'), lab, settings, published);
mountMakingFigure(byId('making'), lab, settings);
mountTemplatesFigure(byId('templates'), lab, settings, published);
mountOverviewFigure(byId('overview'), byId('claim'), lab, settings);
// The rest of the page is out of sight. Unless it comes near, it waits until Python's first digits are
// painted: until then Python has the processor to itself.
const rest = [...document.querySelectorAll('section:has(#training), section:has(#training) ~ section')];
const painted = live.then(() => new Promise((resolve) => { setTimeout(resolve, 30); }));
await Promise.race([whenNear(/** @type {HTMLElement[]} */ (rest), '100%'), painted]);
const training = new TrainingRun((...job) => lab.run(...job)); // a script may have wrapped it
mountTrainingFigure(byId('training'), training, settings);
mountSweepFigure(byId('sweep'), lab, settings);
mountInsideFigure(byId('inside'), lab, training, settings);
mountQuizFigure(byId('quiz'), lab, training, settings);
mountTicketsFigure(byId('tickets'), lab, settings, currentSearch, opened.result);
const ablation = new AblationRun(lab, currentSearch);
mountMaskFigure(byId('mask'), lab, currentSearch);
const describeAdjacency = mountAdjacencyFigure(byId('adjacency'), currentSearch);
const armsFigure = mountArmsFigure(byId('arms'), byId('curves'), ablation, currentSearch, settings);
mountGridFigure(byId('grid'), lab, settings);
mountVerdictFigure(byId('verdict'), lab, currentSearch, ablation);
mountDrawFigure(byId('draw'), lab, ablation, currentSearch, settings);

const search = () => currentSearch.current && { name: 'search', ...currentSearch.current };
const arms = () => {
  const now = ablation.current ?? ablation.shipped;
  return now && { name: 'arms', ...now };
};
mountFigureDownloads(byId('mask'), { masks: '.masks' }, search, { picturesOnly: true });
mountFigureDownloads(byId('adjacency'), { adjacency: '.chart' }, search, { describe: describeAdjacency });
mountFigureDownloads(byId('arms'), { arms: '.differences' }, arms, { describe: armsFigure.differences });
mountFigureDownloads(byId('curves'), { curves: '.learning' }, arms, { describe: armsFigure.curves });
mountOffline(byId('offline'), lab.ready);
