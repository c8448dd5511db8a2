// Figure 7: what was claimed, and what the seeds say. The verdict itself is Python's.
// @ts-check
import { formatPercent, formatSigned } from '../../records/format.js';
import { element } from '../../ui/dom.js';
import { select } from '../../ui/inputs.js';
import { SETTINGS, SOURCES } from '../published.js';

/**
 * @typedef {{claim: string, text: string, verdict: string, n: number, mean: number, low: number,
 *   high: number, unit: string, published: any}} Verdict
 */

const SIGNS = /** @type {Record<string, string>} */ ({ supported: '✓', 'not supported': '✗', undecided: '?' });
const LIVE = 'live';
const HEADS = ['Claim', 'Verdict', 'Mean [95 % interval]', 'n', 'Published'];

/** @param {Verdict} row @returns {string} */
function measured({ n, mean, low, high, unit }) {
  if (!n || !Number.isFinite(mean)) return 'not measured yet';
  const digits = Math.abs(mean) < 1 ? 2 : 1;
  const span = Number.isFinite(low) ? ` [${formatSigned(low, digits)}, ${formatSigned(high, digits)}]` : '';
  return `${formatSigned(mean, digits)}${span} ${unit}`;
}

/** @param {any} published a number or text by source, if there are any @returns {Node[]} */
function told(published) {
  if (!published) return [document.createTextNode('–')];
  if (typeof published !== 'object') return [document.createTextNode(String(published))];
  return Object.entries(published).filter(([, value]) => value !== null).map(([source, value]) => element('div', {
    className: 'stated',
    textContent: `${source} ${typeof value === 'number' ? formatSigned(value) : value}`,
    title: SOURCES[/** @type {'figure'} */ (source)] ?? '',
  }));
}

/** @param {Verdict} row */
function line(row) {
  const tr = element('tr', { className: row.verdict.replace(' ', '-') });
  const claim = element('th', { scope: 'row', textContent: row.text });
  const cells = HEADS.slice(1).map((head) => {
    const cell = element('td');
    cell.dataset.label = head; // for narrow screens, where the head is not shown
    return cell;
  });
  cells[0].append(element('span', { className: 'verdict', textContent: `${SIGNS[row.verdict] ?? ''} ${row.verdict}` }));
  cells[1].textContent = measured(row);
  cells[2].textContent = String(row.n);
  cells[3].append(...told(row.published));
  tr.append(claim, ...cells);
  return tr;
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
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab
 * @param {import('../current-search.js').CurrentSearch} currentSearch @param {import('../ablation-run.js').AblationRun} analysis
 */
export function mountVerdict(node, lab, currentSearch, analysis) {
  const find = (/** @type {string} */ part) => /** @type {HTMLElement} */ (node.querySelector(part));
  const table = element('table', { className: 'verdicts' });
  const head = element('tr');
  head.append(...HEADS.map((textContent) => element('th', { scope: 'col', textContent })));
  const [thead, tbody] = [element('thead'), element('tbody')];
  thead.append(head);
  table.append(thead, tbody);
  find('.table').append(table);

  /** @param {Verdict[]} rows @param {string} basis */
  const show = (rows, basis) => {
    table.hidden = rows.length === 0;
    if (!rows.length) return;
    tbody.replaceChildren(...rows.map(line));
    find('.finding').replaceChildren(summary(rows), element('small', { textContent: basis }));
  };

  let chosen = ''; // by the visitor
  const evidence = select('Evidence', (value) => {
    chosen = value;
    refresh();
  });
  find('.basis').append(evidence.box);

  let busy = false;
  let stale = false;
  /** Judge the newest records; what comes in meanwhile waits as one. */
  async function judge() {
    stale = true;
    if (busy) return;
    busy = true;
    while (stale) {
      stale = false;
      await judgeOnce().catch(({ message }) => { find('.problem').textContent = message; });
    }
    busy = false;
  }
  async function judgeOnce() {
    const shipped = analysis.verdicts.get(evidence.input.value);
    if (shipped) return show(shipped.rows, basisOf(shipped));
    if (evidence.input.value !== LIVE) return show([], '');
    const now = currentSearch.current;
    const search = now && !now.shipped ? now.records : [];
    const { arms, other } = analysis.armsOf(now);
    const { rows, least, most } = await lab.run('verdict', { search, arms });
    show(rows, `From your own runs on this page; tickets of ${formatPercent(100 * least)} to ${formatPercent(100 * most)} sparsity count.` +
      (other ? ' What was taken apart is of another search and does not count: take this one’s ticket apart.' : ''));
  }

  /** What there is to judge by. From the visitor's first analysis on it is theirs, until they choose. */
  function refresh() {
    const live = analysis.current || currentSearch.current?.shipped === false;
    /** @type {[string, string][]} */
    const all = [...analysis.verdicts].map(([preset, { n }]) => [preset, `shipped: ${preset}, ${n} seeds`]);
    if (live) all.push([LIVE, 'your own runs']);
    const usual = analysis.current || !analysis.verdicts.size ? LIVE : all[0][0];
    evidence.box.hidden = all.length < 2;
    if (all.length) evidence.show(all, all.some(([value]) => value === chosen) ? chosen : usual);
    judge();
  }
  currentSearch.addEventListener('change', refresh);
  let ended = 0;
  analysis.addEventListener('change', () => {
    if (analysis.current?.records.length === ended) return; // a curve has grown, nothing has ended
    ended = analysis.current?.records.length ?? 0;
    refresh();
  });
  refresh();
}
