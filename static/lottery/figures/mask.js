// The mask figure: the first layer's mask, level by level, and one unit's receptive field. Trains nothing.
// @ts-check
import { formatPercent } from '../../records/format.js';
import { element, finderIn } from '../../ui/dom.js';
import { select, slider, ticks } from '../../ui/inputs.js';
import { latestOnly } from '../../ui/latest-only.js';
import { mountAlternative } from '../../ui/text-alternative.js';
import { describeMasks, mountMaskChart } from '../charts/mask-pixels.js';
import { describeField, mountReceptiveFieldChart } from '../charts/receptive-field.js';
import { sparsityAt } from '../levels.js';
import { countsTable, differenceSentence, firstLayerText } from '../mask-counts.js';
import { MaskSelection } from '../mask-selection.js';
import { fieldOf, ordered, survivors, whole } from '../masks.js';

/** @typedef {import('../mask-selection.js').Arm} Arm */

const ARMS = /** @type {Arm[]} */ (['lottery', 'random', 'permuted']);
const STEPS = /** @type {Record<string, number>} */ ({ ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 });

/** @type {Record<Arm, string>} */
const MEANING = {
  lottery: 'what the search kept',
  random: 'as many in each layer, at random',
  permuted: 'the ticket’s, with the inputs of each unit permuted',
};

/** What the axis of the units is called. @type {Record<import('../mask-selection.js').MaskSelection['sorting'], string>} */
const ALONG = {
  unit: 'hidden unit',
  kept: 'hidden unit: its place in order of survivors',
  pairs: 'hidden unit: its place in order of adjacent survivors',
};

/** @param {MaskSelection} selection @param {string} what was deleted @returns {string} '' if that is not known */
function deletedClause({ result, level }, what) {
  const sparsity = result && sparsityAt(result.records, level);
  return typeof sparsity === 'number' ? `, ${formatPercent(100 * sparsity)} ${what}` : '';
}

/**
 * One arm's mask, in which a unit can be chosen.
 * @param {HTMLElement} parent @param {Arm} arm @param {MaskSelection} selection @param {() => void} onPick
 */
function mountPanel(parent, arm, selection, onPick) {
  const box = element('div', { className: 'panel', hidden: true });
  const title = element('p', { className: 'title' });
  const place = element('div');
  box.append(title, place);
  parent.append(box);
  const chart = mountMaskChart(place, `First layer, ${arm} mask. Arrow keys choose a unit.`, 'mask-told');
  /** @param {number} unit */
  const pick = (unit) => {
    selection.pick(arm, unit);
    onPick();
  };
  chart.canvas.addEventListener('click', (event) => {
    const at = chart.weightAt(event);
    if (at) pick(at.unit);
  });
  chart.canvas.addEventListener('keydown', (event) => {
    const step = STEPS[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault(); // the page stays where it is
    const at = selection.unit;
    pick(at?.arm === arm ? chart.beside(at.unit, step) : selection.orderOf(arm)[0]);
  });
  return { arm, box, title, chart, drawn: false };
}

/**
 * Draw what is known of a mask; what Python has yet to make is left blank.
 * @param {ReturnType<typeof mountPanel>} panel @param {MaskSelection} selection @param {boolean} wanted
 */
function drawPanel(panel, selection, wanted) {
  const { arm, box, title, chart } = panel;
  const { result, inputs, sorting, unit: at } = selection;
  const mask = selection.maskOf(arm);
  const failed = !mask && selection.answered;
  box.hidden = !wanted || failed;
  if (box.hidden || !result || (!mask && panel.drawn)) return; // the last picture stays for the moment it takes
  panel.drawn = Boolean(mask);
  if (!mask) {
    title.textContent = `${arm}: waiting for Python …`;
    const blank = new Uint8Array(result.spec.hidden * inputs);
    chart.update({ mask: blank, inputs, order: ordered(blank, inputs, 'unit'), color: `--${arm}`, along: ALONG[sorting] });
    return;
  }
  title.replaceChildren(
    element('strong', { className: `arm ${arm}`, textContent: arm }),
    ` ${MEANING[arm]}: ${firstLayerText(result.spec, survivors(mask), selection.countsOf(arm))}`,
  );
  const unit = at?.arm === arm ? at.unit : null;
  chart.update({ mask, inputs, order: ordered(mask, inputs, sorting), color: `--${arm}`, unit, along: ALONG[sorting] });
}

/**
 * What the chosen unit keeps.
 * @param {MaskSelection} selection
 * @returns {{field: import('../charts/receptive-field.js').Field, sentence: string, table: import('../../records/types.js').Table} | null}
 */
function unitField(selection) {
  const { unit: at, inputs } = selection;
  const mask = at && selection.maskOf(at.arm);
  if (!mask) return null;
  const { arm, unit } = at;
  const { kept, pairs } = fieldOf(mask, inputs, unit);
  const field = { kept, inputs, color: `var(--${arm})`, weights: selection.initialWeights(unit) };
  const sentence = `Unit ${unit} of the ${arm} mask keeps ${kept.length} of ${inputs} inputs, ` +
    `with ${pairs} ${pairs === 1 ? 'pair' : 'pairs'} of neighbours among them.`;
  return { field, sentence, table: describeField(`Unit ${unit} of the ${arm} mask.`, field) };
}

/**
 * The controls: level, trial, order of the units, arms.
 * @param {HTMLElement} node @param {MaskSelection} selection
 * @param {{onChoice: () => void, onLook: () => void}} listeners `onChoice` of other masks, `onLook` of the same ones
 */
function mountChoices(node, selection, { onChoice, onLook }) {
  const level = slider('Level', (index) => {
    selection.chooseLevel(index);
    onChoice();
  });
  const trial = select('Trial', (value) => {
    selection.chooseTrial(Number(value));
    onChoice();
  });
  const order = select('Units in order of', (value) => {
    selection.sorting = /** @type {typeof selection.sorting} */ (value);
    onLook();
  });
  order.show([['pairs', 'adjacent survivors'], ['kept', 'survivors'], ['unit', 'their number']], selection.sorting);
  const arms = ticks('Show', ARMS.map((arm) => [arm, arm]), ['lottery', 'random'], onLook);
  node.append(level.box, trial.box, order.box, arms.box);
  return {
    arms: () => arms.read(),
    showLevel() {
      const { levels, level: now } = selection;
      level.show(levels.length - 1, levels.indexOf(now), `${now}${deletedClause(selection, 'deleted')}`);
    },
    showTrials() {
      const first = Number(selection.result?.spec.seed);
      trial.show(selection.trials.map((t) => [String(t), `${t} (seed ${first + t})`]), String(selection.trial));
      trial.box.hidden = selection.trials.length < 2;
    },
  };
}

/** @param {MaskSelection} selection @param {Arm[]} arms that are drawn @returns {import('../../records/types.js').TextAlternative | null} */
function describe(selection, arms) {
  if (!selection.result) return null;
  const masks = arms.flatMap((name) => {
    const mask = selection.maskOf(name);
    return mask ? [{ name, mask }] : [];
  });
  const { sentence, tables } = describeMasks(masks, selection.inputs);
  const unit = unitField(selection);
  const known = arms.flatMap((name) => {
    const counts = selection.countsOf(name);
    return counts ? [{ name, counts }] : [];
  });
  return {
    sentence: `Level ${selection.level} of trial ${selection.trial}${deletedClause(selection, 'of all weights deleted')}. ${sentence}`,
    tables: [...tables, countsTable(selection.result.spec, known), ...(unit ? [unit.table] : [])],
  };
}

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab
 * @param {import('../current-search.js').CurrentSearch} currentSearch
 */
export function mountMaskFigure(node, lab, currentSearch) {
  const find = finderIn(node);
  const selection = new MaskSelection();
  const field = mountReceptiveFieldChart(find('.field'));
  const drawnArms = () => panels.filter(({ box }) => !box.hidden).map(({ arm }) => arm);
  const alternative = mountAlternative(node, () => describe(selection, drawnArms()), { id: 'mask-told' });
  const choices = mountChoices(find('.controls'), selection, {
    onChoice() {
      draw();
      ask.request();
    },
    onLook: () => draw(),
  });
  const panels = ARMS.map((arm) => mountPanel(find('.masks'), arm, selection, () => draw()));

  function draw() {
    if (!selection.result) return;
    choices.showLevel();
    const wanted = choices.arms();
    for (const panel of panels) drawPanel(panel, selection, wanted.includes(panel.arm));
    find('.counted').textContent = wanted.includes('random')
      ? differenceSentence(selection.result.spec, selection.countsOf('lottery'), selection.countsOf('random'))
      : '';
    const unit = unitField(selection);
    if (unit) {
      field.update(unit.field);
      find('.picked').textContent = unit.sentence;
    }
    alternative.changed();
  }

  /** Ask Python for the other masks of this level. */
  const ask = latestOnly(async () => {
    const { question, result, trial, level } = selection;
    if (!question || !result) return;
    const { key, packed } = question;
    try {
      const layers = await lab.run('masks', { lottery: result.parts[trial].args, level, mask: whole(packed, result.spec) });
      if (result === selection.result) selection.answer(key, layers);
    } catch (error) {
      find('.problem').textContent = /** @type {Error} */ (error).message;
      selection.answer(key, {}); // stored, so that this level is not requested again
    }
    draw();
  });

  function refresh() {
    const taken = currentSearch.current && selection.take(currentSearch.current);
    if (!taken) return;
    if (taken.changed) {
      for (const panel of panels) panel.drawn = false;
      find('.problem').textContent = '';
    }
    choices.showTrials();
    draw();
    ask.request();
  }
  currentSearch.addEventListener('change', refresh);
  refresh();
}
