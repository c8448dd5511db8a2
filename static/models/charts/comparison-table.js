// A table: what the models, PyTorch and the visitor reach, beside what was published.
// @ts-check
import { formatMean, formatDifference } from '../../records/format.js';
import { interval, wilson } from '../../records/stats.js';
import { element } from '../../ui/dom.js';
import { makeRow, makeTable } from '../../ui/table.js';
import { HUMAN, MODEL_ROWS } from '../published.js';
import { CONDITIONS, MODELS } from '../training-run.js';
import { NAMES } from './learning-curves.js';

/** @typedef {import('../training-run.js').Row} Row */
/** @typedef {import('../../records/stats.js').Mean} Mean */
/**
 * @typedef {{live: Row[], step: number, shipped: {rows: Row[], steps: number} | null,
 *   peer: Record<string, Record<string, number[]>> | null,
 *   scores: Record<string, import('../training-run.js').Score>}} Compared
 */

export const CLOSE = 3; // points within which a mean is called as published
const HEADS = ['Model', 'Inputs', 'Your run', 'Shipped', 'PyTorch', 'Published', 'Difference'];

/** @param {Row[]} rows @param {string} arm @param {string} condition @param {number} step @returns {Mean | null} */
function at(rows, arm, condition, step) {
  const values = rows.filter((row) => row.arm === arm && row.condition === condition && row.step === step)
    .map(({ test_acc }) => test_acc);
  return values.length ? interval(values) : null;
}

/** @param {Row[]} rows @param {string} arm @param {string} condition @returns {Mean} of the highest of each training */
const best = (rows, arm, condition) => interval([...Map.groupBy(
  rows.filter((row) => row.arm === arm && row.condition === condition), ({ trial }) => trial,
).values()].map((training) => Math.max(...training.map(({ test_acc }) => test_acc))));

/** @param {Mean | null} found @returns {string} */
const written = (found) => (found ? `${formatMean(found)} (${found.n})` : '–');

/** @param {Mean | null} ours @param {number} published @returns {{text: string, verdict: string}} */
function difference(ours, published) {
  if (!ours) return { text: '–', verdict: '' };
  const delta = { ...ours, mean: ours.mean - published };
  const close = Math.abs(delta.mean) <= CLOSE;
  return { text: `${close ? '✓' : '≠'}\u00a0${formatDifference(delta)}`, verdict: close ? 'close' : 'apart' };
}

/** @param {string[]} cells @param {{verdict?: string, arm?: string}} [about] @returns {HTMLTableRowElement} */
function line(cells, { verdict = '', arm = '' } = {}) {
  const row = makeRow(cells, HEADS);
  row.cells[0].className = arm;
  for (const cell of row.cells) if (cell.textContent === '–') cell.classList.add('none');
  if (verdict) row.lastElementChild?.classList.add(verdict);
  return row;
}

/** @param {HTMLElement} node */
export function mountComparison(node) {
  const caption = 'Test accuracy in percent: mean ± 95 % t-interval (number of seeds). ' +
    `Difference: shipped less published, ✓ within ${CLOSE} points; of you, your share less that of people.`;
  const { table, body } = makeTable(HEADS, { className: 'comparison', caption });
  const note = element('p', { className: 'note' });
  node.append(table, note);

  /** @param {Compared} compared @param {string} arm @param {import('../training-run.js').Condition} condition */
  function model({ live, step, shipped, peer }, arm, condition) {
    const mine = at(live, arm, condition, step);
    const came = shipped && at(shipped.rows, arm, condition, shipped.steps);
    const torch = peer?.[arm]?.[condition];
    const published = MODEL_ROWS[arm][condition];
    const { text, verdict } = difference(came, published);
    const cells = [
      NAMES[arm], condition === 'plain' ? 'in order' : 'shuffled', written(mine), written(came),
      written(torch?.length ? interval(torch) : null), String(published), text,
    ];
    return line(cells, { verdict, arm: `model ${arm}` });
  }

  /** @param {Compared} compared @returns {string} what PyTorch says where ours is not as published */
  function explained({ shipped, peer }) {
    if (!shipped || !peer) return '';
    return MODELS.flatMap((arm) => CONDITIONS.map((condition) => {
      const came = at(shipped.rows, arm, condition, shipped.steps);
      const published = MODEL_ROWS[arm][condition];
      const torch = interval(peer[arm]?.[condition] ?? []);
      if (!came || !torch.n || Math.abs(came.mean - published) <= CLOSE) return '';
      const same = Math.abs(came.mean - torch.mean) <= CLOSE;
      return `${NAMES[arm]}, inputs ${condition === 'plain' ? 'in order' : 'shuffled'}: not the published ${published}\u00a0%, but ` +
        `${same ? 'what' : 'nor what'} PyTorch gives for the same training on the same data, ${written(torch)} (ours: ${written(came)}). ` +
        `The best of each training’s looks at the test examples is ${formatMean(best(shipped.rows, arm, condition))}.`;
    })).filter(Boolean).join(' ');
  }

  /** @param {Compared} compared @param {import('../training-run.js').Condition} condition */
  function people({ scores }, condition) {
    const { right, n } = scores[condition];
    const [low, high] = wilson(right, n);
    const mine = n ? `${((100 * right) / n).toFixed(0)} [${low.toFixed(0)}, ${high.toFixed(0)}] (${n})` : 'take the quiz below';
    const delta = n ? (100 * right) / n - HUMAN[condition] : NaN;
    const text = n ? formatDifference({ mean: delta, halfWidth: NaN, n: 1 }, 0) : '–';
    return line(['You', condition === 'plain' ? 'in order' : 'shuffled', mine, '–', '–', `${condition === 'plain' ? '' : '~'}${HUMAN[condition]}`, text]);
  }

  return {
    /** @param {Compared} compared */
    update(compared) {
      note.textContent = explained(compared);
      body.replaceChildren(
        ...MODELS.flatMap((arm) => CONDITIONS.map((condition) => model(compared, arm, condition))),
        ...CONDITIONS.map((condition) => people(compared, condition)),
      );
    },
  };
}
