// The composition root: settings, lab and figures, put together. Nothing else lives here.
// @ts-check
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

// A wing's code is loaded when a chapter that needs it is opened, and the search of the cover when the digits
// have been drawn. The search is the one that all figures of the lottery are about.
const search = async () => {
  const { mountTicketsFigure } = await import('./static/lottery/figures/tickets.js');
  return mountTicketsFigure(byId('tickets'), lab, settings, opened, () => address.forgetCode());
};
/** @type {ReturnType<typeof search> | undefined} */ let current;
const chapters = new Chapters(byId('chapters'), {
  cover: () => (current ??= search()),
  data: async () => {
    const { mountDataChapter } = await import('./static/dataset/figures/data-chapter.js');
    mountDataChapter(byId, lab, settings, opened.code, () => address.forgetCode());
  },
  networks: async () => {
    const { mountNetworksChapter } = await import('./static/models/figures/networks-chapter.js');
    mountNetworksChapter(byId, lab, settings, opened.code, () => address.forgetCode());
  },
  ticket: async () => {
    const { mountTicketChapter } = await import('./static/lottery/figures/ticket-chapter.js');
    mountTicketChapter(byId, lab, settings, await (current ??= search()));
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
if (opened.flags.has('present')) present.begin(first || undefined);
mountPrint(/** @type {HTMLButtonElement} */ (byId('print')), chapters);
mountFooter(byId('footer'), lab.ready);
mountOffline(byId('offline'), lab.ready);
