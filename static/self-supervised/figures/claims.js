// Figure: what is claimed of self-supervised learning here, and what the seeds say. Python judges.
// @ts-check
import { formatSigned } from '../../records/format.js';
import { finderIn } from '../../ui/dom.js';
import { latestOnly } from '../../ui/latest-only.js';
import { makeVerdictTable, verdictCell } from '../../ui/verdict-table.js';

/** @typedef {import('../../from-python.js').VerdictRow} Verdict */

/** @param {Verdict} row */
const publishedText = ({ published }) => (typeof published?.rerun === 'number' ? formatSigned(published.rerun) : '–');

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab @param {import('../contrast-run.js').ContrastRun} run
 */
export function mountClaimsFigure(node, lab, run) {
  const find = finderIn(node);
  let judged = -1; // probes of the visitor's that have been
  const judge = latestOnly(async () => {
    const own = run.comparable;
    judged = own.length;
    /** @type {Verdict[]} */ const yours = own.length ? (await lab.run('judge_probes', { records: own })).rows : [];
    const rows = run.shipped?.verdict ?? yours;
    const heads = ['Claim', ...(run.shipped ? ['Shipped seeds'] : []), ...(yours.length ? ['Yours'] : []), 'Published'];
    find('.table').replaceChildren(makeVerdictTable(heads, rows, (row, i) => [
      ...(run.shipped ? [verdictCell(row)] : []), ...(yours.length ? [verdictCell(yours[i])] : []), publishedText(row),
    ]));
  });
  run.addEventListener('change', () => {
    if (run.comparable.length !== judged || !judged) judge.request();
  });
}
