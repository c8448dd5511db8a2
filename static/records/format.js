// How numbers are written for people: percentages, means with their interval, differences with their
// sign, counts. Coordinates of pictures and cells of files are not written here.
// @ts-check

/** @typedef {import('./stats.js').Mean} Mean */

/** @param {number} value a percentage @param {number} [digits] @returns {string} kept on one line */
export const formatPercent = (value, digits = 1) => `${value.toFixed(digits)}\u00a0%`;

/** @param {number} value @returns {string} two digits, more before the point: 0.12, 1.2, 12, 123 */
export const formatTwoDigits = (value) => (value >= 10 ? value.toFixed(0) : value.toPrecision(2));

/** @param {number} ratio @returns {string} two digits without a final zero: 20, 2.5, 2 */
export const formatRatio = (ratio) => String(ratio >= 10 ? Math.round(ratio) : Number(ratio.toPrecision(2)));

/** @param {number} bytes @returns {string} in bytes, kB or MB */
export function formatBytes(bytes) {
  if (bytes < 1e3) return `${bytes}\u00a0bytes`;
  const [unit, name] = bytes < 1e6 ? [1e3, 'kB'] : [1e6, 'MB'];
  return `${(bytes / unit).toPrecision(3).replace(/\.0+$/, '')}\u00a0${name}`;
}

/** @param {Mean} row @param {number} [digits] @returns {string} the mean, with its interval if there is one */
export const formatMean = ({ mean, halfWidth, n }, digits = 1) =>
  n > 1 ? `${mean.toFixed(digits)}\u00a0±\u00a0${halfWidth.toFixed(digits)}` : mean.toFixed(digits);

/** @param {Mean} row @param {number} [digits] @returns {string} the same for tips, whose lines Plot may break at the spaces */
export const formatMeanPlain = (row, digits = 1) => formatMean(row, digits).replaceAll('\u00a0', ' ');

/** @param {Mean} row @returns {string} the same of percentages */
export const formatMeanPercent = (row) => `${formatMean(row)}\u00a0%`;

/** @param {Mean} row @param {number} [digits] @returns {string} a difference, always with its sign */
export function formatDifference(row, digits = 1) {
  const sign = Number(row.mean.toFixed(digits)) < 0 ? '−' : '+';
  return sign + formatMean({ ...row, mean: Math.abs(row.mean) }, digits);
}

/** @param {number} value @param {number} [digits] @returns {string} a single difference, with its sign */
export const formatSigned = (value, digits = 1) => formatDifference({ mean: value, halfWidth: NaN, n: 1 }, digits);

/** @param {number} points @returns {string} a difference in words */
export const aboveOrBelow = (points) =>
  `${Math.abs(points).toFixed(1)} points ${points < 0 ? 'below' : 'above'}`;

/** @param {number} value @param {number} [digits] @returns {string} a number that is no percentage, with a true minus */
export const formatNumber = (value, digits = 3) => {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
};

/** @param {number} value @param {number} [step] of its slider @returns {string} as long at each step, so that nothing moves while it is dragged */
export function formatSetting(value, step = 1) {
  const short = value.toFixed(step < 1 ? 2 : 0);
  return Number(short) === value ? short : String(value);
}

const COUNT = new Intl.NumberFormat('en');

/** @param {number} count @returns {string} with a comma between thousands */
export const formatCount = (count) => COUNT.format(count);

/** @param {number} seconds @returns {string} exactly, for what is over */
export function formatDuration(seconds) {
  const whole = Math.ceil(seconds);
  const minutes = Math.floor(whole / 60);
  if (whole < 60) return `${whole} s`;
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** @param {number} seconds @returns {string} rounded, for a forecast */
export function formatDurationAbout(seconds) {
  if (seconds < 1) return '1 s';
  const step = seconds < 10 ? 1 : seconds < 60 ? 5 : seconds < 300 ? 10 : seconds < 3600 ? 60 : 600;
  return formatDuration(Math.round(seconds / step) * step).replace(/ 0 (s|min)$/, '');
}
