// What was published, in one table with its sources. Values to lay beside ours, never to compute with.
// @ts-check
import { PUBLISHED_ARMS, PUBLISHED_SETTINGS, RERUN_DENSE_TWICE } from '../from-python.js';

/** @typedef {'figure' | 'rerun'} Source */

/**
 * An arm as published: its test accuracy in percent, and that of the dense network beside it.
 * @typedef {{arm: string, condition: string, figure: [number, number] | null, rerun: [number, number] | null}} PublishedArm
 */

/** The settings of the published analysis. */
export const SETTINGS = PUBLISHED_SETTINGS;

/** @type {Record<Source, string>} */
export const SOURCES = {
  figure: 'the published figure',
  rerun: 'the stored rerun of the notebook',
};

/** How far apart two runs end; to be said wherever the stored rerun is shown. */
export const RERUN_CAVEAT = 'Two runs of one dense network that the notebook stored, equal in all settings, end at ' +
  `${RERUN_DENSE_TWICE.map((accuracy) => `${accuracy}\u00a0%`).join(' and ')}: a difference of single runs says little.`;

/** @type {PublishedArm[]} */
export const PUBLISHED = /** @type {any} */ (PUBLISHED_ARMS);

/**
 * The published differences to the dense network, like for like: the figure has one for all arms, each
 * stored run its own.
 * @returns {{arm: string, condition: string, source: Source, delta: number}[]}
 */
export function publishedDeltas() {
  return PUBLISHED.flatMap(({ arm, condition, ...values }) =>
    /** @type {Source[]} */ (['figure', 'rerun']).flatMap((source) => {
      const pair = values[source];
      return pair ? [{ arm, condition, source, delta: pair[0] - pair[1] }] : [];
    }));
}
