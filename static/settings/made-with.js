// Whether something was made with the settings that are set now, in a sentence. It knows no figure.
// @ts-check
import { YOUNGER } from '../from-python.js';
import { readSource } from './own-source.js';
import { SETTINGS } from './table.js';

/** @typedef {import('./table.js').Group} Group */
/** @typedef {import('./table.js').Setting} Setting */
/** What something was made with: of some groups, the fields of the spec. @typedef {Partial<Record<Group, Record<string, any>>>} MadeWith */

const ALWAYS = /** @type {Record<string, unknown>} */ (YOUNGER);
const LISTED = 3; // settings that the sentence names
// How often it is repeated, and where values came from, does not change what is shown.
const REPETITION = ['preset', 'trials', 'seed'];

/** @param {Setting} setting @returns {boolean} whether another value of it makes another thing */
const matters = ({ group, name }) => group === 'dataset' || !REPETITION.includes(name);

/** @param {Setting} setting @param {unknown} value @returns {string} */
function words({ kind, label, options }, value) {
  if (kind === 'own') return `data ${readSource(String(value))?.name ?? 'of MNIST-1D'}`;
  if (kind === 'drawing') return value ? 'drawn digits' : 'the published digits';
  const shown = options?.find((one) => one.value === value)?.label ?? String(value);
  return `${label[0].toLowerCase()}${label.slice(1)} ${shown}`;
}

/** @typedef {{setting: Setting, then: unknown, now: unknown}} Difference */

/**
 * @param {import('./settings.js').Settings} settings of now @param {MadeWith} made
 * @returns {Difference[]} those that make another thing
 */
function differences(settings, made) {
  const source = String(made.dataset?.source ?? '');
  const others = made.dataset !== undefined && source !== settings.source; // then their own settings say nothing
  return SETTINGS.filter(matters).filter((one) => one.group !== 'dataset' || one.kind === 'own' ||
    (!others && settings.counts(one))).flatMap((setting) => {
    const { group, name, part } = setting;
    const fields = made[group];
    const said = part ? fields?.[part[0]]?.[part[1]] : fields?.[name];
    const then = said ?? (fields ? ALWAYS[name] : undefined); // an older spec leaves out what there was no choice of
    const now = settings.get(setting);
    return then === undefined || then === now || !settings.counts(setting) || Number.isNaN(now) ? [] : [{ setting, then, now }];
  });
}

/** @param {Difference[]} different @param {'then' | 'now'} when @returns {string} the first few */
const list = (different, when) => different.slice(0, LISTED).map((one) => words(one.setting, one[when])).join(', ');

/**
 * @param {import('./settings.js').Settings} settings of now @param {MadeWith} made
 * @returns {string} what is different about it, for its name; '' if nothing
 */
export const describeWhatDiffers = (settings, made) => list(differences(settings, made), 'then');

/**
 * @param {import('./settings.js').Settings} settings of now @param {MadeWith} made
 * @returns {string} which settings differ; '' if none of those that are told
 */
export function describeDifference(settings, made) {
  const different = differences(settings, made);
  if (!different.length) return '';
  const more = different.length - LISTED;
  return `Made with ${list(different, 'then')}; now ${list(different, 'now')}${more > 0 ? `, and ${more} more` : ''}.`;
}

/**
 * @param {Group} group @param {Record<string, any>} fields of a spec
 * @returns {string} its settings that came later and are not as ever, each after a comma; '' if none
 */
export const describeUnusual = (group, fields) => SETTINGS
  .filter((one) => one.group === group && one.kind !== 'drawing' && one.name in ALWAYS && one.name !== 'random_counts')
  .filter(({ name }) => fields[name] !== undefined && fields[name] !== ALWAYS[name])
  .map((one) => `, ${words(one, fields[one.name])}`).join('');
