// Figure: whether one learning rate does for all initial weights, by the seeds that came with the page.
// @ts-check
import { mountFigureDownloads } from '../../files/figure-downloads.js';
import { formatNumber } from '../../records/format.js';
import { element, finderIn } from '../../ui/dom.js';
import { makeRow, makeTable } from '../../ui/table.js';
import { mountSeedsChart } from '../charts/seeds.js';
import { seedPoints } from '../rate-steps.js';
import { seedsSentence } from '../sentences.js';

/** @typedef {import('../../from-python.js').VerdictRow} Verdict */
const SIGNS = /** @type {Record<string, string>} */ ({ supported: '✓', 'not supported': '✗', undecided: '?' });

/** @param {Verdict} row */
function verdictCell({ verdict, mean, low, high, unit, n }) {
  const cell = element('div', { className: verdict.replace(' ', '-') });
  const span = low === null || high === null ? '' : ` [${formatNumber(low, 2)}, ${formatNumber(high, 2)}]`;
  cell.append(
    element('div', { className: 'verdict', textContent: `${SIGNS[verdict]} ${verdict}` }),
    element('div', { className: 'measured', textContent: mean === null ? 'not measured' : `${formatNumber(mean, 2)}${span} ${unit}, n\u00a0=\u00a0${n}` }),
  );
  return cell;
}

/** @param {HTMLElement} node @param {import('../rate-run.js').RateRun} run */
export function mountSeedsFigure(node, run) {
  const find = finderIn(node);
  const chart = mountSeedsChart(find('.chart'));
  const draw = () => {
    const { seeds } = run;
    if (!seeds) return;
    chart.update(seedPoints(seeds.rows));
    find('.finding').textContent = seedsSentence(seeds);
    const heads = ['Claim', 'Shipped seeds'];
    const { table, body } = makeTable(heads, { className: 'verdicts' });
    body.append(...seeds.verdict.map((row) => makeRow([row.text, verdictCell(row)], heads)));
    find('.table').replaceChildren(table);
    run.removeEventListener('change', draw); // they came with the page and do not change
  };
  mountFigureDownloads(node, { seeds: '.chart' }, () => run.seeds && { name: 'learning-rate-seeds', spec: run.seeds.spec, records: run.seeds.rows }, {
    describe: () => run.seeds && {
      sentence: seedsSentence(run.seeds),
      tables: [{
        caption: 'Each seed’s best learning rate.', head: ['seed', 'best rate', 'loss there, nats', 'lost with others’ rates, nats'], compact: true,
        rows: seedPoints(run.seeds.rows).map(({ seed, best, loss, lost }) => [String(seed), best.toFixed(4), loss.toFixed(4), lost.toFixed(5)]),
      }],
    },
  });
  run.addEventListener('change', draw);
  draw();
}
