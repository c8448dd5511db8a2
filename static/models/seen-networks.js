// Which networks are looked into: one that came from a file; the visitor's; before there are any, those that came with the page; if
// those cannot be had, untrained ones. Runs no job.
// @ts-check
import { formatPercent } from '../records/format.js';
import { specHash } from '../records/hash.js';
import { describeUnusual } from '../settings/made-with.js';
import { MODELS, NAMES, settingsOf } from './training-run.js';

/** @typedef {import('./training-run.js').Condition} Condition */
/** @typedef {import('./training-run.js').RunSpec} RunSpec */
/**
 * A file of static/results: `weights` in base64, as the jobs take them.
 * @typedef {{spec: RunSpec, networks: Record<string, {test_acc: number, weights: string}>}} TrainedFile
 */

/** @type {Record<Condition, string>} */ const FILES = { plain: 'inside', shuffled: 'inside-shuffled' };

/** @param {import('./training-run.js').OpenedNetwork} opened @returns {Condition} of its inputs */
export const conditionOf = ({ spec }) => (spec.dataset.shuffle_seq ? 'shuffled' : 'plain');

/** @param {import('./training-run.js').OpenedNetwork} opened @returns {string} */
export function describeOpened({ spec, test_acc }) {
  const inputs = spec.dataset.shuffle_seq ? 'inputs shuffled' : 'inputs in order';
  return `${spec.model === 'mlp' ? 'an' : 'a'} ${NAMES[spec.model]}${spec.model === 'logistic' ? ' model' : ''}, ${inputs}, ${spec.steps} steps, seed ${spec.seed}` +
    `${describeUnusual('train', spec)}: ${formatPercent(test_acc)} of the test examples right`;
}

export class SeenNetworks {
  /** @type {Partial<Record<Condition, TrainedFile | null>>} */ #files = {};

  /**
   * @param {import('./training-run.js').TrainingRun} training @param {import('../settings/settings.js').Settings} settings
   * @param {(name: string) => Promise<TrainedFile | null>} fetchFile one that came with the page, by its name
   */
  constructor(training, settings, fetchFile) {
    this.training = training;
    this.settings = settings;
    this.fetchFile = fetchFile;
  }

  /** Fetch what is needed to look at these. @param {Condition} condition */
  async prepare(condition) {
    if (this.training.states.length || this.settings.source) return;
    this.#files[condition] ??= await this.fetchFile(FILES[condition]).catch(() => null);
  }

  /** @param {Condition} condition @returns {TrainedFile | null} the file that is looked into */
  #file(condition) {
    const others = this.training.states.length || this.settings.source; // what came with the page knows MNIST-1D alone
    return others ? null : this.#files[condition] ?? null;
  }

  /** Whether they are untrained, of the settings of now. @param {Condition} condition */
  areUntrained(condition) {
    return !this.#opened(condition) && !this.training.states.length && !this.#file(condition);
  }

  /** @param {Condition} condition @returns {import('./training-run.js').OpenedNetwork | null} the opened one, if it is of these inputs */
  #opened(condition) {
    const { opened } = this.training;
    return opened && conditionOf(opened) === condition ? opened : null;
  }

  /**
   * Its arguments for the jobs `inspect`, `classify` and `weights`. Beside an opened network the others are of the
   * same data: if there are no such ones, untrained.
   * @param {string} model @param {Condition} condition @param {number} [trial] @returns {Record<string, any>}
   */
  args(model, condition, trial = 0) {
    const opened = this.#opened(condition);
    if (opened?.spec.model === model) return { ...opened.spec, weights: opened.weights };
    const others = this.#others(model, condition, trial);
    if (!opened || specHash(others.dataset) === specHash(opened.spec.dataset)) return others;
    return { ...this.#untrained(model), dataset: opened.spec.dataset };
  }

  /** @param {string} model */
  #untrained(model) {
    const { trials, ...train } = this.settings.args('train');
    return { ...settingsOf(model, train), model };
  }

  /** @param {string} model @param {Condition} condition @param {number} trial @returns {Record<string, any>} */
  #others(model, condition, trial) {
    const file = this.#file(condition);
    if (file) return { ...file.spec, model, weights: file.networks[model].weights };
    const own = this.training.states.find((one) => one.model === model && one.condition === condition && one.trial === trial);
    if (own) return { ...own.args, ...(own.state && { state: own.state }) };
    return { ...this.#untrained(model), dataset: { ...this.settings.args('dataset'), shuffle_seq: condition === 'shuffled' } };
  }

  /** @param {Condition} condition @returns {string} where they are from */
  origin(condition) {
    const opened = this.#opened(condition);
    if (opened) {
      return `From the file ${opened.file}: ${describeOpened(opened)}. Beside it networks of the same data, untrained where there are no others.`;
    }
    const { states, step, spec } = this.training;
    if (states.length) return `Your networks, after ${step} steps, seed ${spec?.seed}.`;
    const file = this.#file(condition);
    if (!file) return 'Before any training: the first weights.';
    const right = MODELS.map((model) => `${NAMES[model]} ${formatPercent(file.networks[model].test_acc)}`);
    return `These networks came with the page, trained on the published data: ${file.spec.steps} steps, seed ${file.spec.seed}. ` +
      `Right on its test examples: ${right.join(', ')}. Train above, and yours are shown instead.`;
  }
}
