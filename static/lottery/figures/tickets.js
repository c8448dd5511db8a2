// Figure 3: find lottery tickets, beside random masks and the dense network.
// @ts-check
import { shipped } from '../../records/shipped.js';
import { element } from '../../ui/dom.js';
import { showFault } from '../../ui/fault-box.js';
import { whenNear } from '../../ui/in-view.js';
import { mountChoice } from '../../ui/inputs.js';
import { PAUSED, mountRunner, roughly } from '../../ui/run-bar.js';
import { mountControls } from '../../ui/setting-controls.js';
import { mountSparsity } from '../charts/sparsity-curves.js';
import { liveResult, shippedResult } from '../current-search.js';
import { basis, resultSentence, origin, searched, unfinished } from '../sentences.js';
import { mountExchange } from '../share-search.js';

/** @typedef {import('../../records/types.js').Measurement} Measurement */
/** @typedef {import('../../lab/trials.js').Lottery} Lottery */

const REDRAW = 200; // milliseconds between two pictures of a run, at least
const SHARE = 10; // and at least this many times what a picture costs: the workers need the cores
const TYPING = 500; // milliseconds without a change, after which somebody has finished typing

/** @param {() => void} act @returns {(now?: boolean) => void} acts now, or soon and not too often */
function seldom(act) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let waiting;
  let pause = REDRAW;
  const run = () => {
    clearTimeout(waiting);
    waiting = undefined;
    const began = performance.now();
    act();
    pause = Math.max(REDRAW, SHARE * (performance.now() - began));
  };
  return (now = false) => {
    if (now) run();
    else waiting ??= setTimeout(run, pause);
  };
}

/** @param {Lottery | null} lottery @returns {number} */
const levelsOf = (lottery) => (lottery ? lottery.records.filter(({ arm }) => arm === 'lottery').length : 0);

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab
 * @param {import('../../settings/settings.js').Settings} settings
 * @param {import('../current-search.js').CurrentSearch} currentSearch
 * @param {string | null} expected what the address says the result is
 */
export function mountTickets(node, lab, settings, currentSearch, expected) {
  const find = (/** @type {string} */ part) => /** @type {HTMLElement} */ (node.querySelector(part));
  const controls = mountControls(find('.controls'), settings, 'lottery', find('.more .controls'));
  const chart = mountSparsity(find('.chart'));
  /** @type {Lottery | null} */ let live = null;
  /** @type {Measurement[]} */ let current = []; // networks in training
  /** @type {import('../current-search.js').SearchResult | null} */ let beforehand = null;
  /** @type {import('../../files/read-results.js').Results[]} */ let opened = []; // of files
  let running = false;

  const draw = seldom(() => {
    chart.update({
      live: live?.records ?? [],
      shipped: beforehand?.records ?? [],
      current,
      opened,
      quantity: quantity.value,
      log: scale.value === 'log',
    });
    const title = settings.presets[beforehand?.spec.preset]?.title ?? beforehand?.spec.preset;
    find('.source').textContent = beforehand ? origin(beforehand.file, title, live !== null) : '';
  });
  const quantity = mountChoice(find('.choices'), {
    label: 'Shown',
    options: [
      { value: 'test_acc', label: 'final accuracy' },
      { value: 'best_test_acc', label: 'best accuracy' },
      { value: 'test_loss', label: 'final loss' },
    ],
    onChange: () => draw(true),
  });
  const scale = mountChoice(find('.choices'), {
    label: 'Axis',
    options: [{ value: 'linear', label: 'linear' }, { value: 'log', label: 'log of what is left' }],
    onChange: () => draw(true),
  });

  /** @param {Measurement[]} records @param {string} before @param {string} after */
  const conclude = (records, before, after) => {
    const small = [before, basis(records), after].filter(Boolean).join(' ');
    find('.finding').replaceChildren(resultSentence(records), element('small', { textContent: small }));
  };

  /** What came with the page for a preset, if anything did; else what is shown stays. */
  async function showShipped(/** @type {string} */ preset) {
    const file = await shipped(preset);
    if (!file || beforehand?.file === file) return;
    beforehand = shippedResult(file);
    if (!live) {
      currentSearch.set(beforehand);
      conclude(beforehand.records, 'As shipped.', '');
    }
    draw(true);
  }

  /** Say what a preset is, and how long it will take here. */
  async function forecast() {
    const args = argsNow();
    const asked = JSON.stringify(args);
    controls.help('preset', settings.presets[args.preset]?.sentence ?? '');
    find('.forecast').textContent = '';
    if (running) return;
    try {
      const { seconds, workers } = await lab.estimate(args);
      if (running || asked !== JSON.stringify(argsNow())) return; // there is a newer question
      const on = workers > 1 ? `this device’s ${workers} workers` : 'one worker of this device';
      find('.forecast').textContent = seconds === 0 ? 'All of it is kept in this browser: it will be there at once.'
        : seconds ? `About ${roughly(seconds)} on ${on}.` : '';
    } catch {
      find('.forecast').textContent = ''; // a bad value is explained when somebody presses Start
    }
  }

  /** What is kept here, and the way to be rid of it. */
  async function showKept() {
    const count = await lab.kept.count();
    find('.kept').hidden = count === 0;
    const where = lab.kept.store.problem ? 'until this page is closed' : 'in this browser';
    find('.kept span').textContent = `${count} finished ${count === 1 ? 'result is' : 'results are'} kept ${where}, ` +
      'so that the same need not be trained again. ';
  }

  /** @returns {Record<string, any>} */
  const argsNow = () => ({ ...settings.args('lottery'), dataset: settings.args('dataset') });
  /** @type {Record<string, any> | null} */ let args = null; // of the run that is going on, or is to go on
  let begun = false; // whether that run has told of itself: what is `live` is an earlier one's before

  /** @param {AbortSignal} signal @param {(progress: import('../../lab/messages.js').Progress) => void} onProgress */
  async function search(signal, onProgress) {
    if (!args) begun = false;
    const wanted = (args ??= argsNow());
    controls.showError('');
    running = true;
    find('.forecast').textContent = '';
    find('.finding').setAttribute('aria-busy', 'true'); // read out when it is settled
    find('.kept').hidden = true;
    let told = false; // since it began, or went on
    let levels = -1;
    try {
      live = await lab.run('lottery', wanted, {
        keep: true,
        signal,
        onProgress(progress) {
          if (!told) {
            lab.kept.begin(wanted);
            find('.finding').replaceChildren(); // only now is there something newer
          }
          told = begun = true;
          live = /** @type {any} */ (progress); // has all of a lottery's result
          current = progress.current;
          draw();
          if (levelsOf(live) !== levels) {
            levels = levelsOf(live);
            lab.kept.saveProgress(wanted, progress.fraction ?? 0);
            currentSearch.set(liveResult(/** @type {Lottery} */ (live), false));
            conclude(progress.records, '', '');
          }
          onProgress(progress);
        },
      });
      current = [];
      const { spec, records } = /** @type {Lottery} */ (live);
      currentSearch.set(liveResult(/** @type {Lottery} */ (live), true));
      conclude(records, '', searched(spec));
      await end();
    } catch (error) {
      current = [];
      // What was measured before the stop stays; before a first measurement, so does the last run.
      if (begun && live) conclude(live.records, signal.reason === PAUSED ? 'Paused.' : 'Stopped early.', '');
      // A run that was not ended by its owner is offered again.
      if (/** @type {Error} */ (error).name !== 'AbortError') args = null;
      else if (signal.reason !== PAUSED) await end();
      throw error;
    } finally {
      running = false;
      find('.finding').removeAttribute('aria-busy');
      draw(true);
      showKept();
      forecast();
    }
  }

  async function end() {
    const ended = args;
    args = null;
    if (ended) await lab.kept.end(ended);
  }

  const runner = mountRunner(find('.runner'), {
    label: 'Find lottery tickets',
    showError: (error) => controls.showError(error.message),
    run: search,
    stopped() {
      const levels = begun ? levelsOf(live) : 0;
      if (!levels) return 'Stopped.';
      const until = lab.kept.store.problem ? ' until this page is closed' : '';
      return `Stopped. ${levels} finished ${levels === 1 ? 'level is' : 'levels are'} kept${until}: ` +
        'starting again goes on from there.';
    },
    drop() {
      if (begun && live) conclude(live.records, 'Stopped early.', '');
      end();
    },
  });

  /** @param {import('../../lab/checkpoints.js').Unfinished} run */
  function offer(run) {
    const spec = { ...settings.presets[run.args.preset]?.spec, ...run.args };
    const box = element('p', { className: 'offer', textContent: unfinished(spec, run.fraction) });
    const go = element('button', { type: 'button', className: 'plain', textContent: 'Go on with it' });
    const forget = element('button', { type: 'button', className: 'plain', textContent: 'Forget it' });
    const busy = element('span', { className: 'problem' });
    busy.setAttribute('role', 'status');
    box.append(go, forget, busy);
    const close = () => {
      if (box.contains(document.activeElement)) find('.runner').focus();
      box.remove();
    };
    go.addEventListener('click', () => {
      busy.textContent = '';
      if (running || args) { // one thing at a time
        busy.textContent = ' Another run is at work or paused: let it end, or stop it, then go on with this one.';
        return;
      }
      settings.take('lottery', run.args);
      settings.take('dataset', run.args.dataset);
      [args, begun] = [run.args, false];
      runner.start();
      close();
      find('.runner').focus();
    });
    forget.addEventListener('click', () => {
      lab.kept.end(run.args);
      close();
    });
    lab.kept.addEventListener('settled', (event) => {
      if (/** @type {CustomEvent<string[]>} */ (event).detail.includes(run.name)) close();
    });
    find('.offers').append(box);
  }

  const tellProblem = () => {
    const sentence = lab.kept.store.problem;
    showFault(find('.keeping'), sentence ? { sentence, detail: '' } : null, () => lab.kept.store.again());
    showKept();
  };
  lab.kept.store.addEventListener('problem', tellProblem);
  if (lab.kept.store.problem) tellProblem(); // a script may have met it before this figure was there
  find('.kept button').addEventListener('click', async () => {
    await lab.kept.clear();
    find('.runner').focus();
    showKept();
    forecast();
  });

  /** @type {ReturnType<typeof setTimeout> | undefined} */ let typing;
  settings.addEventListener('change', (event) => {
    const { group, name } = /** @type {CustomEvent} */ (event).detail;
    if (group === 'train') return;
    if (name === 'preset') showShipped(argsNow().preset).catch(() => {});
    find('.forecast').textContent = ''; // it was about something else
    clearTimeout(typing);
    typing = setTimeout(forecast, TYPING);
  });
  // Measuring costs a second of a core: not before somebody looks at the figure, or prints it.
  whenNear([find('.runner')], '0%').then(() => lab.ready).then(forecast, () => {});
  mountExchange(node, {
    lab, settings, currentSearch, expected,
    drawn: () => [
      { name: 'your run', records: live?.records ?? [] },
      { name: 'shipped', records: beforehand?.records ?? [] },
      ...opened,
    ],
    onOpen(all) {
      opened = all;
      draw(true);
    },
  });
  controls.help('preset', settings.presets[argsNow().preset]?.sentence ?? '');
  showShipped('quick').then(() => showShipped(argsNow().preset)).catch(() => {}); // pictures less, no more
  lab.kept.unfinishedRuns(offer);
  showKept();
  draw(true);
}
