// What was published, in one table with its sources. Values to lay beside ours, never to compute with.
// @ts-check
import { PUBLISHED_ACCURACY } from '../from-python.js';

/** @typedef {'figure' | 'rerun'} Source */
/** @typedef {{arm: string, condition: string, figure: number, rerun: number}} PublishedRow */

/** The settings of the published analysis. */
export const SETTINGS = { hidden: 500, steps: 6000, batch_size: 500 };

/** Where both come from. */
export const ORIGIN = {
  text: 'S. Greydanus and D. Kobak, Scaling Down Deep Learning with MNIST-1D (2024), and its notebook lottery-tickets.ipynb',
  url: 'https://arxiv.org/abs/2011.14439',
};

/** @type {Record<Source, string>} */
export const SOURCES = {
  figure: 'the published figure',
  rerun: 'the stored rerun of the notebook',
};

const { figure, rerun } = PUBLISHED_ACCURACY;

/** Test accuracy in percent on the fresh dataset. @type {PublishedRow[]} */
export const PUBLISHED = [
  { arm: 'lottery', condition: 'fresh', figure: figure.lottery, rerun: rerun.lottery },
  { arm: 'lottery', condition: 'reinitialized', figure: figure.reinitialized, rerun: rerun.reinitialized },
  { arm: 'dense', condition: 'fresh', figure: figure.dense, rerun: rerun.dense },
  { arm: 'lottery', condition: 'shuffled', figure: figure.shuffled, rerun: rerun.shuffled },
  { arm: 'random', condition: 'fresh', figure: figure.random, rerun: rerun.random },
];

/**
 * The published differences to the dense network; both sources have one dense network, in the data's
 * own order, and set the shuffled ticket against it too.
 * @returns {{arm: string, condition: string, source: Source, delta: number}[]}
 */
export function publishedDeltas() {
  const dense = /** @type {PublishedRow} */ (PUBLISHED.find(({ arm }) => arm === 'dense'));
  return PUBLISHED.filter((row) => row !== dense).flatMap(({ arm, condition, ...values }) =>
    /** @type {Source[]} */ (['figure', 'rerun']).map((source) =>
      ({ arm, condition, source, delta: values[source] - dense[source] })));
}
