// The index of phenomena on the cover: how long the default of each takes. Its words and links are in
// index.html, its pictures in results/pictures.json. Draws nothing.
// @ts-check

/**
 * By its card: the seconds from the start button to “Done” at the page's defaults, on two cores of the machine of
 * py/build_steps/README.md. Printed by `python3 build.py bench phenomena`.
 * @type {Record<string, {seconds: number}>}
 */
export const PHENOMENA = {
  tickets: { seconds: 70 },
  prior: { seconds: 19 },
  width: { seconds: 130 },
  pooling: { seconds: 15 },
};
