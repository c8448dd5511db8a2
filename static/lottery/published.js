// What was published, in one table with its sources. Values to lay beside ours, never to compute with.
// @ts-check

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

/** Test accuracy in percent on the fresh dataset. @type {PublishedRow[]} */
export const PUBLISHED = [
  { arm: 'lottery', condition: 'fresh', figure: 70.6, rerun: 65.9 },
  { arm: 'lottery', condition: 'reinitialized', figure: 67.3, rerun: 65.5 },
  { arm: 'dense', condition: 'fresh', figure: 64, rerun: 63.8 },
  { arm: 'lottery', condition: 'shuffled', figure: 63, rerun: 62.8 },
  { arm: 'random', condition: 'fresh', figure: 58, rerun: 60.5 },
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
