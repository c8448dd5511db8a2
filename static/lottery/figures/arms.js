// The arms figure: take the ticket apart. Its arms against the dense network, and how they learn.
// @ts-check
import { formatPercent } from '../../records/format.js';
import { describeRecords } from '../../records/summary-table.js';
import { SETTINGS } from '../../settings/table.js';
import { element } from '../../ui/dom.js';
import { mountChoice, select, ticks } from '../../ui/inputs.js';
import { mountRunBar } from '../../ui/run-bar.js';
import { mountControls } from '../../ui/setting-controls.js';
import { NoTicketError, armsCode } from '../ablation-run.js';
import { deltas, describeDelta } from '../arm-differences.js';
import { mountArmCurvesChart } from '../charts/arm-curves.js';
import { describe, mountArmDifferencesChart } from '../charts/arm-differences.js';
import { sparsityAt } from '../levels.js';
import { openedArms } from '../opened-results.js';
import * as published from '../published.js';

/** @typedef {import('../../settings/settings.js').Settings} Settings */
/** @typedef {import('../ablation-run.js').AblationRun} AblationRun */
/** @typedef {import('../ablation-run.js').Arms} Arms */
/** @typedef {import('../ablation-run.js').Part} Part */
/** @typedef {import('../arm-differences.js').Row} Row */
/** @typedef {import('../current-search.js').SearchResult} SearchResult */
/** @typedef {import('../opened-results.js').OpenedArms} OpenedArms */
/** @typedef {(part: string) => HTMLElement} Find within the figure */

/** @type {[string, string][]} */
export const CHOICES = [
  ['late', 'late rewind'], ['flipped', 'flipped'], ['reinitialized', 'reinitialised'],
  ['chunked', 'chunks permuted'], ['halves', 'halves swapped'], ['shuffled', 'shuffled'], ['random', 'random mask'], ['permuted', 'permuted mask'],
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
  `${shipped.spec.steps} steps, batch ${shipped.spec.batch_size}, n\u00a0=\u00a0${shipped.spec.n} seeds` +
  `${dataClause(shipped)}. ${reduced(shipped)}`;

/** @param {Arms} arms @returns {string} on how many fresh datasets, if on more than one */
function dataClause({ records }) {
  const count = new Set(records.map(({ fresh_seed }) => fresh_seed ?? 1)).size;
  return count > 1 ? `, each the mean of ${count} fresh datasets` : '';
}

/** @param {Arms} arms @returns {string} the difference that matters most; '' if there is none yet */
function ticketSentence({ records }) {
  const found = deltas(records);
  const ticket = found.find(({ arm, condition }) => arm === 'lottery' && condition === 'fresh');
  const random = found.find(({ arm, condition }) => arm === 'random' && condition === 'fresh');
  if (!ticket) return '';
  const other = random ? `; a random mask of the same size, Δ = ${describeDelta(random)}` : '';
  return `On fresh data the ticket’s Δ to dense is ${describeDelta(ticket)}${other} (points of test accuracy).`;
}

/** @param {{current: Arms | null, shipped: Arms | null}} ablation @returns {string} where what is drawn comes from */
const describeSources = ({ current, shipped }) => [
  current ? `Your run: the ticket of ${ticketOf(current)}${dataClause(current)}. ${reduced(current)}` : '',
  shipped ? origin(shipped) : '',
].filter(Boolean).join(' ');

/** What is said below the sentence. @param {Arms} shown @param {boolean} live whether it is the visitor's @param {boolean} otherTicket */
const basisOf = (shown, live, otherTicket) => [
  `${live ? 'Your run' : 'As shipped'}: the ticket of ${ticketOf(shown)}.`,
  live && otherTicket ? 'The ticket chosen above has not been taken apart yet.' : '',
].filter(Boolean).join(' ');

/**
 * @param {{current: Arms | null, shipped: Arms | null}} ablation @param {string[]} sources of published values
 * @param {OpenedArms[]} opened
 */
const differencesOf = ({ current, shipped }, sources, opened) => ({
  opened,
  live: current ? deltas(current.records) : [],
  shipped: shipped ? deltas(shipped.records) : [],
  published: published.publishedDeltas().filter(({ source }) => sources.includes(source)),
});

/** Which tickets there are, and which is taken. @param {AblationRun} ablation @param {SearchResult} result @returns {[[string, string][], string]} */
function ticketOptions(ablation, result) {
  const { levels, level } = ablation.levels(result);
  const text = (/** @type {number} */ one) => `level ${one}: ${formatPercent(100 * Number(sparsityAt(result.records, one)))} deleted`;
  return [levels.map((one) => [String(one), text(one)]), String(level)];
}

/**
 * The choices of what is run: the ticket, the arms, the published settings.
 * @param {Find} find @param {AblationRun} ablation @param {Settings} settings
 */
function mountRunChoices(find, ablation, settings) {
  const controls = mountControls(find('.controls'), settings, 'arms');
  const level = select('Ticket', (value) => ablation.choose(Number(value)));
  find('.controls').prepend(level.box);
  const restore = element('button', {
    className: 'plain small', type: 'button',
    textContent: `Use the published settings: ${published.SETTINGS.steps} steps, batch ${published.SETTINGS.batch_size}`,
  });
  restore.addEventListener('click', () => {
    for (const setting of SETTINGS.filter(({ group }) => group === 'arms')) {
      const value = published.SETTINGS[/** @type {'steps'} */ (setting.name)];
      if (value !== undefined) settings.set(setting, value);
    }
  });
  const arms = ticks('Arms beside lottery and dense', CHOICES, CHOICES.map(([value]) => value), () => {});
  find('.choices').append(restore, arms.box);
  return { controls, level, arms };
}

/**
 * The choices of what is drawn: published values, accuracy or loss.
 * @param {Find} find @param {() => void} onChange
 */
function mountDrawChoices(find, onChange) {
  const overlay = ticks('Published values', [
    ['figure', `◇ ${published.SOURCES.figure}`], ['rerun', `✕ ${published.SOURCES.rerun}`],
  ], ['figure', 'rerun'], onChange);
  find('.overlay').append(overlay.box);
  const quantity = mountChoice(find('.quantity'), {
    label: 'Curves of',
    options: [{ value: 'test_acc', label: 'test accuracy' }, { value: 'test_loss', label: 'test loss' }],
    onChange,
  });
  return { overlay, quantity };
}

/** @param {AblationRun} ablation @param {SearchResult} result @param {Settings} settings @returns {import('../ablation-run.js').ArmSettings} */
const askedOf = (ablation, result, settings) => ({ ...settings.args('arms'), level: ablation.levels(result).level });

/**
 * Run the arms that are ticked for the chosen ticket.
 * @param {AblationRun} ablation @param {SearchResult | null} result @param {Settings} settings @param {string[]} ticked
 * @param {{signal: AbortSignal, onProgress: (progress: import('../../lab/messages.js').Progress) => void}} options
 */
async function takeApart(ablation, result, settings, ticked, { signal, onProgress }) {
  if (!result) throw new NoTicketError();
  const spec = askedOf(ablation, result, settings);
  const parts = wanted(await ablation.plan(result, spec), ticked);
  if (!parts.length) throw new NoTicketError();
  const about = { spec: { ...spec, hidden: result.spec.hidden, lottery: result.spec }, shipped: false };
  const records = await ablation.finish(parts, {
    signal,
    onProgress({ done, total, records: ended, running }) {
      ablation.set({ ...about, records: ended, running });
      onProgress({ done, total, records: [], current: [] });
    },
  });
  ablation.set({ ...about, records, running: [] });
}

/**
 * @param {Find} find
 * @param {{ablation: AblationRun, currentSearch: import('../current-search.js').CurrentSearch, settings: Settings} &
 *   Pick<ReturnType<typeof mountRunChoices>, 'controls' | 'arms'>} parts
 */
function mountRunner(find, { ablation, currentSearch, settings, controls, arms }) {
  mountRunBar(find('.runner'), {
    label: 'Take the ticket apart',
    showError: (error) => {
      if (controls.showError(error.message)) return true;
      find('.unready').textContent = error.name === NoTicketError.name ? error.message : '';
      return error.name === NoTicketError.name;
    },
    run(signal, onProgress) {
      controls.showError('');
      find('.unready').textContent = '';
      return takeApart(ablation, currentSearch.current, settings, arms.read(), { signal, onProgress });
    },
  });
}

/**
 * @param {HTMLElement} node of the differences @param {HTMLElement} below of the learning curves
 * @param {AblationRun} ablation
 * @param {import('../current-search.js').CurrentSearch} currentSearch @param {Settings} settings
 * @param {import('../../files/opened-results.js').OpenedResults} files of the kind “arms”
 * @returns {Record<'differences' | 'curves', () => import('../../records/types.js').TextAlternative | null> &
 *   {wantedCode: () => import('../../files/python-figures.js').Wanted}} what is drawn, in words and numbers; what its
 *   program computes
 */
export function mountArmsFigure(node, below, ablation, currentSearch, settings, files) {
  const find = (/** @type {string} */ part) => /** @type {HTMLElement} */ ((node.querySelector(part) ?? below.querySelector(part)));
  const chart = mountArmDifferencesChart(find('.differences'));
  const curves = mountArmCurvesChart(find('.learning'));
  /** @type {import('../charts/arm-differences.js').Differences | null} */ let drawn = null;
  /** @type {Row[]} */ let learned = [];
  const { controls, level, arms } = mountRunChoices(find, ablation, settings);
  const { overlay, quantity } = mountDrawChoices(find, () => draw());

  /** @param {Arms} arms @returns {boolean} whether they are of another search or level than the chosen ones */
  const ofOtherTicket = ({ spec }) => spec.level !== Number(level.input.value) || ablation.armsOf(currentSearch.current).other;

  /** Draw what is there: the shipped analysis behind, a live one on top of it. */
  function draw() {
    const { current, shipped } = ablation;
    const sources = overlay.read();
    const opened = openedArms(files.all);
    const shown = current ?? shipped;
    const isEmpty = !shown && !opened.length;
    for (const part of [node.querySelector('.overlay'), below]) part?.toggleAttribute('hidden', isEmpty);
    find('.differences').hidden = isEmpty; // no chart while there is no data
    drawn = differencesOf(ablation, sources, opened);
    chart.update(drawn);
    learned = shown ? [...shown.records, ...shown.running] : [];
    const steps = Math.max(shown?.spec.steps ?? 0, ...opened.flatMap(({ records }) => records.map(({ step }) => step)));
    curves.update({ records: learned, opened, steps, quantity: /** @type {'test_acc'} */ (quantity.value) });
    if (!shown) return;
    find('.source').textContent = describeSources(ablation);
    const small = basisOf(shown, current !== null, current !== null && ofOtherTicket(current));
    find('.finding').replaceChildren(ticketSentence(shown), element('small', { textContent: small }));
  }

  /** Show which tickets there are, and which is taken. */
  function refresh() {
    if (currentSearch.current) level.show(...ticketOptions(ablation, currentSearch.current));
    draw();
  }

  mountRunner(find, { ablation, currentSearch, settings, controls, arms });
  currentSearch.addEventListener('change', refresh);
  ablation.addEventListener('change', draw);
  files.addEventListener('change', draw);
  ablation.addEventListener('level', refresh);
  refresh();
  return {
    differences: () => drawn && describe(drawn),
    curves: () => describeRecords([{ name: files.all.length ? 'this page' : '', records: learned }, ...files.all]),
    wantedCode() {
      const { current: result } = currentSearch;
      if (!result || !ablation.levels(result).level) throw new NoTicketError();
      return armsCode(result, askedOf(ablation, result, settings), arms.read());
    },
  };
}
