// Figure 6: take the ticket apart: its arms against dense, and how they learn.
// @ts-check
import { formatPercent } from '../../records/format.js';
import { describeRecords } from '../../records/summary-table.js';
import { SETTINGS } from '../../settings/table.js';
import { element } from '../../ui/dom.js';
import { mountChoice, select, ticks } from '../../ui/inputs.js';
import { mountRunner } from '../../ui/run-bar.js';
import { mountControls } from '../../ui/setting-controls.js';
import { NoTicketError } from '../ablation-run.js';
import { deltas, inWords } from '../arm-differences.js';
import { mountArmCurvesChart } from '../charts/arm-curves.js';
import { describe, mountArmDifferencesChart } from '../charts/arm-differences.js';
import { sparsityAt } from '../levels.js';
import * as published from '../published.js';

/** @typedef {import('../ablation-run.js').Arms} Arms */
/** @typedef {import('../ablation-run.js').Part} Part */

/** @type {[string, string][]} */
const CHOICES = [
  ['late', 'late rewind'], ['flipped', 'flipped'], ['reinitialized', 'reinitialized'],
  ['chunked', 'chunks permuted'], ['shuffled', 'shuffled'], ['random', 'random mask'], ['permuted', 'permuted mask'],
];

/**
 * Dense and lottery on fresh data are always wanted: the others are set against them.
 * @param {Part[]} parts @param {string[]} chosen @returns {Part[]}
 */
const wanted = (parts, chosen) => parts.filter(({ arm, condition }) =>
  ['fresh', ...chosen].includes(condition) && ['dense', 'lottery', ...chosen].includes(arm));

/** @param {Arms} arms @returns {string} what is smaller here than in the published analysis */
function reduced({ spec }) {
  const all = /** @type {const} */ ([['steps', 'steps'], ['batch_size', 'examples a batch'], ['hidden', 'hidden units']]);
  const smaller = all.filter(([name]) => spec[name] < published.SETTINGS[name]);
  const parts = smaller.map(([name, text]) => `${spec[name]} ${text} where the published analysis has ${published.SETTINGS[name]}`);
  return parts.length ? `Reduced: ${parts.join('; ')}.` : 'The published settings.';
}

/** @param {Arms} arms @returns {string} whose differences they are */
function ticketOf({ spec, records, running }) {
  const row = [...records, ...running].find(({ arm }) => arm === 'lottery');
  return `level ${spec.level}${row ? `, ${formatPercent(100 * row.sparsity)} deleted` : ''}`;
}

/** @param {Arms} shipped @returns {string} */
const origin = (shipped) => `Shipped with the page, pale: the ${shipped.spec.preset} preset, ${ticketOf(shipped)}, ` +
  `${shipped.spec.steps} steps, batch ${shipped.spec.batch_size}, n\u00a0=\u00a0${shipped.spec.n}. ${reduced(shipped)}`;

/** @param {Arms} arms @returns {string} the difference that matters most; '' if there is none yet */
function finding({ records }) {
  const found = deltas(records);
  const ticket = found.find(({ arm, condition }) => arm === 'lottery' && condition === 'fresh');
  const random = found.find(({ arm, condition }) => arm === 'random' && condition === 'fresh');
  if (!ticket) return '';
  const other = random ? `; a random mask of the same size, Δ = ${inWords(random)}` : '';
  return `On data it has never seen the ticket’s Δ to dense is ${inWords(ticket)}${other} (points of test accuracy).`;
}

/**
 * @param {HTMLElement} node of the differences @param {HTMLElement} below of the learning curves
 * @param {import('../ablation-run.js').AblationRun} analysis
 * @param {import('../current-search.js').CurrentSearch} currentSearch @param {import('../../settings/settings.js').Settings} settings
 * @returns {Record<'differences' | 'curves', () => import('../../records/types.js').TextAlternative | null>} what is
 *   drawn, in words and numbers
 */
export function mountArmsFigure(node, below, analysis, currentSearch, settings) {
  const find = (/** @type {string} */ part) => /** @type {HTMLElement} */ ((node.querySelector(part) ?? below.querySelector(part)));
  const chart = mountArmDifferencesChart(find('.differences'));
  const curves = mountArmCurvesChart(find('.learning'));
  /** @type {import('../charts/arm-differences.js').Differences | null} */ let drawn = null;
  /** @type {any[]} */ let learned = [];
  const controls = mountControls(find('.controls'), settings, 'arms');
  const level = select('Ticket', (value) => analysis.choose(Number(value)));
  find('.controls').prepend(level.box);
  const rows = SETTINGS.filter(({ group }) => group === 'arms');
  const restore = element('button', {
    className: 'plain small', type: 'button',
    textContent: `Use the published settings: ${published.SETTINGS.steps} steps, batch ${published.SETTINGS.batch_size}`,
  });
  restore.addEventListener('click', () => {
    for (const row of rows) settings.set(row, published.SETTINGS[/** @type {'steps'} */ (row.name)]);
  });
  const arms = ticks('Arms beside lottery and dense', CHOICES, CHOICES.map(([value]) => value), () => {});
  find('.choices').append(restore, arms.box);
  const overlay = ticks('Published values', [
    ['figure', `◇ ${published.SOURCES.figure}`], ['rerun', `✕ ${published.SOURCES.rerun}`],
  ], ['figure', 'rerun'], () => draw());
  find('.overlay').append(overlay.box);
  const quantity = mountChoice(find('.quantity'), {
    label: 'Curves of',
    options: [{ value: 'test_acc', label: 'test accuracy' }, { value: 'test_loss', label: 'test loss' }],
    onChange: () => draw(),
  });

  /** @param {Arms} arms @returns {boolean} whether they are of the search and the level that are chosen */
  const chosen = ({ spec }) => spec.level === Number(level.input.value) && !analysis.armsOf(currentSearch.current).other;

  /** Draw what is there: the shipped analysis behind, a live one on top of it. */
  function draw() {
    const { current, shipped } = analysis;
    const sources = overlay.read();
    for (const part of [node.querySelector('.overlay'), below]) part?.toggleAttribute('hidden', !current && !shipped);
    find('.differences').hidden = !current && !shipped; // an axis alone says nothing
    drawn = {
      live: current ? deltas(current.records) : [],
      shipped: shipped ? deltas(shipped.records) : [],
      published: published.publishedDeltas().filter(({ source }) => sources.includes(source)),
    };
    chart.update(drawn);
    const shown = current ?? shipped;
    if (!shown) return;
    learned = [...shown.records, ...shown.running];
    curves.update({ records: learned, steps: shown.spec.steps, quantity: /** @type {'test_acc'} */ (quantity.value) });
    const notes = [
      current ? `Your run: the ticket of ${ticketOf(current)}. ${reduced(current)}` : '',
      current && !chosen(current) ? 'It is not the ticket chosen above, which is yet to be taken apart.' : '',
      shipped ? origin(shipped) : '',
    ];
    find('.finding').replaceChildren(finding(shown), element('small', { textContent: notes.filter(Boolean).join(' ') }));
  }

  /** Show which tickets there are, and which is taken. */
  function refresh() {
    const now = currentSearch.current;
    if (now) {
      const known = analysis.levels(now);
      level.show(known.levels.map((one) => [
        String(one), `level ${one}: ${formatPercent(100 * Number(sparsityAt(now.records, one)))} deleted`,
      ]), String(known.level));
    }
    draw();
  }

  mountRunner(find('.runner'), {
    label: 'Take the ticket apart',
    showError: (error) => {
      if (controls.showError(error.message)) return true;
      find('.unready').textContent = error.name === NoTicketError.name ? error.message : '';
      return error.name === NoTicketError.name;
    },
    async run(signal, onProgress) {
      controls.showError('');
      find('.unready').textContent = '';
      const now = currentSearch.current;
      if (!now) throw new NoTicketError();
      const spec = { ...settings.args('arms'), level: analysis.levels(now).level };
      const arguments_ = /** @type {import('../ablation-run.js').ArmSettings} */ (/** @type {unknown} */ (spec));
      const parts = wanted(await analysis.plan(now, arguments_), arms.read());
      if (!parts.length) throw new NoTicketError();
      const about = { spec: { ...arguments_, hidden: now.spec.hidden, lottery: now.spec }, shipped: false };
      const records = await analysis.finish(parts, {
        signal,
        onProgress({ done, total, records: ended, running }) {
          analysis.set({ ...about, records: ended, running });
          onProgress({ done, total, records: [], current: [] });
        },
      });
      analysis.set({ ...about, records, running: [] });
    },
  });
  currentSearch.addEventListener('change', refresh);
  analysis.addEventListener('change', draw);
  analysis.addEventListener('level', refresh);
  refresh();
  return {
    differences: () => drawn && describe(drawn),
    curves: () => describeRecords([{ name: '', records: learned }]),
  };
}
