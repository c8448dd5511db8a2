// Fetches the results that the address asks for: `?open=NAME`, served beside the page by the command
// `mnist1d-lab open`. Reads none of them.
// @ts-check

const NAME = /^[\w-][\w.-]{0,120}$/; // in the folder `opened` and nowhere else

/** @param {string} name @returns {Promise<File>} empty if there is none: what reads it says so */
async function fileOf(name) {
  if (!NAME.test(name)) return new File([], name.slice(0, 40));
  const response = await fetch(new URL(`opened/${name}`, document.baseURI), { cache: 'no-store' });
  return new File(response.ok ? [await response.blob()] : [], name);
}

/** @param {string[]} names of the address @returns {Promise<File[]>} in their order */
export const filesOf = (names) => Promise.all(names.map(fileOf));
