// Figure: what is claimed of self-supervised learning here, and what the seeds say. Python judges.
// @ts-check
import { formatSigned } from '../../records/format.js';
import { element, finderIn } from '../../ui/dom.js';
import { latestOnly } from '../../ui/latest-only.js';
import { makeRow, makeTable } from '../../ui/table.js';

/** @typedef {import('../../from-python.js').VerdictRow} Verdict */
const SIGNS = /** @type {Record<string, string>} */ ({ supported: '✓', 'not supported': '✗', undecided: '?' });

/** @param {Verdict} row @returns {string} */
function formatSpan({ n, mean, low, high, unit }) {
  if (!n || mean == null) return 'not measured'; // what Python has no value for is undefined
  const span = low == null || high == null ? '' : ` [${formatSigned(low)}, ${formatSigned(high)}]`;
  return `${formatSigned(mean)}${span} ${unit}, n\u00a0=\u00a0${n}`;
}

/** @param {Verdict} row */
function verdictCell(row) {
  const cell = element('div', { className: row.verdict.replace(' ', '-') });
  cell.append(
    element('div', { className: 'verdict', textContent: `${SIGNS[row.verdict]} ${row.verdict}` }),
    element('div', { className: 'measured', textContent: formatSpan(row) }),
  );
  return cell;
}

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
    const { table, body } = makeTable(heads, { className: 'verdicts' });
    body.append(...rows.map((row, i) => makeRow([
      row.text, ...(run.shipped ? [verdictCell(row)] : []), ...(yours.length ? [verdictCell(yours[i])] : []), publishedText(row),
    ], heads)));
    find('.table').replaceChildren(table);
  });
  run.addEventListener('change', () => {
    if (run.comparable.length !== judged || !judged) judge.request();
  });
}
