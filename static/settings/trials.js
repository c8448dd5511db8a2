// What a number of trials may be. Python checks all other settings, but it runs one trial at a time.
// @ts-check

/** @param {unknown} trials */
export function checkTrials(trials) {
  if (Number.isInteger(trials) && Number(trials) >= 1 && Number(trials) <= 100) return;
  throw new Error(`trials must be a whole number from 1 to 100, got ${trials}`);
}
