// The index of phenomena on the cover: how long the default of each takes. Its words and links are in
// index.html, its pictures in results/pictures.json. Draws nothing.
// @ts-check

/**
 * By its card: the seconds of a run at the page's defaults with two workers. `python3 build.py bench phenomena`
 * prints what the run bar says at its end; these are from a machine that others used too, where half of the
 * browser's CPU seconds stands for them (tickets 118 s, prior 40 s, width 170 s, pooling 34 s).
 * @type {Record<string, {seconds: number}>}
 */
export const PHENOMENA = {
  tickets: { seconds: 59 },
  prior: { seconds: 20 },
  width: { seconds: 85 },
  pooling: { seconds: 17 },
  descent: { seconds: 0 },
  rate: { seconds: 0 },
  unlabelled: { seconds: 0 },
};
