// The composition root: settings, lab and figures, put together. Nothing else lives here.
// @ts-check
import { mountArrivals } from './static/files/results-arrivals.js';
import { ResultsInbox } from './static/files/results-inbox.js';
import { opened, settings, useLab } from './static/first-screen.js';
import { Lab } from './static/lab/lab.js';
import { Chapters, addressLinks, followLinks } from './static/page/chapters.js';
import { mountEmbed } from './static/page/embed.js';
import { mountFooter } from './static/page/footer.js';
import { mountOffline } from './static/page/offline.js';
import { mountPlace } from './static/page/place.js';
import { mountPresent } from './static/page/present.js';
import { mountPrint } from './static/page/print.js';
import { StartupDisplay } from './static/page/startup.js';
import { mountTheme } from './static/page/theme.js';
import { mountTour } from './static/page/tour.js';
import { LocalShelf } from './static/ui/local-shelf.js';
import { mountAddress } from './static/settings/address-bar.js';
import { kernelsIn, workersIn } from './static/settings/flags.js';
import { SETTINGS } from './static/settings/table.js';

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Write the settings that the prose quotes into it. */
function quoteSettings() {
  for (const place of document.querySelectorAll('[data-setting]')) {
    const name = /** @type {HTMLElement} */ (place).dataset.setting;
    const setting = SETTINGS.findLast((one) => one.name === name);
    if (setting) place.textContent = String(settings.get(setting));
  }
}

const startup = new StartupDisplay(byId('status'), byId('arrival'), byId('trouble'));

const lab = new Lab(startup, {
  kernels: kernelsIn(opened.flags), // 'numpy': without the compiled kernels
  workers: workersIn(opened.flags), // for measuring: see static/README.md
});
Object.assign(window, { lab });
startup.follow(lab, () => settings.refresh());
useLab(lab);
settings.addEventListener('change', quoteSettings);
quoteSettings();

// The kinds of records that files may hold, the first that fits a row first; each wing says what it draws.
const inbox = new ResultsInbox(async () => (await Promise.all([
  import('./static/models/record-kinds.js'), import('./static/lottery/record-kinds.js'),
])).flatMap(({ KINDS }) => KINDS));

// A wing's code is loaded when a chapter that needs it is opened, and the search of the cover when the digits
// have been drawn. The search is the one that all figures of the lottery are about.
const search = async () => {
  const { mountTicketsFigure } = await import('./static/lottery/figures/tickets.js');
  return mountTicketsFigure(byId('tickets'), lab, settings, opened, inbox, () => address.forgetCode());
};
/** @type {ReturnType<typeof search> | undefined} */ let current;
// The exercises are loaded with their chapter, or if one was begun in this browser.
const exercises = async () => {
  const [{ Progress }, { mountExerciseBar }] = await Promise.all([
    import('./static/exercises/progress.js'), import('./static/exercises/figures/exercise-bar.js'),
  ]);
  const all = new Progress();
  lab.results.addEventListener('result', (event) => all.take(/** @type {CustomEvent} */ (event).detail));
  mountExerciseBar(byId('exercise'), all);
  return all;
};
/** @type {ReturnType<typeof exercises> | undefined} */ let progress;
const phenomena = async () => {
  const { mountPhenomena } = await import('./static/page/phenomena-cards.js');
  mountPhenomena(byId('phenomena'));
};
const chapters = new Chapters(byId('chapters'), {
  cover: async () => {
    await (current ??= search());
    await phenomena(); // after the two tools
  },
  data: async () => {
    const { mountDataChapter } = await import('./static/dataset/figures/data-chapter.js');
    mountDataChapter(byId, lab, settings, opened.code, () => address.forgetCode());
  },
  networks: async () => {
    const { mountNetworksChapter } = await import('./static/models/figures/networks-chapter.js');
    mountNetworksChapter(byId, lab, settings, inbox, opened.code, () => address.forgetCode());
  },
  ticket: async () => {
    const { mountTicketChapter } = await import('./static/lottery/figures/ticket-chapter.js');
    mountTicketChapter(byId, lab, settings, inbox, await (current ??= search()));
  },
  exercises: async () => {
    const { mountExercisesChapter } = await import('./static/exercises/figures/exercises-chapter.js');
    mountExercisesChapter(byId, settings, await (progress ??= exercises()), goTo);
  },
  'double-descent': async () => {
    const { mountDoubleDescentChapter } = await import('./static/double-descent/figures/double-descent-chapter.js');
    mountDoubleDescentChapter(byId, lab, settings);
  },
  'learning-rate': async () => {
    const { mountLearningRateChapter } = await import('./static/learning-rate/figures/learning-rate-chapter.js');
    mountLearningRateChapter(byId, lab, settings);
  },
  'self-supervised': async () => {
    const { mountSelfSupervisedChapter } = await import('./static/self-supervised/figures/self-supervised-chapter.js');
    mountSelfSupervisedChapter(byId, lab, settings);
  },
  'take-home': async () => {
    const { mountTakeHomeChapter } = await import('./static/console/figures/take-home-chapter.js');
    mountTakeHomeChapter(byId, settings, () => (current ??= search()));
  },
});
// The line about data of one's own is loaded when there are any.
/** @type {Promise<unknown> | undefined} */ let bar;
const showOwn = () => {
  if (settings.source) bar ??= import('./static/dataset/figures/own-bar.js').then(({ mountOwnBar }) => mountOwnBar(byId('in-force'), lab, settings));
};
settings.addEventListener('change', showOwn);
showOwn();
new LocalShelf('mnist1d-lab exercises').read((kept) => { if (kept) progress = exercises(); });
const place = mountPlace();
const address = mountAddress(settings, byId('corrected'), opened, {
  onPlace(id) {
    chapters.open(alone || id);
    place.restore(id);
  },
  onWrite: addressLinks,
});
/** @param {string} id of a place on the page */
const goTo = (id) => {
  place.keep();
  address.goTo(id);
  chapters.open(id);
  place.showStart(id);
};
followLinks(byId('main'), goTo);
mountTour(byId('tour'), goTo);
mountTheme(byId('theme'));
const present = mountPresent(byId('view'), goTo);
const alone = mountEmbed(byId('embedded'), opened.flags);
/** @type {Record<string, string>} the figure whose code a link brings */ const CODED = { train: 'training', digits: 'making' };
const shared = opened.result || opened.code ? CODED[opened.code?.split('.')[0] ?? ''] ?? 'tickets' : '';
const first = opened.place || shared; // a link with a result or with code opens at it
chapters.open(alone || first);
place.restore(alone ? '' : first);
mountArrivals(inbox, {
  notice: byId('unopened'),
  asked: opened.flags.getAll('open'),
  goTo({ figure, chapter }, from) {
    if (figure === from || alone) return;
    if (chapters.current.id !== chapter) goTo(chapter);
    place.showStart(figure);
  },
});
if (opened.flags.has('present')) present.begin(first || undefined);
mountPrint(/** @type {HTMLButtonElement} */ (byId('print')), chapters);
mountFooter(byId('footer'), lab.ready);
mountOffline(byId('offline'), lab.ready);
