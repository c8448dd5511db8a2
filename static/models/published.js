// The published results of the four models, to be shown beside ours. Nothing is computed from them.
// @ts-check

/** Test accuracy of the four models in percent, inputs in order and shuffled. @type {Record<string, Record<string, number>>} */
export const MODEL_ROWS = {
  logistic: { plain: 32, shuffled: 32 },
  mlp: { plain: 68, shuffled: 68 },
  cnn: { plain: 94, shuffled: 56 },
  gru: { plain: 91, shuffled: 57 },
};
/** The same of a person; shuffled: about. @type {Record<string, number>} */
export const HUMAN = { plain: 96, shuffled: 30 };
/** The published settings of these trainings. */
export const MODEL_SETTINGS = { steps: 6000, learning_rate: 0.01 };
