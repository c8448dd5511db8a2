// Figure: whether one learning rate does for all initial weights, by the seeds that came with the page.
// @ts-check
import { mountFigureDownloads } from '../../files/figure-downloads.js';
import { formatNumber } from '../../records/format.js';
import { finderIn } from '../../ui/dom.js';
import { makeVerdictTable, verdictCell } from '../../ui/verdict-table.js';
import { mountSeedsChart } from '../charts/seeds.js';
import { seedPoints } from '../rate-steps.js';
import { seedsSentence } from '../sentences.js';

/** @param {HTMLElement} node @param {import('../rate-run.js').RateRun} run */
export function mountSeedsFigure(node, run) {
  const find = finderIn(node);
  const chart = mountSeedsChart(find('.chart'));
  const draw = () => {
    const { seeds } = run;
    if (!seeds) return;
    chart.update(seedPoints(seeds.rows));
    find('.finding').textContent = seedsSentence(seeds);
    const short = (/** @type {number} */ value) => formatNumber(value, 2);
    find('.table').replaceChildren(makeVerdictTable(['Claim', 'Shipped seeds'], seeds.verdict, (row) => [verdictCell(row, short)]));
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
