// Figure: look inside the four networks, while they train or after: first layers, mistakes, one example.
// The numbers come from the job `inspect`.
// @ts-check
import { formatNumber } from '../../records/format.js';
import { extent } from '../../records/stats.js';
import { onThemeChange } from '../../ui/css-color.js';
import { element, finderIn } from '../../ui/dom.js';
import { mountChoice } from '../../ui/inputs.js';
import { latestOnly } from '../../ui/latest-only.js';
import { makeRow } from '../../ui/table.js';
import { mountAlternative } from '../../ui/text-alternative.js';
import { mountConfusionMatrixChart } from '../charts/confusion-matrix.js';
import { describeExample, mountExampleSignalChart } from '../charts/example-signal.js';
import { mountHeatmapChart, tabulateMatrix } from '../charts/heatmap.js';
import { Inspection, answerOf, confusionOf, countRight, probabilitiesOf } from '../inspection.js';
import { MODELS, NAMES } from '../training-run.js';

/** @typedef {import('../inspection.js').Inside} Inside */
/** @typedef {import('../training-run.js').TrainingRun} TrainingRun */
/** @typedef {import('../../settings/settings.js').Settings} Settings */

const PAUSE = 400; // milliseconds between two looks at networks in training

/** @param {HTMLElement} node @param {Inspection} inspection @param {() => void} onChange */
function mountChoices(node, inspection, onChange) {
  const model = mountChoice(node, {
    label: 'Network',
    options: ['cnn', 'mlp', 'gru', 'logistic'].map((value) => ({ value, label: NAMES[value] })),
    onChange() {
      inspection.chooseModel(model.value);
      onChange();
    },
  });
  const condition = mountChoice(node, {
    label: 'Inputs',
    options: [{ value: 'plain', label: 'in order' }, { value: 'shuffled', label: 'shuffled' }],
    onChange() {
      inspection.condition = condition.value;
      onChange();
    },
  });
}

/** @param {(part: string) => HTMLElement} find */
function mountFirstLayers(find) {
  const charts = {
    mlp: mountHeatmapChart(find('.weights.mlp'), { label: `first layer of the ${NAMES.mlp}`, cell: 2 }),
    cnn: mountHeatmapChart(find('.weights.cnn'), { label: `first layer of the ${NAMES.cnn}`, cell: 7, gap: 1 }),
  };
  /** @param {Record<string, Inside>} found */
  return function update(found) {
    for (const [name, chart] of Object.entries(charts)) {
      chart.update({ values: found[name].weights, rows: found[name].rows, signed: true });
    }
  };
}

/** What each network makes of the example. @param {(part: string) => HTMLElement} find @param {Inspection} inspection */
function drawAnswers(find, { found, chosen, example }) {
  const label = chosen.labels[example];
  find('.shares tbody').replaceChildren(...MODELS.map((name) => {
    const shares = probabilitiesOf(found[name], example);
    const row = makeRow([NAMES[name], ...shares.map((share) => formatNumber(100 * share, 0))], []);
    row.cells[0].className = `model ${name}`;
    shares.forEach((share, digit) => row.cells[digit + 1].style.setProperty('--share', String(share)));
    row.cells[label + 1].className = 'right';
    return row;
  }));
  const answers = MODELS.map((name) => `${NAMES[name]} ${answerOf(found[name], example)}`);
  find('.told').textContent = `Test example ${example} is a ${label}. Answers: ${answers.join(', ')}.`;
}

/** The hidden layers of the chosen network for the example. @param {HTMLElement} node @param {Inspection} inspection */
function drawActivations(node, { chosen, model }) {
  node.replaceChildren(...chosen.activations.map(({ name, rows, values }) => {
    const box = element('div', { className: 'activation' });
    box.append(element('p', { className: 'title', textContent: name }));
    const cell = rows === 1 ? 24 : rows > 20 ? 5 : 9;
    mountHeatmapChart(box, { label: `${name} of the ${NAMES[model]} for this example`, cell })
      .update({ values, rows, signed: model === 'gru' });
    return box;
  }));
}

/** @param {Inspection} inspection @returns {import('../../records/types.js').TextAlternative | null} */
function describe({ chosen, found, model }) {
  if (!chosen) return null;
  const reach = (/** @type {string} */ name) => {
    const [low, high] = extent(found[name].weights);
    return `the ${NAMES[name]}’s first weights are between ${formatNumber(low)} and ${formatNumber(high)}`;
  };
  const layer = (/** @type {string} */ name) => ({ rows: found[name].rows, values: found[name].weights, signed: true });
  const example = describeExample(chosen.x);
  return {
    sentence: `The ${NAMES[model]} has ${countRight(chosen)} of ${chosen.labels.length} test examples right; ${reach('mlp')}, ${reach('cnn')}. ` +
      `The example: ${example.sentence}`,
    tables: [
      ...example.tables,
      tabulateMatrix('First layer of the MLP: how far the weights of each hidden unit reach, and at which input.', 'unit', layer('mlp')),
      tabulateMatrix('First layer of the CNN: the five weights of each kernel.', 'kernel', layer('cnn')),
      ...chosen.activations.map(({ name, rows, values }) =>
        tabulateMatrix(`${NAMES[model]}, ${name}, for this example.`, 'row', { rows, values, signed: true })),
    ],
  };
}

/**
 * @param {string} model @param {Inspection} inspection @param {TrainingRun} training @param {Settings} settings
 * @returns {Record<string, any>} arguments of the job `inspect`: the network of the run, else an untrained one
 */
function inspectArgs(model, { condition, example }, training, settings) {
  const network = training.states.find((one) => one.model === model && one.condition === condition && one.trial === 0);
  const { trials, ...train } = settings.args('train');
  const untrained = { ...train, model, dataset: { ...settings.args('dataset'), shuffle_seq: condition === 'shuffled' } };
  return { ...(network?.args ?? untrained), example, ...(network?.state && { state: network.state }) };
}

/** Request only while the node is in view, else once it comes into view. @param {HTMLElement} node @param {() => void} request */
function whileVisible(node, request) {
  let visible = false;
  let waiting = true;
  new IntersectionObserver(([{ isIntersecting }]) => {
    visible = isIntersecting;
    if (visible && waiting) refresh();
  }).observe(node);
  const refresh = () => {
    waiting = !visible;
    if (visible) request();
  };
  return refresh;
}

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab
 * @param {TrainingRun} training @param {Settings} settings
 */
export function mountInsideFigure(node, lab, training, settings) {
  const find = finderIn(node);
  const inspection = new Inspection();
  const updateFirstLayers = mountFirstLayers(find);
  const picture = mountExampleSignalChart(find('.picture'), { label: 'the chosen test example over its template' });
  mountChoices(find('.which'), inspection, () => refresh());
  const matrix = mountConfusionMatrixChart(find('.confused'), (label, answer) => {
    inspection.chooseCell(label, answer);
    refresh();
  });
  const alternative = mountAlternative(node, () => describe(inspection), { id: 'inside-told' });
  for (const heat of node.querySelectorAll('canvas.heat')) heat.setAttribute('aria-describedby', 'inside-told');

  /** What is painted, not drawn in lines that the style sheets colour. */
  function drawMatrices() {
    if (!inspection.chosen) return;
    updateFirstLayers(inspection.found);
    drawActivations(find('.activations'), inspection);
  }
  onThemeChange(drawMatrices);

  function draw() {
    const { chosen, condition, cell } = inspection;
    drawMatrices();
    matrix.update({ counts: confusionOf(chosen).counts, chosen: cell });
    picture.update({ x: chosen.x, template: condition === 'plain' ? chosen.template : null });
    drawAnswers(find, inspection);
    alternative.changed();
    find('.since').textContent = training.states.length ?
      `After ${training.step} steps, seed ${training.spec?.seed}.` : 'Before any training: the first weights.';
  }

  /** @param {string} model @returns {Promise<Inside>} */
  const inspect = (model) => lab.run('inspect', inspectArgs(model, inspection, training, settings));
  async function look() {
    /** @type {Record<string, Inside>} */ const found = {};
    for (const model of MODELS) found[model] = await inspect(model);
    inspection.found = found;
    const { model } = inspection;
    if (inspection.pickExample()) inspection.found = { ...found, [model]: await inspect(model) };
    draw();
  }
  const latest = latestOnly(async () => {
    try {
      await look();
      find('.problem').textContent = '';
    } catch (error) {
      find('.problem').textContent = /** @type {Error} */ (error).message;
    }
    await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
  });
  const refresh = whileVisible(node, () => latest.request());
  training.addEventListener('change', refresh);
  settings.addEventListener('change', (event) => { // before a run the untrained networks follow the settings
    const { group } = /** @type {CustomEvent<import('../../settings/table.js').Setting>} */ (event).detail;
    if (!training.states.length && ['dataset', 'train'].includes(group)) refresh();
  });
}
