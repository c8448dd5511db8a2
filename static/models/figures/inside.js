// Figure: look inside the four networks, while they train or after: first layers, mistakes, one example.
// @ts-check
import { formatNumber } from '../../records/format.js';
import { extent } from '../../records/stats.js';
import { element } from '../../ui/dom.js';
import { mountChoice } from '../../ui/inputs.js';
import { mountAlternative } from '../../ui/text-alternative.js';
import { mountConfusion } from '../charts/confusion-matrix.js';
import { mountExample, tell } from '../charts/example-signal.js';
import { mountHeat, tabulate } from '../charts/heatmap.js';
import { NAMES } from '../charts/learning-curves.js';
import { MODELS } from '../training-run.js';

/**
 * What the job `inspect` returns.
 * @typedef {{weights: Float32Array, rows: number, labels: Int32Array, probabilities: Float32Array,
 *   x: Float32Array, template: Float64Array, activations: {name: string, rows: number, values: Float32Array}[]}} Inside
 */

const PAUSE = 400; // milliseconds between two looks at networks in training

/** @param {ArrayLike<number>} shares ten a row @param {number} index @returns {number[]} of one example */
const sharesOf = (shares, index) => Array.from({ length: 10 }, (_, digit) => shares[10 * index + digit]);

/** @param {number[]} shares @returns {number} the likeliest digit */
const answerOf = (shares) => shares.indexOf(Math.max(...shares));

/** @param {Inside} inside @returns {{counts: number[][], wrong: Map<string, number[]>}} */
function confusion({ labels, probabilities }) {
  const counts = Array.from({ length: 10 }, () => Array(10).fill(0));
  /** @type {Map<string, number[]>} */ const cells = new Map();
  labels.forEach((label, i) => {
    const answer = answerOf(sharesOf(probabilities, i));
    counts[label][answer] += 1;
    const cell = `${label} ${answer}`;
    cells.set(cell, [...(cells.get(cell) ?? []), i]);
  });
  return { counts, wrong: cells };
}

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab
 * @param {import('../training-run.js').TrainingRun} training @param {import('../../settings/settings.js').Settings} settings
 */
export function mountInsideFigure(node, lab, training, settings) {
  const find = (/** @type {string} */ part) => /** @type {HTMLElement} */ (node.querySelector(part));
  const first = Object.fromEntries([['mlp', 2], ['cnn', 7]].map(([model, cell]) => [model, mountHeat(find(`.weights.${model}`), {
    label: `first layer of the ${NAMES[String(model)]}`, cell: Number(cell), gap: model === 'cnn' ? 1 : 0,
  })]));
  const picture = mountExample(find('.picture'), { label: 'the chosen test example over its template' });
  const model = mountChoice(find('.which'), {
    label: 'Network', options: ['cnn', 'mlp', 'gru', 'logistic'].map((value) => ({ value, label: NAMES[value] })), onChange: () => { chosen = null; refresh(); },
  });
  const condition = mountChoice(find('.which'), {
    label: 'Inputs', options: [{ value: 'plain', label: 'in order' }, { value: 'shuffled', label: 'shuffled' }], onChange: () => refresh(),
  });
  /** @type {[number, number] | null} */ let chosen = null; // a cell: digit and answer
  let turn = 0; // which of its examples
  let example = 0;
  /** @type {Record<string, Inside>} */ let seen = {};
  const matrix = mountConfusion(find('.confused'), (label, answer) => {
    const same = chosen?.[0] === label && chosen[1] === answer;
    turn = same ? turn + 1 : 0;
    chosen = [label, answer];
    pick();
    refresh();
  });

  const told = mountAlternative(node, inWords, { id: 'inside-told' });
  for (const heat of node.querySelectorAll('canvas.heat')) heat.setAttribute('aria-describedby', 'inside-told');

  /** What is drawn now. @returns {import('../../records/types.js').TextAlternative | null} */
  function inWords() {
    const own = seen[model.value];
    if (!own) return null;
    const right = own.labels.filter((label, i) => label === answerOf(sharesOf(own.probabilities, i))).length;
    const widest = (/** @type {string} */ name) => {
      const [low, high] = extent(seen[name].weights);
      return `the ${NAMES[name]}’s first weights are between ${formatNumber(low)} and ${formatNumber(high)}`;
    };
    const shown = tell(own.x);
    return {
      sentence: `The ${NAMES[model.value]} has ${right} of ${own.labels.length} test examples right; ${widest('mlp')}, ${widest('cnn')}. ` +
        `The example: ${shown.sentence}`,
      tables: [
        ...shown.tables,
        tabulate('First layer of the MLP: how far the weights of each hidden unit reach, and at which input.', 'unit', { ...seen.mlp, values: seen.mlp.weights, signed: true }),
        tabulate('First layer of the CNN: the five weights of each kernel.', 'kernel', { ...seen.cnn, values: seen.cnn.weights, signed: true }),
        ...own.activations.map(({ name, rows, values }) => tabulate(`${NAMES[model.value]}, ${name}, for this example.`, 'row', { rows, values, signed: true })),
      ],
    };
  }

  /** Take the example that is meant by the cell and the turn. */
  function pick() {
    const { counts, wrong } = confusion(seen[model.value]);
    if (!chosen) { // the most frequent mistake
      const all = counts.flatMap((row, label) => row.map((count, answer) => ({ label, answer, count })));
      const worst = all.filter(({ label, answer }) => label !== answer).sort((a, b) => b.count - a.count)[0];
      chosen = [worst.label, worst.answer];
    }
    const examples = wrong.get(chosen.join(' ')) ?? [];
    if (examples.length) example = examples[turn % examples.length];
  }

  function draw() {
    const own = seen[model.value];
    for (const [name, heat] of Object.entries(first)) {
      heat.update({ values: seen[name].weights, rows: seen[name].rows, signed: true });
    }
    matrix.update({ counts: confusion(own).counts, chosen });
    picture.update({ x: own.x, template: condition.value === 'plain' ? own.template : null });
    const label = own.labels[example];
    find('.shares tbody').replaceChildren(...MODELS.map((name) => {
      const shares = sharesOf(seen[name].probabilities, example);
      const row = element('tr');
      row.append(element('th', { scope: 'row', className: `model ${name}`, textContent: NAMES[name] }), ...shares.map((share, digit) => {
        const cell = element('td', { textContent: (100 * share).toFixed(0), className: digit === label ? 'right' : '' });
        cell.style.setProperty('--share', String(share));
        return cell;
      }));
      return row;
    }));
    const answers = MODELS.map((name) => `${NAMES[name]} ${answerOf(sharesOf(seen[name].probabilities, example))}`);
    find('.told').textContent = `Test example ${example} is a ${label}. Answers: ${answers.join(', ')}.`;
    told.changed();
    find('.activations').replaceChildren();
    for (const { name, rows, values } of own.activations) {
      const box = element('div', { className: 'activation' });
      box.append(element('p', { className: 'title', textContent: name }));
      find('.activations').append(box); // a picture takes its colours from the page
      mountHeat(box, { label: `${name} of the ${NAMES[model.value]} for this example`, cell: rows === 1 ? 24 : rows > 20 ? 5 : 9 })
        .update({ values, rows, signed: model.value === 'gru' });
    }
    find('.since').textContent = training.states.length ?
      `After ${training.step} steps, seed ${training.spec?.seed}.` : 'Before any training: the first weights.';
  }

  /** @param {string} name @returns {Promise<Inside>} */
  function look(name) {
    const pupil = training.states.find((one) => one.model === name && one.condition === condition.value && one.trial === 0);
    const { trials, ...train } = settings.args('train');
    const fresh = { ...train, model: name, dataset: { ...settings.args('dataset'), shuffle_seq: condition.value === 'shuffled' } };
    const args = pupil?.args ?? fresh;
    return lab.run('inspect', { ...args, example, ...(pupil?.state && { state: pupil.state }) });
  }

  let busy = false;
  let stale = false;
  let visible = false;
  /** Look again at what there is now; while one look is on its way, later ones wait as one. */
  async function refresh() {
    stale = true;
    if (busy || !visible) return;
    busy = true;
    while (stale) {
      stale = false;
      try {
        await lookOnce();
        find('.problem').textContent = '';
      } catch (error) {
        find('.problem').textContent = /** @type {Error} */ (error).message;
      }
      await new Promise((go) => { setTimeout(go, PAUSE); });
    }
    busy = false;
  }
  async function lookOnce() {
    const fresh = await all();
    seen = fresh;
    const before = example;
    pick();
    if (example !== before) seen = { ...seen, [model.value]: await look(model.value) };
    draw();
  }
  /** @returns {Promise<Record<string, Inside>>} */
  async function all() {
    const found = [];
    for (const name of MODELS) found.push([name, await look(name)]);
    return Object.fromEntries(found);
  }

  new IntersectionObserver(([{ isIntersecting }]) => { // nobody looks: nothing is computed
    visible = isIntersecting;
    if (visible && stale) refresh();
  }).observe(node);
  training.addEventListener('change', refresh);
  settings.addEventListener('change', (event) => { // before a run the first weights follow the settings
    const { group } = /** @type {CustomEvent<import('../../settings/table.js').Setting>} */ (event).detail;
    if (!training.states.length && ['dataset', 'train'].includes(group)) refresh();
  });
  stale = true;
}
