// A table: the accuracy of the models, of PyTorch's and of the visitor, beside the published values.
// @ts-check
import { formatDifference, formatMean, formatNumber, formatSigned } from '../../records/format.js';
import { interval, wilson } from '../../records/stats.js';
import { element } from '../../ui/dom.js';
import { makeRow, makeTable } from '../../ui/table.js';
import { HUMAN, MODEL_ROWS } from '../published.js';
import { CONDITIONS, MODELS, NAMES } from '../training-run.js';

/** @typedef {import('../training-run.js').Row} Row */
/** @typedef {import('../training-run.js').Condition} Condition */
/** @typedef {import('../../records/stats.js').Mean} Mean */
/**
 * Runs of the visitor up to `step`; those that came with the page; accuracies of PyTorch (`peer`), by
 * model and condition; whether the run is of data of one's own, of which nothing was published; the visitor's answers;
 * what code of the visitor's has found.
 * @typedef {{live: Row[], step: number, edited: import('../training-run.js').EditedRows | null, shipped: {rows: Row[], steps: number} | null,
 *   peer: Record<string, Record<string, number[]>> | null, isOwn: boolean,
 *   scores: Record<string, import('../training-run.js').Score>}} Compared
 */

const CLOSE = 3; // points; a mean within them of the published value counts as reproduced
const HEADS = ['Network', 'Inputs', 'Your run', 'Shipped', 'PyTorch', 'Published', 'Difference'];

/** @param {string} condition */
const inputOrder = (condition) => (condition === 'plain' ? 'in order' : 'shuffled');

/** @param {Row[]} rows @param {string} arm @param {string} condition @param {number} step @returns {Mean | null} */
function meanAt(rows, arm, condition, step) {
  const values = rows.filter((row) => row.arm === arm && row.condition === condition && row.step === step)
    .map(({ test_acc }) => test_acc);
  return values.length ? interval(values) : null;
}

/** @param {Row[]} rows @param {string} arm @param {string} condition @returns {Mean} of the highest of each training */
const meanOfBest = (rows, arm, condition) => interval([...Map.groupBy(
  rows.filter((row) => row.arm === arm && row.condition === condition), ({ trial }) => trial,
).values()].map((training) => Math.max(...training.map(({ test_acc }) => test_acc))));

/** @param {Mean | null} found @returns {string} */
const formatCounted = (found) => (found ? `${formatMean(found)} (${found.n})` : '–');

/** @param {Mean | null} ours @param {number} published @returns {{text: string, verdict: string}} */
function difference(ours, published) {
  if (!ours) return { text: '–', verdict: '' };
  const delta = { ...ours, mean: ours.mean - published };
  const close = Math.abs(delta.mean) <= CLOSE;
  return { text: `${close ? '✓' : '≠'}\u00a0${formatDifference(delta)}`, verdict: close ? 'close' : 'apart' };
}

/** @param {string[]} cells @param {{verdict?: string, arm?: string}} [about] @returns {HTMLTableRowElement} */
function tableRow(cells, { verdict = '', arm = '' } = {}) {
  const row = makeRow(cells, HEADS);
  row.cells[0].className = arm;
  for (const cell of row.cells) if (cell.textContent === '–') cell.classList.add('none');
  if (verdict) row.lastElementChild?.classList.add(verdict);
  return row;
}

/** @param {Compared} compared @param {string} arm @param {Condition} condition */
function modelRow({ live, step, shipped, peer, isOwn }, arm, condition) {
  const ours = shipped && meanAt(shipped.rows, arm, condition, shipped.steps);
  const torch = peer?.[arm]?.[condition];
  const published = MODEL_ROWS[arm][condition];
  const { text, verdict } = difference(ours, published);
  const cells = [
    NAMES[arm], inputOrder(condition), formatCounted(meanAt(live, arm, condition, step)), formatCounted(ours),
    formatCounted(torch?.length ? interval(torch) : null), isOwn ? '–' : String(published), text,
  ];
  return tableRow(cells, { verdict, arm: `model ${arm}` });
}

/** @param {NonNullable<Compared['edited']>} edited @param {Condition} condition */
function editedRow({ name, rows }, condition) {
  const step = Math.max(...rows.map((row) => row.step));
  return tableRow([name, inputOrder(condition), formatCounted(meanAt(rows, 'mlp', condition, step)), '–', '–', '–', '–'], { arm: 'model edited' });
}

/** @param {Compared} compared @param {Condition} condition */
function visitorRow({ scores, isOwn }, condition) {
  const { right, n } = scores[condition];
  const share = (100 * right) / n;
  const [low, high] = wilson(right, n).map((limit) => formatNumber(limit, 0));
  const score = n ? `${formatNumber(share, 0)} [${low}, ${high}] (${n})` : 'take the quiz below';
  if (isOwn) return tableRow(['You', inputOrder(condition), score, '–', '–', '–', '–']);
  const text = n ? formatSigned(share - HUMAN[condition], 0) : '–';
  const published = `${condition === 'plain' ? '' : '~'}${HUMAN[condition]}`;
  return tableRow(['You', inputOrder(condition), score, '–', '–', published, text]);
}

/** What PyTorch gives where ours is not as published. @param {Compared} compared @returns {string} */
function explanation({ shipped, peer }) {
  if (!shipped || !peer) return '';
  return MODELS.flatMap((arm) => CONDITIONS.map((condition) => {
    const ours = meanAt(shipped.rows, arm, condition, shipped.steps);
    const published = MODEL_ROWS[arm][condition];
    const torch = interval(peer[arm]?.[condition] ?? []);
    if (!ours || !torch.n || Math.abs(ours.mean - published) <= CLOSE) return '';
    const same = Math.abs(ours.mean - torch.mean) <= CLOSE;
    return `${NAMES[arm]}, inputs ${inputOrder(condition)}: ${same ? 'not' : 'neither'} the published ${published}\u00a0% ` +
      `${same ? 'but close to' : 'nor close to'} what PyTorch gives for the same training on the same data, ${formatCounted(torch)} (ours: ${formatCounted(ours)}). ` +
      `The mean of each training’s best test accuracy is ${formatMean(meanOfBest(shipped.rows, arm, condition))}.`;
  })).filter(Boolean).join(' ');
}

/** @param {HTMLElement} node */
export function mountComparisonTableChart(node) {
  const caption = 'Test accuracy in percent: mean ± 95 % t-interval (number of seeds). ' +
    `Difference: shipped minus published, ✓ within ${CLOSE} points; in your rows, your share minus that of people.`;
  const { table, body } = makeTable(HEADS, { className: 'comparison', caption });
  const note = element('p', { className: 'note' });
  node.append(table, note);
  return {
    /** @param {Compared} compared */
    update(compared) {
      note.textContent = explanation(compared);
      body.replaceChildren(
        ...MODELS.flatMap((arm) => CONDITIONS.map((condition) => modelRow(compared, arm, condition))),
        ...CONDITIONS.flatMap((condition) => (compared.edited ? [editedRow(compared.edited, condition)] : [])),
        ...CONDITIONS.map((condition) => visitorRow(compared, condition)),
      );
    },
  };
}
