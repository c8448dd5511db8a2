// Which parts to ask of Python ahead: those that the sliders may need next. Asks for nothing itself.
// @ts-check
import { UNTOUCHED, UNTOUCHED_IN_ORDER } from '../from-python.js';
import { SETTINGS } from '../settings/table.js';

/** @typedef {import('../settings/settings.js').Settings} Settings */
/** @typedef {import('../from-python.js').DatasetSpec} Args */

/** The sliders whose change makes Python draw the random numbers anew. */
export const REDRAWING = SETTINGS.filter(({ group, kind, name }) =>
  group === 'dataset' && kind === 'range' && ![...UNTOUCHED, ...UNTOUCHED_IN_ORDER].includes(name)).map(({ name }) => name);
const MANY = 20_000; // examples; drawing more takes so long that what is asked now would have to wait
const SCALES = /** @type {const} */ (['scale_coeff', 'corr_noise_scale', 'iid_noise_scale', 'shear_scale']);

/** @param {Args} args @returns {boolean} whether Python would accept the settings that it does not need for the parts */
export const areScalesValid = (args) => SCALES.every((name) => args[name] >= 0 && args[name] <= 1000) &&
  args.train_split >= 0 && args.train_split <= 1 &&
  Number.isInteger(args.final_seq_length) && args.final_seq_length >= 2 && args.final_seq_length <= 10000;

/** @param {Settings} settings @param {string} name of a slider @returns {Args[]} for each of its values, the nearest first */
function argsAlong(settings, name) {
  const setting = SETTINGS.find((one) => one.group === 'dataset' && one.name === name);
  const now = settings.args('dataset');
  if (!setting || !areScalesValid(now)) return [];
  const [low, high, here] = [setting.min ?? 0, settings.most(setting), Number(settings.get(setting))];
  const values = Array.from({ length: high - low + 1 }, (_, i) => low + i)
    .sort((a, b) => Math.abs(a - here) - Math.abs(b - here));
  return values.map((value) => {
    /** @type {Args} */
    const args = setting.part ?
      { ...now, padding: /** @type {[number, number]} */ (now.padding.with(setting.part[1], value)) } : { ...now, [name]: value };
    // The settings that this one limits follow it, as in Settings.set.
    const [least, most] = args.padding;
    const padded = args.template_len + most;
    return { ...args, padding: [Math.min(least, most), most], max_translation: Math.min(args.max_translation, padded) };
  });
}

/**
 * @param {Settings} settings @param {string} first the slider that will probably move next
 * @param {boolean} all whether all these sliders can be seen, else the first alone
 * @returns {Args[]} in the order in which to ask for them
 */
export function prefetchPlan(settings, first, all) {
  if (settings.args('dataset').num_samples > MANY) return [];
  const others = REDRAWING.filter((one, i) => one !== first && (all || i === 0));
  return [first, ...others].flatMap((name) => argsAlong(settings, name));
}
