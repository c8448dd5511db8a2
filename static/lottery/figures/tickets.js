// The search figure: find lottery tickets, beside random masks and the dense network. It joins the
// settings, the visitor's run, what came with the page and what was opened from files.
// @ts-check
import { LotteryRun } from '../../lab/lottery-run.js';
import { formatDurationAbout } from '../../records/format.js';
import { shipped } from '../../records/shipped.js';
import { describeWhatDiffers } from '../../settings/made-with.js';
import { element, finderIn } from '../../ui/dom.js';
import { whenNear } from '../../ui/in-view.js';
import { mountChoice } from '../../ui/inputs.js';
import { mountRunBar } from '../../ui/run-bar.js';
import { mountControls } from '../../ui/setting-controls.js';
import { mountStaleNote, startIn } from '../../ui/stale-note.js';
import { throttle } from '../../ui/throttle.js';
import { mountSparsityChart, whatIs } from '../charts/sparsity-curves.js';
import { CurrentSearch, liveResult, shippedResult } from '../current-search.js';
import { basis, origin, resultSentence, searched, unfinished } from '../sentences.js';
import { mountShare } from '../share-search.js';
import { mountEditedSearch } from './edited-search.js';
import { mountKeptResults } from './kept-results.js';
import { mountUnfinishedRuns } from './unfinished-runs.js';

/** @typedef {import('../../records/types.js').Measurement} Measurement */
/** @typedef {import('../../lab/trials.js').Lottery} Lottery */
/** @typedef {import('../../settings/settings.js').Settings} Settings */
/** @typedef {import('../current-search.js').SearchResult} SearchResult */

const TYPING = 500; // milliseconds without a change, after which somebody has finished typing

/**
 * What the parts of the figure share.
 * @typedef {object} Figure
 * @property {(part: string) => HTMLElement} find within the figure
 * @property {import('../../lab/lab.js').Lab} lab
 * @property {Settings} settings
 * @property {CurrentSearch} currentSearch
 * @property {LotteryRun} run the visitor's
 * @property {import('../../files/opened-results.js').OpenedResults} opened
 * @property {{preset: SearchResult | null}} cameWithPage the shipped search that is drawn
 * @property {ReturnType<typeof mountControls>} controls
 */

/** @param {Settings} settings @returns {Record<string, any>} the arguments of the job `lottery` */
const argsOf = (settings) => ({ ...settings.args('lottery'), dataset: settings.args('dataset') });

/** A link has mean accuracies alone. @param {Record<string, any>[]} records @param {string} quantity */
const withValue = (records, quantity) =>
  /** @type {Measurement[]} */ (records.filter((record) => Number.isFinite(record[quantity]))); // they were checked when read

/** The chart with its choices, which are of this visit only. @param {Figure} figure @returns {(now?: boolean) => void} draws it */
function mountPicture({ find, settings, run, opened, cameWithPage }) {
  const chart = mountSparsityChart(find('.chart'));
  const draw = throttle(() => {
    const beforehand = run.live?.spec.dataset.source ? null : cameWithPage.preset; // that is of MNIST-1D
    const what = whatIs(quantity.value);
    shown.rename('value', what[0].toUpperCase() + what.slice(1));
    chart.update({
      live: run.live?.records ?? [],
      shipped: beforehand?.records ?? [],
      current: run.current,
      opened: opened.all.map(({ name, records }) => ({ name, records: withValue(records, quantity.value) })),
      quantity: quantity.value,
      difference: shown.value === 'difference',
      log: scale.value === 'log',
    });
    find('.source').textContent = beforehand?.file ?
      origin(beforehand.file, settings.presets[beforehand.spec.preset]?.title ?? beforehand.spec.preset, run.live !== null) : '';
  });
  const shown = mountChoice(find('.choices'), {
    label: 'Shown',
    options: [{ value: 'value', label: 'Test accuracy' }, { value: 'difference', label: 'Difference to dense' }],
    onChange: () => draw(true),
  });
  const quantity = mountChoice(find('.choices'), {
    label: 'Measured',
    options: [
      { value: 'test_acc', label: 'final accuracy' },
      { value: 'best_test_acc', label: 'best accuracy' },
      { value: 'test_loss', label: 'final loss' },
    ],
    onChange: () => draw(true),
  });
  const scale = mountChoice(find('.choices'), {
    label: 'Axis',
    options: [{ value: 'linear', label: 'linear' }, { value: 'log', label: 'log of the weights left' }],
    onChange: () => draw(true),
  });
  opened.addEventListener('change', () => draw(true));
  return draw;
}

/**
 * Write the sentence of what was found, and on how many trials it is based.
 * @param {Figure} figure @param {Measurement[]} records @param {string} before @param {string} after
 */
function conclude({ find }, records, before, after) {
  const small = [before, basis(records), after].filter(Boolean).join(' ');
  find('.finding').replaceChildren(resultSentence(records), element('small', { textContent: small }));
}

/**
 * Show what came with the page for a preset, and nothing if nothing did.
 * @param {Figure} figure @param {string} preset @param {(now: boolean) => void} draw
 */
async function showShipped(figure, preset, draw) {
  const { find, settings, cameWithPage, currentSearch, run } = figure;
  const file = await shipped(preset);
  if (preset !== argsOf(settings).preset) return; // another one was chosen meanwhile
  if (cameWithPage.preset && cameWithPage.preset.file === file) return;
  cameWithPage.preset = file ? shippedResult(file) : null;
  if (!run.live && !cameWithPage.preset) {
    find('.finding').textContent = 'No results of this preset came with the page. Start a run to draw yours.';
  } else if (!run.live && cameWithPage.preset) {
    currentSearch.set(cameWithPage.preset);
    conclude(figure, cameWithPage.preset.records, 'As shipped.', '');
  }
  draw(true);
}

/** Say what a preset is, and how long it will take here. @param {Figure} figure */
async function forecast({ find, lab, settings, run, controls }) {
  const args = argsOf(settings);
  const asked = JSON.stringify(args);
  controls.help('preset', settings.presets[args.preset]?.sentence ?? '');
  find('.forecast').textContent = '';
  if (run.running) return;
  try {
    const { seconds, workers } = await lab.estimate(args);
    if (run.running || asked !== JSON.stringify(argsOf(settings))) return; // there is a newer question
    const on = workers > 1 ? `this device, with ${workers} workers` : 'this device, with one worker';
    const where = lab.kept.store.problem ? 'still here' : 'kept in this browser';
    find('.forecast').textContent = seconds === 0 ? `All of it is ${where}, so nothing has to be trained.`
      : seconds ? `About ${formatDurationAbout(seconds)} on ${on}.` : '';
  } catch {
    find('.forecast').textContent = ''; // a bad value is explained when somebody presses Start
  }
}

/**
 * Show the run as it goes.
 * @param {Figure} figure @param {(now?: boolean) => void} draw @param {() => void} showKept
 */
function followRun(figure, draw, showKept) {
  const { find, currentSearch, run, controls } = figure;
  const found = () => /** @type {Lottery} */ (run.live);
  run.addEventListener('start', () => {
    controls.showError('');
    find('.forecast').textContent = '';
    find('.finding').setAttribute('aria-busy', 'true'); // it is read out when the run is settled
    find('.kept').hidden = true;
  });
  run.addEventListener('begin', () => find('.finding').replaceChildren()); // the first progress replaces what was shown
  run.addEventListener('progress', () => draw());
  run.addEventListener('level', () => {
    currentSearch.set(liveResult(found(), false));
    conclude(figure, found().records, '', '');
  });
  run.addEventListener('complete', () => {
    currentSearch.set(liveResult(found(), true));
    conclude(figure, found().records, '', searched(found().spec));
    figure.lab.results.tell({ kind: 'search', spec: found().spec, records: found().records });
  });
  run.addEventListener('interrupted', (event) => {
    const paused = /** @type {CustomEvent<boolean>} */ (event).detail;
    conclude(figure, found().records, paused ? 'Paused.' : 'Stopped early.', '');
  });
  run.addEventListener('settled', () => {
    find('.finding').removeAttribute('aria-busy');
    draw(true);
    showKept();
    forecast(figure);
  });
}

/** Keep the run before as a dotted line when one with other settings begins. @param {Figure} figure */
function keepEarlierRuns({ run, opened, settings }) {
  let count = 0;
  /** @type {Lottery | null} */ let ended = null;
  run.addEventListener('complete', () => { ended = run.live; });
  run.addEventListener('begin', () => { // `live` is still the run before
    if (!ended || run.live !== ended) return;
    const { spec, records } = ended;
    const different = describeWhatDiffers(settings, { dataset: spec.dataset, lottery: spec });
    if (different) opened.add({ name: `run ${count += 1}: ${different}`, spec, records });
    ended = null;
  });
}

/** @param {LotteryRun} run @param {import('../../lab/store.js').Store} store @returns {string} what is said when it was stopped */
function stoppedSentence({ begun, levels }, store) {
  if (!begun || !levels) return 'Stopped.';
  const until = store.problem ? ' until this page is closed' : '';
  return `Stopped. ${levels} finished ${levels === 1 ? 'level is' : 'levels are'} kept${until}: ` +
    'starting again goes on from there.';
}

/** @param {Figure} figure */
function mountRunOf({ find, lab, settings, run, controls }) {
  return mountRunBar(find('.runner'), {
    label: 'Find lottery tickets',
    showError: (error) => controls.showError(error.message),
    run: (signal, onProgress) => run.run(() => argsOf(settings), { signal, onProgress }),
    stopped: () => stoppedSentence(run, lab.kept.store),
    drop: () => run.drop(),
  });
}

/** Follow the settings. @param {Figure} figure @param {(now?: boolean) => void} draw */
function followSettings(figure, draw) {
  const { find, settings } = figure;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let typing;
  settings.addEventListener('change', (event) => {
    const { group, name } = /** @type {CustomEvent} */ (event).detail;
    if (group === 'train') return;
    if (name === 'preset') showShipped(figure, argsOf(settings).preset, draw).catch(() => {});
    find('.forecast').textContent = ''; // the message was about the earlier settings
    clearTimeout(typing);
    typing = setTimeout(() => forecast(figure), TYPING);
  });
}

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab @param {Settings} settings
 * @param {{result: string | null, code: string | null}} said by the address: what the result is, and somebody's code
 * @param {import('../../files/results-inbox.js').ResultsInbox} inbox
 * @param {() => void} forgetCode leaves the code out of the address
 * @returns {CurrentSearch} the search that is shown: it is what all figures of the lottery are about
 */
export function mountTicketsFigure(node, lab, settings, { result: expected, code }, inbox, forgetCode) {
  const find = finderIn(node);
  const currentSearch = new CurrentSearch();
  const controls = mountControls(find('.controls'), settings, 'lottery', find('.more .controls'));
  const [run, opened] = [new LotteryRun(lab), inbox.list('search')];
  /** @type {Figure} */
  const figure = { find, lab, settings, currentSearch, run, opened, cameWithPage: { preset: null }, controls };
  const draw = mountPicture(figure);
  const kept = mountKeptResults(find, lab.kept, () => forecast(figure));
  followRun(figure, draw, kept.show);
  keepEarlierRuns(figure);
  const runner = mountRunOf(figure);
  followSettings(figure, draw);
  // Measuring takes a second of a core: not before somebody looks at the figure, or prints it.
  // Measuring takes a worker for some seconds: a run that is started at once comes first.
  whenNear([find('.runner')], '0%').then(() => lab.ready).then(() => lab.warm).then(() => forecast(figure), () => {});
  mountShare(node, {
    lab, settings, currentSearch, expected, inbox,
    drawn: () => [
      { name: 'your run', records: run.live?.records ?? [] },
      { name: 'shipped', records: figure.cameWithPage.preset?.records ?? [] },
      ...opened.all,
    ],
  });
  mountEditedSearch(find('.finding'), { lab, settings, opened, code, forgetCode });
  const preset = () => argsOf(settings).preset;
  controls.help('preset', settings.presets[preset()]?.sentence ?? '');
  showShipped(figure, preset(), draw).catch(() => {}); // without it the figure only lacks its background curves
  mountUnfinishedRuns(find, lab.kept, {
    describe: ({ args, ...kept }) => unfinished({ ...settings.presets[args.preset]?.spec, ...args }, kept),
    goOn({ args }) {
      if (run.busy) return false;
      settings.take('lottery', args);
      settings.take('dataset', args.dataset);
      run.take(args);
      return runner.start();
    },
  });
  const compare = mountStaleNote(node, settings, () => {
    const spec = run.live?.spec ?? figure.cameWithPage.preset?.spec;
    return spec ? { dataset: spec.dataset, lottery: spec } : null;
  }, startIn(node));
  currentSearch.addEventListener('change', compare);
  kept.show();
  draw(true);
  return currentSearch;
}
