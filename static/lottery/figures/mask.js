// Figure 4: the first layer's mask, level by level, and one unit's receptive field. Trains nothing.
// @ts-check
import { formatPercent } from '../../records/format.js';
import { element } from '../../ui/dom.js';
import { select, slider, ticks } from '../../ui/inputs.js';
import { mountAlternative } from '../../ui/text-alternative.js';
import { mountMask, tell } from '../charts/mask-pixels.js';
import { describeField, mountReceptiveFieldChart } from '../charts/receptive-field.js';
import { nearest, sparsityAt } from '../levels.js';
import { fieldOf, ordered, survivors, unpack, whole } from '../masks.js';

/** @typedef {import('../current-search.js').SearchResult} SearchResult */
/** @typedef {'lottery' | 'random' | 'permuted'} Arm */
/** @typedef {{random?: Uint8Array, permuted?: Uint8Array, weights?: ArrayLike<number>}} Look */

const ARMS = /** @type {Arm[]} */ (['lottery', 'random', 'permuted']);

/** @type {Record<Arm, string>} */
const MEANING = {
  lottery: 'what the search kept',
  random: 'as many of each layer, by lot',
  permuted: 'the lottery’s, its inputs reordered unit by unit',
};

/** @param {SearchResult} finding @param {number} trial @returns {number[]} levels whose mask is known */
function levelsOf(finding, trial) {
  const all = Array.from({ length: finding.spec.levels }, (_, i) => i + 1);
  return [0, ...all.filter((level) => finding.mask(trial, level))];
}

/** @param {number[]} levels @param {number} level @returns {number} that level, or else its nearest */
const closest = (levels, level) =>
  levels.reduce((best, one) => (Math.abs(one - level) < Math.abs(best - level) ? one : best));

/** @param {SearchResult} finding @param {number} trial @param {number} level @returns {Uint8Array} */
function lotteryMask({ spec, mask }, trial, level) {
  const size = spec.hidden * spec.dataset.final_seq_length;
  const packed = level ? mask(trial, level) : null;
  return packed ? unpack(packed, size) : new Uint8Array(size).fill(1);
}

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab
 * @param {import('../current-search.js').CurrentSearch} currentSearch
 */
export function mountMaskFigure(node, lab, currentSearch) {
  const find = (/** @type {string} */ part) => /** @type {HTMLElement} */ (node.querySelector(part));
  const field = mountReceptiveFieldChart(find('.field'));
  /** @type {import('../../records/types.js').Table[]} */ let unitTable = [];
  const told = mountAlternative(node, inWords, { id: 'mask-told' });
  /** @type {SearchResult | null} */ let finding = null;
  let trial = 0;
  let level = 0;
  let chosen = false; // whether the visitor has moved the slider
  let sorting = /** @type {import('../masks.js').Sorting} */ ('pairs');
  let picked = /** @type {{arm: Arm, unit: number} | null} */ (null);
  /** @type {Map<string, Look>} */ const looks = new Map();

  const scrub = slider('Level', (value) => {
    chosen = true;
    level = levelsOf(/** @type {SearchResult} */ (finding), trial)[value];
    draw();
    look();
  });
  const trials = select('Trial', (value) => {
    trial = Number(value);
    if (finding) level = closest(levelsOf(finding, trial), level);
    draw();
    look();
  });
  const sort = select('Units in order of', (value) => {
    sorting = /** @type {typeof sorting} */ (value);
    draw();
  });
  sort.show([['pairs', 'adjacent survivors'], ['kept', 'survivors'], ['unit', 'their number']], sorting);
  const shown = ticks('Show', ARMS.map((arm) => [arm, arm]), ['lottery', 'random'], () => draw());
  find('.controls').append(scrub.box, trials.box, sort.box, shown.box);

  const panels = ARMS.map((arm) => {
    const box = element('div', { className: 'panel', hidden: true });
    const title = element('p', { className: 'title' });
    const place = element('div');
    box.append(title, place);
    find('.masks').append(box);
    const chart = mountMask(place, `First layer, ${arm} mask. Arrow keys choose a unit.`, 'mask-told');
    const { canvas } = chart;
    canvas.addEventListener('click', (event) => {
      const at = chart.weightAt(event);
      if (at) pick(arm, at.unit);
    });
    canvas.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
      if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault(); // the page stays where it is
      const at = unitNow();
      pick(arm, at?.arm === arm ? chart.beside(at.unit, step) : orderNow(arm)[0]);
    });
    return { arm, box, title, chart, drawn: false };
  });

  /** @param {Arm} arm @returns {Uint8Array | undefined} */
  const maskOf = (arm) => {
    if (!finding) return undefined;
    const known = levelsOf(finding, trial).includes(level);
    if (arm === 'lottery' || level === 0) return known ? lotteryMask(finding, trial, level) : undefined;
    return looks.get(`${trial} ${level}`)?.[arm];
  };
  const inputs = () => finding?.spec.dataset.final_seq_length;
  /** @param {Arm} arm */
  const orderNow = (arm) => ordered(/** @type {Uint8Array} */ (maskOf(arm)), inputs(), sorting);

  /** @param {Arm} arm @param {number} unit */
  function pick(arm, unit) {
    picked = { arm, unit };
    draw();
  }

  /** Draw what is known of this level; what Python has yet to make is left out. */
  function draw() {
    if (!finding) return;
    const levels = levelsOf(finding, trial);
    const at = unitNow();
    const sparsity = sparsityAt(finding.records, level);
    const deleted = sparsity === undefined ? '' : `, ${formatPercent(100 * sparsity)} deleted`;
    scrub.show(levels.length - 1, levels.indexOf(level), `${level}${deleted}`);
    const wanted = shown.read();
    for (const panel of panels) {
      const { arm, box, title, chart } = panel;
      const mask = maskOf(arm);
      const failed = !mask && looks.has(`${trial} ${level}`);
      box.hidden = !wanted.includes(arm) || failed;
      if (box.hidden || (!mask && panel.drawn)) continue; // the last picture stays for the moment it takes
      panel.drawn = Boolean(mask);
      if (!mask) {
        title.textContent = `${arm}: waiting for Python …`;
        const blank = new Uint8Array(finding.spec.hidden * inputs());
        chart.update({ mask: blank, inputs: inputs(), order: ordered(blank, inputs(), 'unit'), color: `--${arm}` });
        continue;
      }
      title.replaceChildren(
        element('strong', { className: `arm ${arm}`, textContent: arm }),
        ` ${MEANING[arm]}: ${survivors(mask)} of ${mask.length} weights`,
      );
      const unit = at?.arm === arm ? at.unit : null;
      chart.update({ mask, inputs: inputs(), order: ordered(mask, inputs(), sorting), color: `--${arm}`, unit });
    }
    drawField();
    told.changed();
  }

  /** What is drawn now. @returns {import('../../records/types.js').TextAlternative | null} */
  function inWords() {
    if (!finding) return null;
    const sparsity = sparsityAt(finding.records, level);
    const masks = panels.filter(({ box }) => !box.hidden)
      .flatMap(({ arm: name }) => [maskOf(name)].flatMap((mask) => (mask ? [{ name, mask }] : [])));
    const { sentence, tables } = tell(masks, inputs());
    const deleted = sparsity === undefined ? '' : `, ${formatPercent(100 * sparsity)} of all weights deleted`;
    return { sentence: `Level ${level} of trial ${trial}${deleted}. ${sentence}`, tables: [...tables, ...unitTable] };
  }

  /** The chosen unit; until one is chosen, the first of the ticket. */
  function unitNow() {
    if (picked && maskOf(picked.arm)) return picked;
    return maskOf('lottery') && { arm: /** @type {Arm} */ ('lottery'), unit: orderNow('lottery')[0] };
  }

  /** What that unit keeps. */
  function drawField() {
    const at = unitNow();
    const mask = at && maskOf(at.arm);
    if (!mask || !finding) return;
    const { arm, unit } = at;
    const { kept, pairs } = fieldOf(mask, inputs(), unit);
    const weights = [...looks.entries()].find(([key, { weights: known }]) =>
      known && key.startsWith(`${trial} `))?.[1].weights;
    const shownField = {
      kept, inputs: inputs(), color: `var(--${arm})`,
      weights: weights ? Array.from(weights).slice(unit * inputs(), (unit + 1) * inputs()) : null,
    };
    field.update(shownField);
    unitTable = [describeField(`Unit ${unit} of the ${arm} mask.`, shownField)];
    find('.picked').textContent = `Unit ${unit} of the ${arm} mask keeps ${kept.length} of ${inputs()} inputs, ` +
      `with ${pairs} ${pairs === 1 ? 'pair' : 'pairs'} of neighbours among them.`;
  }

  let busy = false;
  /** Ask Python for the other masks of this level; moves made meanwhile wait as one. */
  async function look() {
    const now = finding;
    const key = `${trial} ${level}`;
    const mask = level ? now?.mask(trial, level) : null;
    if (busy || !now || !mask || looks.has(key)) return;
    busy = true;
    try {
      const made = await lab.run('look', { lottery: now.parts[trial].args, level, mask: whole(mask, now.spec) });
      if (now === finding) looks.set(key, made);
    } catch (error) {
      find('.problem').textContent = /** @type {Error} */ (error).message;
      looks.set(key, {}); // not asked for again
    }
    busy = false;
    draw();
    look();
  }

  /** Another finding, or more of the same one. */
  function refresh() {
    const next = currentSearch.current;
    if (!next) return;
    if (!next.parts.some((_, t) => levelsOf(next, t).length > 1)) return; // what has no mask shows none
    const same = JSON.stringify(next.spec) === JSON.stringify(finding?.spec) && next.shipped === finding?.shipped;
    finding = next;
    const usable = next.parts.map((_, t) => t).filter((t) => levelsOf(next, t).length > 1);
    if (!same) {
      looks.clear();
      for (const panel of panels) panel.drawn = false;
      find('.problem').textContent = '';
      picked = null;
      chosen = false;
    }
    if (!usable.includes(trial)) trial = usable[0] ?? 0;
    trials.show(usable.map((t) => [String(t), `${t} (seed ${Number(next.spec.seed) + t})`]), String(trial));
    trials.box.hidden = usable.length < 2;
    const levels = levelsOf(next, trial);
    if (!chosen || !levels.includes(level)) level = nearest(next.records, levels);
    draw();
    look();
  }

  currentSearch.addEventListener('change', refresh);
  refresh();
}
