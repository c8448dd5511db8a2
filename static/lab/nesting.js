// Refuses values that are nested so deeply that handing them to Python would take its worker down.
// @ts-check

const DEEPEST = 32; // the arguments of a job have 3

/**
 * Throws for such a value. It looks at each object once a level, so that the effort stays small whatever refers
 * to what.
 * @param {unknown} args of a job
 */
export function refuseDeep(args) {
  let level = new Set([args]);
  for (let depth = 0; level.size; depth += 1) {
    if (depth > DEEPEST) {
      const error = new Error(`args must be nested at most ${DEEPEST} deep, got more`);
      throw Object.assign(error, { name: 'ValueError', field: 'args' });
    }
    level = new Set([...level].flatMap(partsOf));
  }
}

/** @param {unknown} value @returns {object[]} the objects in it */
function partsOf(value) {
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return [];
  return Object.values(value).filter((part) => part !== null && typeof part === 'object');
}
