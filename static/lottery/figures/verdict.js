// The verdict figure: what was claimed, and what the seeds say. The verdicts themselves are Python's.
// @ts-check
import { formatPercent, formatSigned } from '../../records/format.js';
import { element, finderIn } from '../../ui/dom.js';
import { select } from '../../ui/inputs.js';
import { latestOnly } from '../../ui/latest-only.js';
import { makeRow, makeTable } from '../../ui/table.js';
import { SETTINGS, SOURCES } from '../published.js';

/** @typedef {import('../ablation-run.js').AblationRun} AblationRun */
/** @typedef {import('../current-search.js').CurrentSearch} CurrentSearch */
/** @typedef {import('../../from-python.js').VerdictRow} Verdict */

const SIGNS = /** @type {Record<string, string>} */ ({ supported: '✓', 'not supported': '✗', undecided: '?' });
const LIVE = 'live';
const HEADS = ['Claim', 'Verdict', 'Mean [95 % interval]', 'n', 'Published'];

/** @param {Verdict} row @returns {string} */
function formatMeasured({ n, mean, low, high, unit }) {
  if (!n || mean === null) return 'not measured yet';
  const digits = Math.abs(mean) < 1 ? 2 : 1;
  const span = low === null || high === null ? '' : ` [${formatSigned(low, digits)}, ${formatSigned(high, digits)}]`;
  return `${formatSigned(mean, digits)}${span} ${unit}`;
}

/** @param {Verdict['published']} published by source, if the claim has published values @returns {Node} */
function publishedCell(published) {
  if (!published) return document.createTextNode('–');
  const cell = document.createDocumentFragment();
  cell.append(...Object.entries(published).filter(([, value]) => value !== null).map(([source, value]) => element('div', {
    className: 'stated',
    textContent: `${source} ${typeof value === 'number' ? formatSigned(value) : value}`,
    title: SOURCES[/** @type {'figure'} */ (source)] ?? '',
  })));
  return cell;
}

/** @param {Verdict} row @returns {HTMLTableRowElement} */
function tableRow(row) {
  const verdict = element('span', { className: 'verdict', textContent: `${SIGNS[row.verdict] ?? ''} ${row.verdict}` });
  const made = makeRow([row.text, verdict, formatMeasured(row), String(row.n), publishedCell(row.published)], HEADS);
  made.className = row.verdict.replace(' ', '-');
  return made;
}

/** @param {Verdict[]} rows @returns {string} */
function summary(rows) {
  const count = (/** @type {string} */ verdict) => rows.filter((row) => row.verdict === verdict);
  const against = count('not supported');
  const open = count('undecided').length;
  const missed = against.length ?
    `Claimed, but not supported here: ${against.map(({ text }) => `“${text}”`).join(', ')}.` :
    'These seeds contradict none.';
  return `Of ${rows.length} claims, these seeds support ${count('supported').length}` +
    `${open ? ` and leave ${open} undecided` : ''}. ${missed}`;
}

/** @param {{n: number, apart: number, hidden: number, reduced: string}} shipped @returns {string} what the rows rest on */
const basisOf = ({ n, apart, hidden, reduced }) => {
  const some = apart ? `, the tickets of ${apart} of them taken apart` : '';
  return `From ${n} seeds shipped with the page${some}: ${hidden} hidden units (published: ${SETTINGS.hidden}). ${reduced}`;
};

/**
 * What the claims are judged by, as the visitor may choose: a shipped set by its preset, or LIVE. From
 * the visitor's first analysis on it is theirs, until they choose.
 * @param {AblationRun} ablation @param {CurrentSearch} currentSearch
 * @returns {{options: [string, string][], usual: string}}
 */
function evidenceOf(ablation, currentSearch) {
  /** @type {[string, string][]} */
  const options = [...ablation.verdicts].map(([preset, { n }]) => [preset, `shipped: ${preset}, ${n} seeds`]);
  if (ablation.current || currentSearch.current?.shipped === false) options.push([LIVE, 'your own runs']);
  return { options, usual: ablation.current || !ablation.verdicts.size ? LIVE : options[0][0] };
}

/**
 * @param {import('../../lab/lab.js').Lab} lab @param {AblationRun} ablation @param {CurrentSearch} currentSearch
 * @returns {Promise<{rows: Verdict[], basis: string}>} the verdicts on the visitor's own runs, and what they rest on
 */
async function judgeLive(lab, ablation, currentSearch) {
  const now = currentSearch.current;
  const search = now && !now.shipped ? now.records : [];
  const { arms, other } = ablation.armsOf(now);
  const { rows, least, most } = await lab.run('verdict', { search, arms });
  const basis = `From your own runs on this page; tickets of ${formatPercent(100 * least)} to ${formatPercent(100 * most)} sparsity count.` +
    (other ? ' What was taken apart is of another search and does not count: take this one’s ticket apart.' : '');
  return { rows, basis };
}

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab
 * @param {CurrentSearch} currentSearch @param {AblationRun} ablation
 */
export function mountVerdictFigure(node, lab, currentSearch, ablation) {
  const find = finderIn(node);
  const { table, body } = makeTable(HEADS, { className: 'verdicts' });
  find('.table').append(table);
  /** @param {{rows: Verdict[], basis: string}} judged */
  const show = ({ rows, basis }) => {
    table.hidden = rows.length === 0;
    if (!rows.length) return;
    body.replaceChildren(...rows.map(tableRow));
    find('.finding').replaceChildren(summary(rows), element('small', { textContent: basis }));
  };
  const judge = latestOnly(async () => {
    try {
      const shipped = ablation.verdicts.get(evidence.input.value);
      if (shipped) show({ rows: shipped.rows, basis: basisOf(shipped) });
      else if (evidence.input.value !== LIVE) show({ rows: [], basis: '' });
      else show(await judgeLive(lab, ablation, currentSearch));
    } catch (error) {
      find('.problem').textContent = /** @type {Error} */ (error).message;
    }
  });
  let chosen = ''; // by the visitor
  const evidence = select('Evidence', (value) => {
    chosen = value;
    refresh();
  });
  find('.basis').append(evidence.box);
  function refresh() {
    const { options, usual } = evidenceOf(ablation, currentSearch);
    evidence.box.hidden = options.length < 2;
    if (options.length) evidence.show(options, options.some(([value]) => value === chosen) ? chosen : usual);
    judge.request();
  }
  currentSearch.addEventListener('change', refresh);
  let ended = 0;
  ablation.addEventListener('change', () => {
    if (ablation.current?.records.length === ended) return; // no training has ended since: the verdicts are the same
    ended = ablation.current?.records.length ?? 0;
    refresh();
  });
  refresh();
}
