// What a link to a result meant in earlier releases, whose usual settings were others. Reads no address.
// @ts-check
import { YOUNGER } from '../from-python.js';

/** What `quick` was, where a link of result format 1 says nothing else. */
const QUICK = { 'lottery.hidden': '200', 'lottery.prune_fraction': '0.37' };
/** What there was no setting for: the only way there was. */
const ALWAYS = { 'lottery.random_counts': YOUNGER.random_counts };

/**
 * Say outright what a link of result format 1 left to the usual settings of its time.
 * @param {URLSearchParams} state of the address @param {string | null} result of the address
 * @returns {URLSearchParams}
 */
export function completed(state, result) {
  if (!result?.startsWith('1-')) return state;
  const isQuick = (state.get('lottery.preset') ?? 'quick') === 'quick';
  const unsaid = Object.entries({ ...ALWAYS, ...(isQuick ? QUICK : {}) }).filter(([name]) => !state.has(name));
  return new URLSearchParams([...state, ...unsaid]);
}
