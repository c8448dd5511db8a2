// The index of phenomena on the cover: how long the default of each takes. Its words and links are in
// index.html, its pictures in results/pictures.json. Draws nothing.
// @ts-check

/**
 * By its card: the seconds of a run at the page's defaults with two workers, as the run bar says at its end. Printed
 * by `python3 build.py bench phenomena`; of the width, which takes longest, half of the two workers' seconds.
 * @type {Record<string, {seconds: number}>}
 */
export const PHENOMENA = {
  tickets: { seconds: 70 },
  prior: { seconds: 19 },
  width: { seconds: 120 },
  pooling: { seconds: 15 },
};
