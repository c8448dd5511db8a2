// Figure: what is claimed of the double descent here, and what the seeds say. Python judges.
// @ts-check
import { formatNumber, formatSigned } from '../../records/format.js';
import { finderIn } from '../../ui/dom.js';
import { latestOnly } from '../../ui/latest-only.js';
import { makeVerdictTable, verdictCell } from '../../ui/verdict-table.js';

/** @typedef {import('../../from-python.js').VerdictRow} Verdict */

/** How a claim's values are written: a width has no sign. @param {Verdict} row @returns {(value: number) => string} */
export const formatClaim = ({ unit }) => (['units', 'filters'].includes(unit) ? (value) => formatNumber(value, 0) : (value) => formatSigned(value));

/** @param {Verdict} row */
const cellOf = (row) => verdictCell(row, formatClaim(row));

/** @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab @param {import('../descent-run.js').DescentRun} run */
export function mountDescentClaimsFigure(node, lab, run) {
  const find = finderIn(node);
  let judged = -1; // rows of the visitor's that have been
  const judge = latestOnly(async () => {
    const records = run.comparable;
    judged = records.length;
    /** @type {Verdict[]} */ const yours = judged ? (await lab.run('descent_verdict', { records })).verdict : [];
    const rows = run.shipped?.verdict ?? yours;
    if (!rows.length) return;
    const heads = ['Claim', ...(run.shipped ? ['Shipped seeds'] : []), ...(yours.length ? ['Yours'] : [])];
    const own = (/** @type {string} */ claim) => yours.find((one) => one.claim === claim); // none is of two losses
    find('.table').replaceChildren(makeVerdictTable(heads, rows, (row) => {
      const mine = own(row.claim);
      return [...(run.shipped ? [cellOf(row)] : []), ...(yours.length ? [mine ? cellOf(mine) : '–'] : [])];
    }));
  });
  run.addEventListener('change', () => {
    if (run.comparable.length !== judged || !judged) judge.request();
  });
}
