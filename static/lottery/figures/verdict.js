// The verdict figure: what was claimed, and what the seeds say, a column a set of runs. The visitor's own
// runs stand beside the shipped ones and never replace them. The verdicts themselves are Python's.
// @ts-check
import { formatSigned } from '../../records/format.js';
import { element, finderIn } from '../../ui/dom.js';
import { latestOnly } from '../../ui/latest-only.js';
import { makeRow, makeTable } from '../../ui/table.js';
import { SHIPPED_SETS, openedEvidence, ownEvidence, shippedEvidence, summary } from '../evidence.js';
import { RERUN_CAVEAT, SOURCES } from '../published.js';

/** @typedef {import('../evidence.js').Evidence} Evidence */
/** @typedef {import('../../from-python.js').VerdictRow} Verdict */

const SIGNS = /** @type {Record<string, string>} */ ({ supported: '✓', 'not supported': '✗', undecided: '?' });

/** @param {Verdict} row @returns {string} */
function formatMeasured({ n, mean, low, high, unit }) {
  if (!n || mean === null) return 'not measured yet';
  const digits = Math.abs(mean) < 1 ? 2 : 1;
  const span = low === null || high === null ? '' : ` [${formatSigned(low, digits)}, ${formatSigned(high, digits)}]`;
  return `${formatSigned(mean, digits)}${span} ${unit}, n\u00a0=\u00a0${n}`;
}

/** @param {Verdict} row @returns {Node} the verdict, and the numbers it follows from */
function verdictCell(row) {
  const cell = element('div', { className: row.verdict.replace(' ', '-') });
  cell.append(
    element('div', { className: 'verdict', textContent: `${SIGNS[row.verdict] ?? ''} ${row.verdict}` }),
    element('div', { className: 'measured', textContent: formatMeasured(row) }),
  );
  return cell;
}

/** @param {Verdict['published']} published by source, if the claim has published values @returns {Node} */
function publishedCell(published) {
  // A source without a value has null in a file, and undefined where a job has just returned it.
  const values = Object.entries(published ?? {}).filter(([, value]) => Number.isFinite(value));
  if (!values.length) return document.createTextNode('–');
  const cell = document.createDocumentFragment();
  cell.append(...values.map(([source, value]) => element('div', {
    className: 'stated',
    textContent: `${source} ${formatSigned(Number(value), source === 'figure' ? 1 : 2)}`, // the figure was read off
    title: SOURCES[/** @type {'figure'} */ (source)] ?? '',
  })));
  return cell;
}

/** @param {Evidence[]} columns at least one @returns {HTMLTableElement} */
function verdictTable(columns) {
  const heads = ['Claim', ...columns.map(({ head }) => head), 'Published'];
  const { table, body } = makeTable(heads, { className: 'verdicts' });
  const claims = new Map(columns.flatMap(({ rows }) => rows).map((row) => [row.claim, row]));
  body.append(...[...claims.values()].map(({ claim, text, published }) => {
    const cells = columns.map(({ rows }) => {
      const row = rows.find((one) => one.claim === claim);
      return row ? verdictCell(row) : document.createTextNode('–');
    });
    return makeRow([text, ...cells, publishedCell(published)], heads);
  }));
  return table;
}

/** @param {Evidence[]} columns @returns {Node[]} a sentence a column, and what each rests on */
const findings = (columns) => columns.flatMap((column) => [
  element('span', { className: 'summary', textContent: `${summary(column)} ` }),
  element('small', { textContent: column.basis }),
]);

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab
 * @param {import('../current-search.js').CurrentSearch} currentSearch
 * @param {import('../ablation-run.js').AblationRun} ablation
 * @param {import('../../files/results-inbox.js').ResultsInbox} inbox results of files
 */
export function mountVerdictFigure(node, lab, currentSearch, ablation, inbox) {
  const find = finderIn(node);
  find('.caveat').textContent = RERUN_CAVEAT;
  const judge = latestOnly(async () => {
    try {
      const found = await Promise.all([
        ...SHIPPED_SETS.map(shippedEvidence), ownEvidence(lab, ablation, currentSearch.current),
      ]);
      const files = await openedEvidence(lab, inbox.list('search').all, inbox.list('arms').all);
      const columns = [...found.filter((one) => one !== null), ...files];
      if (!columns.length) return;
      find('.table').replaceChildren(verdictTable(columns));
      find('.finding').replaceChildren(...findings(columns));
      find('.problem').textContent = '';
    } catch (error) {
      find('.problem').textContent = /** @type {Error} */ (error).message;
    }
  });
  currentSearch.addEventListener('change', () => judge.request());
  for (const kind of ['search', 'arms']) inbox.list(kind).addEventListener('change', () => judge.request());
  let ended = 0;
  ablation.addEventListener('change', () => {
    if (ablation.current?.records.length === ended) return; // no training has ended since: the verdicts are the same
    ended = ablation.current?.records.length ?? 0;
    judge.request();
  });
  judge.request();
}
