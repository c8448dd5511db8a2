// How a word that is being typed goes on: what is put in, and what is listed. Asks nobody for the names.
// @ts-check

const LISTED = 30; // names

/** @param {string[]} names @returns {string} what all of them begin with */
function commonStart(names) {
  let [start] = names;
  for (const name of names) while (!name.startsWith(start)) start = start.slice(0, -1);
  return start;
}

/**
 * @param {string} text up to the cursor @param {{start: number, names: string[]}} found for what follows `start`
 * @returns {{text: string, list: string}} the text with what is certain; the names, if there are several
 */
export function completed(text, { start, names }) {
  if (!names.length) return { text, list: 'No name begins like this.' };
  const to = text.slice(0, start) + commonStart(names);
  if (names.length === 1) return { text: to, list: '' };
  const last = names.map((name) => name.split('.').at(-1));
  const more = names.length > LISTED ? `, and ${names.length - LISTED} more` : '';
  return { text: to.length > text.length ? to : text, list: last.slice(0, LISTED).join(', ') + more };
}
