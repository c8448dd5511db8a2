// How charts tell results that were opened from files from the page's own: their dots, numbers and legend.
// Draws nothing itself.
// @ts-check

const SHORT = 24; // letters of a file's name that a chart has room for
export const DOTTED = '0.1 5'; // so that they are told from the page's own
/** The look of a dotted line, for Plot. */
export const DOTS = { strokeDasharray: DOTTED, strokeLinecap: /** @type {const} */ ('round'), strokeWidth: 3 };

/** @param {string} name its beginning and its end, where files of one kind differ */
const short = (name) => (name.length > SHORT ? `${name.slice(0, 9)}…${name.slice(9 - SHORT)}` : name);

/** What tells one file from the others. @param {number} index @param {number} count @returns {string} '' if it is the only one */
export const fileNumber = (index, count) => (count > 1 ? String(index + 1) : '');

/** @param {{name: string}[]} opened @returns {import('./legend.js').Key[]} */
export const openedKeys = (opened) => opened.map(({ name }, index) => ({
  mark: 'line', dash: DOTTED, width: 3, text: `dotted ${fileNumber(index, opened.length)}: ${short(name)}`.replace(' :', ':'),
}));
