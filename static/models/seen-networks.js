// Which networks are looked into: the visitor's; before there are any, those that came with the page; if
// those cannot be had, untrained ones. Runs no job.
// @ts-check
import { formatPercent } from '../records/format.js';
import { MODELS, NAMES, settingsOf } from './training-run.js';

/** @typedef {import('./training-run.js').Condition} Condition */
/** @typedef {import('./training-run.js').RunSpec} RunSpec */
/**
 * A file of static/results: `weights` in base64, as the jobs take them.
 * @typedef {{spec: RunSpec, networks: Record<string, {test_acc: number, weights: string}>}} TrainedFile
 */

/** @type {Record<Condition, string>} */ const FILES = { plain: 'inside', shuffled: 'inside-shuffled' };

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
    return !this.training.states.length && !this.#file(condition);
  }

  /** @param {string} model @param {Condition} condition @returns {Record<string, any>} its arguments for the jobs `inspect` and `classify` */
  args(model, condition) {
    const file = this.#file(condition);
    if (file) return { ...file.spec, model, weights: file.networks[model].weights };
    const own = this.training.states.find((one) => one.model === model && one.condition === condition && one.trial === 0);
    if (own) return { ...own.args, ...(own.state && { state: own.state }) };
    const { trials, ...train } = this.settings.args('train');
    return { ...settingsOf(model, train), model, dataset: { ...this.settings.args('dataset'), shuffle_seq: condition === 'shuffled' } };
  }

  /** @param {Condition} condition @returns {string} where they are from */
  origin(condition) {
    const { states, step, spec } = this.training;
    if (states.length) return `Your networks, after ${step} steps, seed ${spec?.seed}.`;
    const file = this.#file(condition);
    if (!file) return 'Before any training: the first weights.';
    const right = MODELS.map((model) => `${NAMES[model]} ${formatPercent(file.networks[model].test_acc)}`);
    return `These networks came with the page, trained on the published data: ${file.spec.steps} steps, seed ${file.spec.seed}. ` +
      `Right on its test examples: ${right.join(', ')}. Train above, and yours are shown instead.`;
  }
}
