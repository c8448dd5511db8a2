// Trains four models on the data and on their shuffled twin, side by side and in short parts, so that a
// run can pause and go on. A part is a job of Python. Draws nothing.
// @ts-check
import { MODELS } from '../from-python.js';
import { untilFirstFailure } from '../lab/first-failure.js';
import { abortWhileQueued } from '../lab/queued-task.js';
import { rowsOf } from '../records/rows.js';
import { checkTrials } from '../settings/trials.js';

/** @typedef {import('../records/types.js').Measurement} Measurement */
/** @typedef {'plain' | 'shuffled'} Condition */
/** @typedef {import('../from-python.js').TrainSpec} TrainSpec */
/** @typedef {import('../from-python.js').DatasetSpec} DatasetSpec */
/** @typedef {import('../settings/settings.js').JobArgs['train']} TrainSettings */
/** @typedef {TrainSettings & {dataset: DatasetSpec}} RunSpec of all its networks */
/**
 * A measurement of one network.
 * @typedef {{arm: string, condition: Condition, trial: number, step: number, train_loss: number,
 *   train_acc: number, test_loss: number, test_acc: number}} Row
 */
/**
 * A network in training; `state` is all that it needs to go on, null before its first part; `stopped` the
 * step at which it gave up early.
 * @typedef {{model: string, condition: Condition, trial: number, args: Omit<TrainSpec, 'hidden' | 'depth'> & {hidden?: number, depth?: number}, step: number,
 *   state: Uint8Array | null, rows: Row[], stopped?: number | null}} TrainingState
 */
/**
 * A network that came from a file; `weights` as the job `inspect` takes them, `test_acc` in percent.
 * @typedef {{file: string, spec: TrainSpec, weights: Uint8Array, test_acc: number}} OpenedNetwork
 */
/** @typedef {import('../lab/lab.js').Lab['run']} Run */
/** @typedef {{right: number, n: number}} Score of the visitor */
/** @typedef {{name: string, rows: Row[]}} EditedRows `name`: how charts and tables call them */

export { MODELS };
/** The models as they are written. @type {Record<string, string>} */
export const NAMES = { logistic: 'logistic', mlp: 'MLP', cnn: 'CNN', gru: 'GRU', edited: 'edited' };
/** @type {Condition[]} */ export const CONDITIONS = ['plain', 'shuffled'];
const PARTS = 24; // of a training: the published script measures as often
const MOST = 250; // steps of a part, because a pause waits for its end

/** The settings of a training that a model has: hidden units and their layers are the MLP's alone. @param {string} model @param {Omit<TrainSettings, 'trials'>} train */
export const settingsOf = (model, { hidden, depth, ...rest }) => (model === 'mlp' ? { hidden, depth, ...rest } : rest);

/** @param {number} steps @returns {number} steps of a part, a round number */
export function stepsOfPart(steps) {
  const least = steps / PARTS;
  const power = 10 ** Math.floor(Math.log10(least));
  const round = [1, 2, 2.5, 5, 10].map((digit) => digit * power).find((one) => one >= least) ?? 1;
  return Math.min(MOST, Math.max(1, Math.ceil(round)));
}

/** @param {string} model @param {Condition} condition @param {Measurement} measured @param {number} trial @returns {Row} */
const rowOf = (model, condition, { step, train_loss, train_acc, test_loss, test_acc }, trial) => ({
  arm: model, condition, trial, step, train_loss: Number(train_loss), train_acc: Number(train_acc), test_loss, test_acc,
});

/** @param {AbortSignal} signal */
function throwIfStopped(signal) {
  if (signal.aborted) throw new DOMException('The run was stopped.', 'AbortError');
}

/** One run of the visitor. Dispatches `change` when there are new measurements, `score` after an answer in the quiz. */
export class TrainingRun extends EventTarget {
  /** @type {TrainingState[]} */ states = [];
  /** What the run was asked for; null before the first. @type {RunSpec | null} */ spec = null;
  /** What came with the page. @type {{spec: RunSpec, seeds: number[], rows: Row[], peer: Record<string, Record<string, number[]>>} | null} */ shipped = null;
  /** What somebody's own code has found, as the MLP's rows. @type {EditedRows | null} */ edited = null;
  /** From a file, until the next run begins. @type {OpenedNetwork | null} */ opened = null;
  /** @type {Record<Condition, Score>} */ scores = { plain: { right: 0, n: 0 }, shuffled: { right: 0, n: 0 } };

  /** @param {Run} run of the lab */
  constructor(run) {
    super();
    this.run = run;
  }

  /** What came with the page, where it may stand beside the run: it is of other data than one's own. */
  get beside() {
    return this.spec?.dataset.source ? null : this.shipped;
  }

  /** @returns {Row[]} all measurements of the run so far */
  get rows() {
    return this.states.flatMap(({ rows }) => rows);
  }

  /** @returns {number} steps that all networks have done */
  get step() {
    return this.states.length ? Math.min(...this.states.map(({ step }) => step)) : 0;
  }

  /** @param {EditedRows | null} edited */
  setEdited(edited) {
    this.edited = edited;
    this.dispatchEvent(new Event('change'));
  }

  /** @param {any} file results/models.json */
  setShipped(file) {
    this.shipped = { spec: file.spec, seeds: file.seeds, rows: rowsOf(file.records), peer: file.peer };
    this.dispatchEvent(new Event('change'));
  }

  /** @param {OpenedNetwork} network */
  open(network) {
    this.opened = network;
    this.dispatchEvent(new Event('change'));
  }

  /**
   * Begin a new run.
   * @param {TrainSettings} train @param {DatasetSpec} dataset
   */
  begin({ trials, ...train }, dataset) {
    checkTrials(trials);
    const every = stepsOfPart(train.steps);
    this.opened = null;
    this.spec = { ...train, trials, dataset };
    this.states = Array.from({ length: trials }, (_, trial) => MODELS.flatMap((model) => CONDITIONS.map((condition) => ({
      model, condition, trial, step: 0, state: null, rows: [],
      args: {
        ...settingsOf(model, train), model, seed: train.seed + trial, eval_every: every,
        dataset: { ...dataset, shuffle_seq: condition === 'shuffled' },
      },
    })))).flat();
  }

  /**
   * Train all networks up to a step, in equal parts. A soft stop lets running parts end and keeps them;
   * a hard stop aborts them.
   * @param {number} until the step
   * @param {{soft: AbortSignal, hard: AbortSignal, onProgress: (done: number, total: number) => void}} options
   */
  async advance(until, { soft, hard, onProgress }) {
    const every = this.states[0].args.eval_every;
    const report = () => {
      this.dispatchEvent(new Event('change'));
      const done = this.states.reduce((sum, { step }) => sum + step, 0);
      onProgress(done, this.states.length * until);
    };
    while (this.step < until || !this.rows.length) { // at least one part, so that Python can refuse its settings
      throwIfStopped(soft);
      const next = Math.min(until, (Math.floor(this.step / every) + 1) * every);
      const behind = this.states.filter(({ step, rows }) => step < next || !rows.length);
      await untilFirstFailure(behind, async (state, failed) => {
        await this.#part(state, next, AbortSignal.any([soft, failed]), hard);
        report();
      });
    }
  }

  /** @param {TrainingState} network @param {number} until @param {AbortSignal} stop @param {AbortSignal} hard */
  async #part(network, until, stop, hard) {
    const { args, state, model, condition, trial } = network;
    const part = () => ({ ...args, until, ...(state && { state }) });
    const task = abortWhileQueued(part, stop, hard);
    const { records, step, state: next, stopped } = await this.run('train', task.args, { signal: task.signal });
    if (!this.states.includes(network)) return; // a newer run has begun
    const added = records.map((/** @type {Measurement} */ one) => rowOf(model, condition, one, trial));
    Object.assign(network, { step, state: next, stopped, rows: [...network.rows, ...added] });
  }

  /** Count an answer of the visitor. @param {Condition} condition @param {boolean} right */
  answer(condition, right) {
    const { right: before, n } = this.scores[condition];
    this.scores[condition] = { right: before + Number(right), n: n + 1 };
    this.dispatchEvent(new Event('score'));
  }
}
