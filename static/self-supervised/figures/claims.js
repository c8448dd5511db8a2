// Figure: what is claimed of self-supervised learning here, and what the seeds say. Python judges.
// @ts-check
import { formatSigned } from '../../records/format.js';
import { element, finderIn } from '../../ui/dom.js';
import { makeRow, makeTable } from '../../ui/table.js';

/** @typedef {import('../../from-python.js').VerdictRow} Verdict */
const SIGNS = /** @type {Record<string, string>} */ ({ supported: '✓', 'not supported': '✗', undecided: '?' });

/** @param {Verdict} row @returns {string} */
export function formatSpan({ n, mean, low, high, unit }) {
  if (!n || mean === null) return 'not measured';
  const span = low === null || high === null ? '' : ` [${formatSigned(low)}, ${formatSigned(high)}]`;
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

/** @param {HTMLElement} node @param {import('../contrast-run.js').ContrastRun} run */
export function mountClaimsFigure(node, run) {
  const find = finderIn(node);
  const heads = ['Claim', 'Shipped seeds', 'Published'];
  const draw = () => {
    const rows = run.shipped?.verdict;
    if (!rows) return;
    const { table, body } = makeTable(heads, { className: 'verdicts' });
    body.append(...rows.map((row) => makeRow(
      [row.text, verdictCell(row), typeof row.published?.rerun === 'number' ? formatSigned(row.published.rerun) : '–'], heads,
    )));
    find('.table').replaceChildren(table);
  };
  run.addEventListener('change', draw);
  draw();
}
