// Asks Python what is inside the networks, and what they say to a drawn signal; the answers go into the
// inspection. Draws nothing.
// @ts-check
import { MODELS } from './training-run.js';

/** @typedef {import('./inspection.js').Inside} Inside */
/** @typedef {import('./inspection.js').Said} Said */
/**
 * What the job `outlines` returns: ten digits as a network would get them without noise, and the
 * templates, both row by row.
 * @typedef {{x: Float64Array, template: Float64Array}} Outlines
 */

export class InsideRun {
  /** By model, the arguments of those that were looked into last. @type {Record<string, Record<string, any>>} */ #seen = {};

  /**
   * @param {import('./training-run.js').Run} run of the lab
   * @param {import('./inspection.js').Inspection} inspection gets the answers
   * @param {import('./seen-networks.js').SeenNetworks} networks
   */
  constructor(run, inspection, networks) {
    this.run = run;
    this.inspection = inspection;
    this.networks = networks;
  }

  /** Look into all four networks, and at an example of the chosen cell. */
  async look() {
    const { inspection, networks } = this;
    const { model, condition } = inspection;
    await networks.prepare(condition);
    const seen = Object.fromEntries(MODELS.map((name) => [name, networks.args(name, condition)]));
    if (seen.cnn.dataset.source !== inspection.dataset.source) Object.assign(inspection, { example: 0, cell: null }); // other data
    const inspect = (/** @type {string} */ name) => this.run('inspect', { ...seen[name], example: inspection.example });
    /** @type {Record<string, Inside>} */ const found = {};
    for (const name of MODELS) found[name] = await inspect(name);
    inspection.dataset = seen.cnn.dataset;
    inspection.found = found;
    this.#seen = seen;
    if (inspection.pickExample()) inspection.found = { ...found, [model]: await inspect(model) };
  }

  /** @returns {Promise<Outlines>} of the data that these networks are trained on */
  outlines() {
    return this.run('outlines', this.#seen.cnn.dataset);
  }

  /** Ask the same networks about a signal. @param {number[]} x */
  async ask(x) {
    /** @type {Record<string, Said>} */ const said = {};
    for (const name of MODELS) said[name] = await this.run('classify', { ...this.#seen[name], x });
    this.inspection.said = said;
  }
}
