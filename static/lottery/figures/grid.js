// The grid figure: when does a ticket win? Cells of width and sparsity, as shipped; any of them runs live.
// @ts-check
import { mountFigureDownloads } from '../../files/figure-downloads.js';
import { openerOf } from '../../files/results-opener.js';
import { shipped } from '../../records/shipped.js';
import { element, finderIn } from '../../ui/dom.js';
import { select } from '../../ui/inputs.js';
import { mountRunBar } from '../../ui/run-bar.js';
import { mountControls } from '../../ui/setting-controls.js';
import { COMPARISONS } from '../../from-python.js';
import { describe, mountGridChart } from '../charts/grid.js';
import { FIRST, LINES, WIDTHS, cellAt, cellKey, cellText, holdsSentence, lineKey, lineText, spanText, titleOf } from '../grid-cells.js';
import { GridRun } from '../grid-run.js';
import { OpenedCells } from '../opened-results.js';

/** @typedef {import('../grid-cells.js').Cell} Cell */
/** @typedef {import('../grid-cells.js').GridRow} GridRow */

/** @param {GridRow[]} rows @param {Cell} cell @returns {string} its differences on one line; '' if it has none */
function readCell(rows, cell) {
  const own = rows.filter((row) => cellKey(row) === cellKey(cell));
  const found = COMPARISONS.flatMap(({ name }) => own.filter(({ comparison }) => comparison === name));
  const texts = found.map((row) => `${titleOf(row.comparison).toLowerCase()} ${spanText(row)}`);
  return texts.length ? `${texts.join('; ')} (n\u00a0=\u00a0${found[0].n})` : '';
}

/** @param {import('../charts/grid.js').Grid} data @returns {string} */
function describeChosen({ shipped: rows, live, opened, chosen }) {
  const all = [{ name: 'Shipped', rows }, { name: 'Yours', rows: live }, ...opened];
  const told = all.map((one) => ({ name: one.name, text: readCell(one.rows, chosen) }))
    .flatMap(({ name, text }) => (text ? [`${name}: ${text}.`] : []));
  return `${cellText(chosen)}. ${told.join(' ') || 'Not run yet.'}`;
}

/** @param {GridRun} grid @returns {string} what the sentence rests on */
const basis = ({ shipped: file }) => (file ?
  `Shipped: ${file.seeds.length} seeds, each the mean of ${file.fresh_seeds.length} fresh datasets.` :
  'No results came with the page: run a cell to see it.');

/** @param {GridRun} grid @returns {string} how the shipped results were made */
const origin = ({ shipped: file }) => (file ?
  `Shipped results: ${file.arm.steps} steps, batch ${file.arm.batch_size}; the search is that of the quick preset, ended at each sparsity.` : '');

/** The choice of a cell: its width, then what that width can have. @param {HTMLElement} node @param {(cell: Cell) => void} onChoose */
function mountCellChoice(node, onChoose) {
  const choose = () => onChoose(cellAt(Number(width.input.value), ticket.input.value) ??
    /** @type {Cell} */ (cellAt(Number(width.input.value), lineKey(FIRST))));
  const width = select('Hidden units', choose);
  const ticket = select('Ticket', choose);
  node.prepend(width.box, ticket.box);
  return {
    /** @param {Cell} chosen */
    show(chosen) {
      const lines = LINES.map((line) => cellAt(chosen.hidden, line)).filter((cell) => cell !== undefined);
      width.show(WIDTHS.map((hidden) => [String(hidden), String(hidden)]), String(chosen.hidden));
      ticket.show(lines.map((cell) => [lineKey(cell), lineText(cell)]), lineKey(chosen));
    },
  };
}

/** All records of the figure, each with its source. @param {GridRun} grid */
function resultOf({ shipped: file, records, spec }) {
  const of = (/** @type {string} */ source, /** @type {object[]} */ rows) => rows.map((row) => ({ source, ...row }));
  const all = [...of('shipped', file?.records ?? []), ...of('yours', records)];
  const search = file?.spec ?? spec;
  if (!search || !all.length) return null;
  const { hidden, levels, final_sparsity: final, trials, seed, ...common } = search; // the others are each record's own
  return { name: 'grid', spec: common, records: all };
}

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab @param {import('../../settings/settings.js').Settings} settings
 * @param {import('../../files/results-inbox.js').ResultsInbox} inbox
 */
export function mountGridFigure(node, lab, settings, inbox) {
  const find = finderIn(node);
  const grid = new GridRun(lab);
  const opened = new OpenedCells((records) => lab.run('judge_cells', { records }), inbox.list('grid'), (error) => {
    find('.problem').textContent = error.message;
  });
  let chosen = FIRST;
  const choose = (/** @type {Cell} */ cell) => {
    chosen = cell;
    draw();
  };
  const data = () => ({ shipped: grid.shipped?.rows ?? [], live: grid.rows, opened: opened.all, chosen });
  const chart = mountGridChart(find('.chart'), choose);
  const controls = mountControls(find('.controls'), settings, 'grid');
  const choice = mountCellChoice(find('.controls'), choose);

  function draw() {
    choice.show(chosen);
    chart.update(data());
    find('.picked').textContent = describeChosen(data());
    const sentence = holdsSentence(grid.shipped?.holds ?? [], lineKey(chosen));
    find('.finding').replaceChildren(sentence && `${sentence}.`, element('small', { textContent: basis(grid) }));
    find('.source').textContent = origin(grid);
  }

  mountRunBar(find('.runner'), {
    label: 'Run this cell',
    stopped: () => 'Stopped. What is finished is kept: starting again goes on from there.',
    showError: (error) => controls.showError(error.message),
    run(signal, onProgress) {
      controls.showError('');
      const tell = (/** @type {{done: number, total: number, left?: number}} */ now) => onProgress({ ...now, records: [], current: [] });
      return grid.run(chosen, settings.args('grid'), { signal, onProgress: tell });
    },
  });
  mountFigureDownloads(node, { grid: '.chart' }, () => resultOf(grid), {
    describe: () => describe({ ...data(), holds: grid.shipped?.holds ?? [] }),
    code: { lab, wanted: () => ({ figure: 'grid', settings: { ...chosen, ...settings.args('grid') } }) },
  });
  node.append(openerOf(inbox, 'grid', node.id));
  shipped('grid').then((file) => {
    if (!file) return;
    const [first, last] = [file.seeds[0], file.seeds.at(-1)];
    controls.help('seed', `Trial t uses this plus t. Seeds ${first} to ${last} are the shipped ones.`);
    grid.setShipped(file);
  }).catch((error) => { find('.problem').textContent = error.message; });
  grid.addEventListener('change', draw);
  opened.addEventListener('change', draw);
  draw();
}
