// Figure: look inside the four networks, before they train, meanwhile and after: first layers, mistakes,
// one signal. The numbers come from the jobs `inspect` and `classify`.
// @ts-check
import { formatNumber } from '../../records/format.js';
import { shipped } from '../../records/shipped.js';
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
import { DrawnSignal } from '../drawn-signal.js';
import { InsideRun } from '../inside-run.js';
import { Inspection, confusionOf, countRight, likeliest } from '../inspection.js';
import { SeenNetworks } from '../seen-networks.js';
import { MODELS, NAMES } from '../training-run.js';
import { mountDrawSignal } from './draw-signal.js';

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

/** What each network makes of the signal. @param {(part: string) => HTMLElement} find @param {Inspection} inspection */
function drawAnswers(find, { shares, label, example, names }) {
  if (!shares) return;
  find('.shares thead tr').replaceChildren(...['Network', ...names].map((textContent) => element('th', { scope: 'col', textContent })));
  find('.shares tbody').replaceChildren(...MODELS.map((name) => {
    const row = makeRow([NAMES[name], ...shares[name].map((share) => formatNumber(100 * share, 0))], []);
    row.cells[0].className = `model ${name}`;
    shares[name].forEach((share, digit) => row.cells[digit + 1].style.setProperty('--share', String(share)));
    if (label !== null) row.cells[label + 1].className = 'right';
    return row;
  }));
  const answers = MODELS.map((name) => `${NAMES[name]} ${names[likeliest(shares[name])]}`).join(', ');
  const told = `${label === null ? 'Your drawing.' : `Test example ${example} is a ${names[label]}.`} Answers: ${answers}.`;
  if (find('.told').textContent !== told) find('.told').textContent = told; // told once while one draws
}

/** The hidden layers of the chosen network for the signal. @param {HTMLElement} node @param {Inspection} inspection */
function drawActivations(node, { layers, model }) {
  node.replaceChildren(...layers.map(({ name, rows, values }) => {
    const box = element('div', { className: 'activation' });
    box.append(element('p', { className: 'title', textContent: name }));
    const cell = rows === 1 ? 24 : rows > 20 ? 5 : 9;
    mountHeatmapChart(box, { label: `${name} of the ${NAMES[model]} for this signal`, cell })
      .update({ values, rows, signed: model === 'gru' });
    return box;
  }));
}

/** @param {Inspection} inspection @param {DrawnSignal} drawing @returns {import('../../records/types.js').TextAlternative | null} */
function describe({ chosen, found, model, layers, isDrawing }, drawing) {
  if (!chosen || (isDrawing && !drawing.values.length)) return null;
  const reach = (/** @type {string} */ name) => {
    const [low, high] = extent(found[name].weights);
    return `the ${NAMES[name]}’s first weights are between ${formatNumber(low)} and ${formatNumber(high)}`;
  };
  const layer = (/** @type {string} */ name) => ({ rows: found[name].rows, values: found[name].weights, signed: true });
  const signal = describeExample(isDrawing ? drawing.values : chosen.x);
  return {
    sentence: `The ${NAMES[model]} has ${countRight(chosen)} of ${chosen.labels.length} test examples right; ${reach('mlp')}, ${reach('cnn')}. ` +
      `${isDrawing ? 'The drawing' : 'The example'}: ${signal.sentence}`,
    tables: [
      ...signal.tables,
      tabulateMatrix('First layer of the MLP: how far the weights of each hidden unit reach, and at which input.', 'unit', layer('mlp')),
      tabulateMatrix('First layer of the CNN: the five weights of each kernel.', 'kernel', layer('cnn')),
      ...layers.map(({ name, rows, values }) =>
        tabulateMatrix(`${NAMES[model]}, ${name}, for this signal.`, 'row', { rows, values, signed: true })),
    ],
  };
}

/** Request only while the node is in view, else once it comes into view. @param {HTMLElement} node @param {() => void} request */
function whileVisible(node, request) {
  let visible = false;
  let waiting = true;
  new IntersectionObserver((entries) => {
    visible = entries[entries.length - 1].isIntersecting; // the newest: several may come at once
    if (visible && waiting) refresh();
  }).observe(node);
  const refresh = () => {
    waiting = !visible;
    if (visible) request();
  };
  return refresh;
}

/**
 * The choice between a test example and a drawing, and the pad.
 * @param {(part: string) => HTMLElement} find @param {Inspection} inspection @param {DrawnSignal} drawing
 * @param {{onChoice: () => void, onDraw: () => void}} listeners
 */
function mountSignal(find, inspection, drawing, { onChoice, onDraw }) {
  const choice = mountChoice(find('.signal'), {
    label: 'Signal',
    options: [{ value: 'test', label: 'a test example' }, { value: 'drawn', label: 'draw your own' }],
    onChange() {
      inspection.isDrawing = choice.value === 'drawn';
      for (const part of ['.pad', '.from']) find(part).hidden = !inspection.isDrawing;
      find('.picture').hidden = inspection.isDrawing;
      onChoice();
    },
  });
  const example = () => inspection.chosen.x;
  return mountDrawSignal({ pad: find('.pad'), from: find('.from') }, drawing, { example, onChange: onDraw });
}

/**
 * All pictures and tables.
 * @param {HTMLElement} node @param {(part: string) => HTMLElement} find
 * @param {Inspection} inspection @param {DrawnSignal} drawing @param {() => void} onPick after a click on the matrix
 */
function mountPictures(node, find, inspection, drawing, onPick) {
  const updateFirstLayers = mountFirstLayers(find);
  const picture = mountExampleSignalChart(find('.picture'), {
    label: 'the chosen test example over its template', describedBy: 'inside-told',
  });
  const matrix = mountConfusionMatrixChart(find('.confused'), (label, answer) => {
    inspection.chooseCell(label, answer);
    drawing.values = []; // it starts again, from that example
    onPick();
  });
  const alternative = mountAlternative(node, () => describe(inspection, drawing), { id: 'inside-told' });
  for (const heat of node.querySelectorAll('canvas.heat')) heat.setAttribute('aria-describedby', 'inside-told');
  function signal() {
    drawAnswers(find, inspection);
    drawActivations(find('.activations'), inspection);
    alternative.changed();
  }
  return {
    signal,
    all() {
      const { found, chosen, condition, cell } = inspection;
      updateFirstLayers(found);
      matrix.update({ counts: confusionOf(chosen).counts, chosen: cell, ...(inspection.isOwn && { names: inspection.names }) });
      picture.update({ x: chosen.x, template: condition === 'plain' ? chosen.template : null });
      signal();
    },
  };
}

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab
 * @param {TrainingRun} training @param {Settings} settings
 */
export function mountInsideFigure(node, lab, training, settings) {
  const find = finderIn(node);
  const inspection = new Inspection();
  const drawing = new DrawnSignal();
  const networks = new SeenNetworks(training, settings, shipped);
  const python = new InsideRun((...job) => lab.run(...job), inspection, networks);
  mountChoices(find('.which'), inspection, () => refresh());
  const pad = mountSignal(find, inspection, drawing, {
    onDraw: () => answers.request(),
    onChoice() {
      draw.signal();
      starts.request();
    },
  });
  const draw = mountPictures(node, find, inspection, drawing, () => refresh());

  onThemeChange(() => { if (inspection.chosen) draw.all(); }); // weights are painted, and style sheets colour no paint
  async function look() {
    await python.look();
    draw.all();
    find('.since').textContent = networks.origin(inspection.condition);
    await starts.request();
  }
  /** Have a drawing, and all that it can start from, for the networks that were looked into. */
  async function start() {
    const { isDrawing, chosen } = inspection;
    if (!isDrawing || !chosen) return;
    if (drawing.values.length === chosen.x.length) answers.request(); // of these networks
    else pad.restart(chosen.x);
    pad.take(await python.outlines(), inspection.isOwn ? inspection.names : undefined);
  }
  async function answer() {
    await python.ask(drawing.values);
    draw.signal();
  }
  /** @param {() => Promise<void>} act @returns {() => Promise<void>} the same, and what went wrong is told */
  const told = (act) => async () => {
    try {
      await act();
      find('.problem').textContent = '';
    } catch (error) {
      find('.problem').textContent = /** @type {Error} */ (error).message;
    }
  };
  const looks = latestOnly(async () => {
    await told(look)();
    await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
  });
  const starts = latestOnly(told(start));
  const answers = latestOnly(told(answer));
  const refresh = whileVisible(node, () => looks.request());
  training.addEventListener('change', refresh);
  settings.addEventListener('change', (event) => { // untrained networks follow the settings
    const { group, name } = /** @type {CustomEvent<import('../../settings/table.js').Setting>} */ (event).detail;
    const untrained = networks.areUntrained(inspection.condition) && ['dataset', 'train'].includes(group);
    if (untrained || name === 'source') refresh();
  });
}
