// How a message repeats a text that was not understood: whole if it is short, else its beginning.
// @ts-check
const SHOWN = 40; // letters

/** @param {string} text @returns {string} */
export const quoteShort = (text) => `“${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}”`;
