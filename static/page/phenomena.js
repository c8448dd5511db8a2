// The index of phenomena on the cover: how long the default of each takes. Its words and links are in
// index.html, its pictures in results/pictures.json. Draws nothing.
// @ts-check

/**
 * By its card: the seconds of a run at the page's defaults with two workers, as the run bar says at its end:
 * `python3 build.py bench phenomena` prints them. These are from a machine with two slow cores and nothing else to do.
 * @type {Record<string, {seconds: number}>}
 */
export const PHENOMENA = {
  tickets: { seconds: 64 },
  prior: { seconds: 19 },
  width: { seconds: 94 },
  pooling: { seconds: 12 },
  descent: { seconds: 31 },
  rate: { seconds: 3 },
  unlabelled: { seconds: 15 },
};
