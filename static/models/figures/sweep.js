// Figure: when the prior pays. One knob of the data turned through its range, four models at each value.
// @ts-check
import { mountFigureDownloads } from '../../files/figure-downloads.js';
import { formatDifference } from '../../records/format.js';
import { shipped } from '../../records/shipped.js';
import { SETTINGS } from '../../settings/table.js';
import { mountChoice } from '../../ui/inputs.js';
import { mountRunner } from '../../ui/run-bar.js';
import { mountControls } from '../../ui/setting-controls.js';
import { mountSweepChart } from '../charts/sweep-curves.js';
import { KNOBS, Sweep, gaps } from '../sweep-run.js';

/** @typedef {import('../sweep-run.js').Row} Row */
/** @typedef {import('../sweep-run.js').Gap} Gap */

/** @param {Gap} gap @returns {string} whether the CNN still leads, by its interval */
function leads({ mean, halfWidth, n }) {
  if (n < 2) return 'one trial cannot tell whether there is a gap';
  if (mean - halfWidth > 0) return 'the gap does not close';
  return mean + halfWidth < 0 ? 'it turns round' : 'the gap closes: zero is within the interval';
}

/** @param {Gap[]} all @param {string} label @returns {string} what the range says of the gap */
function finding(all, label) {
  if (all.length < 2) return '';
  const [first, last] = [all[0], /** @type {Gap} */ (all.at(-1))];
  const top = all.reduce((best, one) => (one.mean > best.mean ? one : best));
  const at = (/** @type {Gap} */ gap) => `${formatDifference(gap)} points at ${label} ${gap.value}`;
  const widest = [first, last].includes(top) ? '' : `, is widest with ${at(top)}`;
  return `The CNN’s lead over the MLP is ${at(first)}${widest}, and ${at(last)}. At ${label} ${first.value} ${leads(first)}.`;
}

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab @param {import('../../settings/settings.js').Settings} settings
 */
export function mountSweepFigure(node, lab, settings) {
  const find = (/** @type {string} */ part) => /** @type {HTMLElement} */ (node.querySelector(part));
  const sweep = new Sweep((...job) => lab.run(...job)); // a script may have wrapped it
  const chart = mountSweepChart(find('.swept'), find('.gap'));
  const knob = mountChoice(find('.quantity'), {
    label: 'Turn',
    options: Object.entries(KNOBS).map(([value, { label }]) => ({ value, label })),
    onChange: () => draw(),
  });
  const controls = mountControls(find('.controls'), settings, 'sweep');
  /** @type {{spec: any, rows: Row[], n: number} | null} */ let came = null;
  /** @type {Record<string, {spec: any, plan: ReturnType<Sweep['plan']>}>} */ const runs = {};

  /** What is shown: the visitor's sweep of this knob, else the shipped one. */
  function shown() {
    const run = runs[knob.value];
    const own = run ? sweep.found(run.plan) : [];
    return own.length ? { rows: own, spec: run.spec, own: true } : {
      rows: came?.rows.filter(({ field }) => field === knob.value) ?? [], spec: came?.spec, own: false,
    };
  }
  function draw() {
    const { label, axis, values } = KNOBS[knob.value];
    const { rows, spec, own } = shown();
    const found = gaps(rows);
    const row = SETTINGS.find(({ group, name }) => group === 'dataset' && name === knob.value);
    chart.update({
      rows, gaps: found, axis, domain: [values[0], /** @type {number} */ (values.at(-1))],
      now: Number(row && settings.get(row)),
    });
    find('.finding').textContent = finding(found, label);
    if (!spec) return;
    const { dataset } = spec;
    const others = Object.entries(KNOBS).filter(([field]) => field !== knob.value)
      .map(([field, one]) => `${one.label} ${dataset[field]}`);
    find('.source').textContent = `${own ? 'Your sweep' : `Shipped with the page, n = ${came?.n}`}: ` +
      `${spec.steps} steps a network, first seed ${spec.seed}, ${others.join(', ')}.`;
  }

  mountFigureDownloads(node, { sweep: '.swept', gap: '.gap' }, () => {
    const { rows, spec } = shown();
    return spec && { name: `sweep-${KNOBS[knob.value].label}`, spec, records: rows };
  });
  mountRunner(find('.runner'), {
    label: 'Sweep',
    stopped: () => 'Stopped. What is finished stays, and the next start goes on from it.',
    showError: (error) => controls.showError(error.message),
    async run(signal, onProgress) {
      controls.showError('');
      const spec = { .../** @type {any} */ (settings.args('sweep')), dataset: settings.args('dataset') };
      const plan = sweep.plan(knob.value, spec, spec.dataset);
      runs[knob.value] = { spec, plan };
      try {
        await sweep.finish(plan, {
          signal,
          onProgress(done, total) {
            draw();
            onProgress({ done, total, records: [], current: [] });
          },
        });
      } finally {
        draw();
      }
    },
  });
  shipped('sweeps').then((file) => {
    if (!file) return;
    const rows = file.records.rows.map((/** @type {any[]} */ row) =>
      Object.fromEntries(file.records.columns.map((/** @type {string} */ name, /** @type {number} */ i) => [name, row[i]])));
    came = { spec: file.spec, rows, n: file.seeds.length };
    draw();
  }).catch(() => {}); // then there is none to see
  settings.addEventListener('change', draw);
  draw();
}
