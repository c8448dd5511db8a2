// Trains encoders without labels, then probes their layers. Keeps what is finished, so that a stopped run goes
// on from its last part. Draws nothing.
// @ts-check
import { abortable } from '../lab/bridge.js';
import { untilFirstFailure } from '../lab/first-failure.js';
import { rowsOf } from '../records/rows.js';
import { checkTrials } from '../settings/trials.js';
import { H } from './layer-means.js';

/** @typedef {import('./layer-means.js').Probe} Probe */
/** @typedef {import('./layer-means.js').Loss} Loss */
/** @typedef {import('../from-python.js').ContrastSpec} ContrastSpec */
/** @typedef {import('../settings/settings.js').JobArgs['contrast']} Choice */
/** @typedef {Choice & {dataset: import('../from-python.js').DatasetSpec}} RunSpec of all its networks */
/**
 * A network: its training, and of each layer what the probes say; `state` is null before its first part.
 * @typedef {{trial: number, args: Partial<ContrastSpec>, epoch: number, state: Uint8Array | null, losses: Loss[], probes: Map<number, Probe>}} Encoder
 */

const PARTS = 20; // of a training: a stop loses at most one
const PROBED = 0.3; // share of the work of a usual run that its probes are
const EPOCHS = 60;

/** @param {Encoder} encoder @returns {boolean} whether it is trained and all of its layers are probed */
export const isWhole = ({ args, probes }) => probes.size === H + Number(args.projector) + 1;

/** The visitor's networks, and those that came with the page. Dispatches `change`. */
export class ContrastRun extends EventTarget {
  /** @type {Map<string, Encoder>} all that have begun, by their arguments */ #kept = new Map();
  /** What was asked for last; null before the first run. @type {RunSpec | null} */ spec = null;
  /** @type {Encoder[]} of that */ encoders = [];
  /**
   * What came with the page.
   * @type {{spec: ContrastSpec, seeds: number[], probes: Probe[], losses: Loss[], weights: Record<string, string>, verdict: import('../from-python.js').VerdictRow[]} | null}
   */
  shipped = null;

  /** @param {import('../lab/lab.js').Lab['run']} run of the lab */
  constructor(run) {
    super();
    this.run = run;
  }

  /** @param {any} file results/self-supervised.json */
  setShipped({ spec, seeds, records, losses, weights, verdict }) {
    this.shipped = { spec, seeds, probes: rowsOf(records), losses: rowsOf(losses), weights, verdict };
    this.dispatchEvent(new Event('change'));
  }

  /** @returns {Probe[]} of the last run */
  get probes() {
    return this.encoders.flatMap(({ trial, probes }) => [...probes.values()].map((row) => ({ ...row, trial })))
      .sort((a, b) => a.trial - b.trial || a.layer - b.layer);
  }

  /** @returns {Loss[]} of the last run */
  get losses() {
    return this.encoders.flatMap(({ trial, losses }) => losses.map((row) => ({ ...row, trial })));
  }

  /** @returns {Encoder | undefined} the first one whose training has ended */
  get trained() {
    return this.encoders.find(({ args, epoch, state }) => state && epoch === args.epochs);
  }

  /** @returns {Probe[]} of all finished networks like those of the last run, but for projector, epochs and seed, which is the trial */
  get comparable() {
    const like = (/** @type {Partial<ContrastSpec>} */ { projector, epochs, seed, ...same }) => JSON.stringify(same);
    const [wanted] = this.encoders;
    if (!wanted) return [];
    return [...this.#kept.values()]
      .filter((one) => isWhole(one) && like(one.args) === like(wanted.args) && [0, wanted.args.epochs].includes(one.args.epochs))
      .flatMap(({ args, probes }) => [...probes.values()].map((row) => ({ ...row, trial: Number(args.seed) })));
  }

  /** Begin what the settings ask for, or go on with it. @param {Choice} choice @param {RunSpec['dataset']} dataset */
  begin({ trials, seed, ...choice }, dataset) {
    checkTrials(trials);
    this.spec = { ...choice, trials, seed, dataset };
    this.encoders = Array.from({ length: trials }, (_, trial) => {
      const args = { ...choice, seed: seed + trial, dataset };
      const name = JSON.stringify(args);
      const encoder = this.#kept.get(name) ?? { trial, args, epoch: 0, state: null, losses: [], probes: new Map() };
      encoder.trial = trial;
      this.#kept.set(name, encoder);
      return encoder;
    });
    this.dispatchEvent(new Event('change'));
  }

  /** Work that is done of the last run, and all of it, in epochs. */
  get work() {
    const { projector = 0, epochs = 0 } = this.spec ?? {};
    const probing = (PROBED * EPOCHS) / (H + projector + 1); // of one layer
    const done = this.encoders.reduce((sum, { epoch, probes }) => sum + epoch + probing * probes.size, 0);
    return { done, total: this.encoders.length * (epochs + PROBED * EPOCHS) };
  }

  /** Train and probe all networks of the run. @param {{signal: AbortSignal, onProgress: () => void}} options */
  async finish({ signal, onProgress }) {
    const tell = () => {
      this.dispatchEvent(new Event('change'));
      onProgress();
    };
    await untilFirstFailure(this.encoders, (one, failed) => abortable(this.#make(one, signal, tell), failed));
  }

  /** @param {Encoder} encoder @param {AbortSignal} signal @param {() => void} tell */
  async #make(encoder, signal, tell) {
    const { args } = encoder;
    const epochs = Number(args.epochs);
    const each = Math.max(1, Math.ceil(epochs / PARTS));
    while (!encoder.state || encoder.epoch < epochs) {
      const until = Math.min(epochs, encoder.epoch + each) || 0; // what is no number Python refuses
      const state = encoder.state && { state: encoder.state };
      const found = await this.run('contrast', { ...args, ...state, ...(epochs >= 0 && { until }) }, { signal });
      Object.assign(encoder, { epoch: found.epoch, state: found.state, losses: [...encoder.losses, ...found.records] });
      tell();
    }
    const layers = Array.from({ length: H + Number(args.projector) + 1 }, (_, layer) => layer);
    await untilFirstFailure(layers.filter((layer) => !encoder.probes.has(layer)), async (layer) => {
      const { records } = await this.run('probe', { ...args, state: encoder.state, layer }, { signal });
      encoder.probes.set(layer, records[0]);
      tell();
    });
  }
}
