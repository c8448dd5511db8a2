// The row below the training figure that saves a network's weights and opens them again. Python makes and
// reads the files, and writes the lines that load them.
// @ts-check
import { group, save } from '../../files/download-row.js';
import { formatCount } from '../../records/format.js';
import { shipped } from '../../records/shipped.js';
import { makeCopyField } from '../../ui/copy-text.js';
import { element } from '../../ui/dom.js';
import { makeStatusButtons } from '../../ui/status-buttons.js';
import { SeenNetworks, conditionOf, describeOpened } from '../seen-networks.js';
import { CONDITIONS, MODELS, NAMES } from '../training-run.js';

/** @typedef {import('../training-run.js').TrainingRun} TrainingRun */
/** @typedef {import('../training-run.js').Condition} Condition */
/** @typedef {ReturnType<typeof makeStatusButtons>} StatusButtons */

const LARGEST = 200 * 2 ** 20; // bytes of a file that is opened
const INPUTS = { plain: 'in order', shuffled: 'shuffled' };

/** @param {string} label @param {string} shown */
function list(label, shown) {
  const select = element('select');
  const box = element('label', { textContent: `${shown} ` });
  select.setAttribute('aria-label', label);
  box.append(select);
  return { box, select };
}

/** The choice of a network: which model, which inputs, which trial. @param {TrainingRun} training */
function mountChoice(training) {
  const network = list('network of the weights', 'network');
  const trial = list('trial of the weights', 'trial');
  network.select.append(...CONDITIONS.flatMap((condition) => MODELS.map((model) =>
    new Option(`${NAMES[model]}, ${INPUTS[condition]}`, `${model} ${condition}`))));
  network.select.value = 'mlp plain';
  const update = () => {
    const count = training.spec?.trials ?? 1;
    trial.box.hidden = count < 2;
    if (trial.select.options.length === count) return;
    trial.select.replaceChildren(...Array.from({ length: count }, (_, index) => new Option(String(index))));
  };
  training.addEventListener('change', update);
  update();
  return {
    boxes: [network.box, trial.box],
    /** @returns {{model: string, condition: Condition, trial: number}} */
    value() {
      const [model, condition] = network.select.value.split(' ');
      return { model, condition: /** @type {Condition} */ (condition), trial: Number(trial.select.value) };
    },
    /** @param {string} model @param {Condition} condition */
    choose(model, condition) { network.select.value = `${model} ${condition}`; },
  };
}

/** @param {StatusButtons} row @param {TrainingRun} training @param {() => Promise<Record<string, any>>} args of the chosen network */
function saveButtons({ status, button }, training, args) {
  const { field, copy } = makeCopyField('The lines that are to be copied');
  const lines = (/** @type {'numpy' | 'torch'} */ which, /** @type {string} */ name) =>
    button(`${name} code`, `Copy ${name} code that loads the weights and measures them`, async () => {
      const made = await training.run('weights_code', await args());
      if (await copy(made[which])) return `Copied the lines for ${name}; they read ${made.name}, which “Weights (.npz)” saves.`;
      field.hidden = true; // one line of a field cannot hold them
      const file = made.name.replace(/npz$/, 'py');
      save(made[which], 'text/x-python', file);
      return `Saved ${file}; it reads ${made.name}, which “Weights (.npz)” saves.`;
    });
  const npz = button('Weights (.npz)', 'Save the weights of this network, with its spec', async () => {
    status.textContent = 'Making it …';
    const { npz: file, name, test_acc } = await training.run('weights', await args());
    save(file, 'application/octet-stream', name);
    return `Saved ${name}: ${test_acc.toFixed(1)} % of the test examples right.`;
  });
  return [npz, lines('numpy', 'NumPy'), lines('torch', 'PyTorch'), field];
}

/**
 * The button that opens a network's file, and its hidden input.
 * @param {StatusButtons} row @param {TrainingRun} training @param {(model: string, condition: Condition) => void} choose
 */
function openParts({ status, button }, training, choose) {
  const input = element('input', { type: 'file', accept: '.npz', hidden: true });
  input.setAttribute('aria-label', 'A file of weights');
  const open = button('Open weights', 'Open weights from a file', async () => {
    input.click();
    return '';
  });
  input.addEventListener('change', async () => {
    const [file] = input.files ?? [];
    if (!file) return;
    status.classList.remove('problem');
    status.textContent = 'Reading it …';
    try {
      if (file.size > LARGEST) throw new Error(`it must have at most ${formatCount(LARGEST)} bytes, got ${formatCount(file.size)}`);
      const read = await training.run('read_weights', { file: new Uint8Array(await file.arrayBuffer()) });
      const opened = { file: file.name, spec: read.spec, weights: read.weights, test_acc: read.test_acc };
      training.open(opened);
      choose(opened.spec.model, conditionOf(opened));
      status.textContent = `${file.name} is open: ${describeOpened(opened)}. “Look inside” shows it, until you train again.`;
    } catch (error) {
      status.classList.add('problem');
      status.textContent = `${file.name} was not opened: ${/** @type {Error} */ (error).message}`;
    }
    input.value = ''; // the same file may be chosen again
  });
  return [open, input];
}

/** @param {HTMLElement} figure @param {TrainingRun} training @param {import('../../settings/settings.js').Settings} settings */
export function mountWeightFiles(figure, training, settings) {
  const row = makeStatusButtons();
  row.status.className = 'weights-outcome'; // the row above has an outcome of its own
  const choice = mountChoice(training);
  const networks = new SeenNetworks(training, settings, shipped);
  const args = async () => {
    const { model, condition, trial } = choice.value();
    await networks.prepare(condition);
    return networks.args(model, condition, trial);
  };
  const node = element('div', { className: 'takeaway weights-row' });
  node.append(
    group('Weights', [...choice.boxes, ...saveButtons(row, training, args)]),
    ...openParts(row, training, choice.choose), row.status,
  );
  figure.append(node);
}
