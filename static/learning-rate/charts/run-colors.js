// The colours and names of the two runs, in every chart of this wing.
// @ts-check

/** @param {number} run counted from 0 */
export const runColor = (run) => (run === 0 ? 'var(--random)' : 'var(--lottery)');

/** @param {{start: number}} run */
export const runText = ({ start }) => `from ${start}`;
