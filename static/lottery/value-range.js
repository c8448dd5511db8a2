// From where to where an axis of values goes: as the data need it, and no further. Draws nothing.
// @ts-check
import { extent } from '../records/stats.js';

const MARGIN = 0.06; // of the range, to each side of it
const REACH = 0.5; // of the range of the means: by so much single values may widen it to each side

/**
 * What is to be seen: `spans`, means with their bands, in full; `dots`, single values, even where they
 * lie far off only by `REACH`, because one failed network must not press all lines together.
 * @param {{spans: [number, number][], dots: number[]}} values
 * @param {{least: number, limits: [number, number], empty: [number, number]}} quantity `least`: a smaller
 *   range would make noise look large; `limits`: what it can be; `empty`: the range while there is no value
 * @returns {[number, number]}
 */
export function fittedRange({ spans, dots }, { least, limits, empty }) {
  const all = dots.filter(Number.isFinite);
  const core = spans.flat().filter(Number.isFinite);
  const [bottom, top] = extent(core.length ? core : all);
  if (!Number.isFinite(bottom)) return empty;
  const reach = REACH * Math.max(least, top - bottom);
  const [lowest, highest] = extent([bottom, top, ...all]);
  const [low, high] = [Math.max(lowest, bottom - reach), Math.min(highest, top + reach)];
  const missing = Math.max(0, least - (high - low)) / 2;
  const margin = missing + MARGIN * Math.max(least, high - low);
  return [Math.max(limits[0], low - margin), Math.min(limits[1], high + margin)];
}
