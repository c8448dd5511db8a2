// Figure 8: draw a first layer's mask, retrain it, compare it with the found ticket.
// @ts-check
import { formatPercent, formatSigned } from '../../records/format.js';
import { element } from '../../ui/dom.js';
import { mountChoice, select, slider } from '../../ui/inputs.js';
import { mountRunner } from '../../ui/run-bar.js';
import { mountAlternative } from '../../ui/text-alternative.js';
import { NoTicketError } from '../ablation-run.js';
import { finals } from '../arm-differences.js';
import { mountDrawnAccuracyChart } from '../charts/drawn-accuracy.js';
import { describeMasks, mountMaskChart } from '../charts/mask-pixels.js';
import { DrawnMasks } from '../drawn-masks.js';
import { sparsityAt } from '../levels.js';
import { band, comb, randomMask } from '../mask-patterns.js';
import { pack, survivors, unpack } from '../masks.js';

/** @typedef {import('../current-search.js').SearchResult} SearchResult */
/** @typedef {import('../drawn-masks.js').Sketch} Sketch */
/** @typedef {{unit: number, input: number}} Weight */

const ARROWS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
});
const UNDO = 100; // steps back

/** What is drawn on: a ticket, its size, and what the search kept of its first layer. */
class DrawingTarget {
  /** @param {SearchResult} finding @param {number} trial @param {number} level */
  constructor(finding, trial, level) {
    this.finding = finding;
    this.trial = trial;
    this.level = level;
    this.hidden = Number(finding.spec.hidden);
    this.inputs = Number(finding.spec.dataset.final_seq_length);
    this.packed = /** @type {Uint8Array} */ (finding.mask(trial, level));
    this.found = unpack(this.packed, this.hidden * this.inputs);
    this.kept = survivors(this.found);
  }
}

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab
 * @param {import('../ablation-run.js').AblationRun} analysis
 * @param {import('../current-search.js').CurrentSearch} currentSearch @param {import('../../settings/settings.js').Settings} settings
 */
export function mountDraw(node, lab, analysis, currentSearch, settings) {
  const find = (/** @type {string} */ part) => /** @type {HTMLElement} */ (node.querySelector(part));
  const canvas = mountMaskChart(find('.canvas'), 'Your mask. Arrow keys move the cursor, space draws or erases.', 'draw-told');
  const chart = mountDrawnAccuracyChart(find('.chart'));
  /** @type {DrawingTarget | null} */ let ground = null;
  /** @type {DrawnMasks | null} */ let book = null;
  /** @type {Uint8Array} */ let mask = new Uint8Array();
  /** @type {Uint8Array[]} */ let past = [];
  let brush = 1;
  let trial = 0;
  let cursor = /** @type {Weight} */ ({ unit: 0, input: 0 });
  let focused = false;
  let written = ''; // what the table says
  const told = mountAlternative(node, () => ground && describeMasks([{ name: 'drawn', mask }, { name: 'found', mask: ground.found }], ground.inputs), { id: 'draw-told' });

  const trials = select('Trial', (value) => {
    trial = Number(value);
    refresh();
  });
  const size = slider('Brush', (value) => {
    brush = value;
    size.show(9, brush, `${brush} × ${brush}`);
  });
  size.input.min = '1';
  size.show(9, brush, '1 × 1');
  const touch = matchMedia('(any-pointer: coarse)').matches;
  find('.controls').append(trials.box, size.box);
  const tool = mountChoice(find('.tools'), {
    label: 'Tool',
    options: [
      { value: 'paint', label: 'paint' },
      { value: 'erase', label: 'erase' },
      ...(touch ? [{ value: 'scroll', label: 'scroll the page' }] : []),
    ],
    onChange: () => find('.canvas').classList.toggle('scroll', tool.value === 'scroll'),
  });

  /** @type {[string, (now: DrawingTarget) => Uint8Array][]} */
  const starts = [
    ['found ticket', ({ found }) => found.slice()],
    ['band', band],
    ['comb', comb],
    ['random', randomMask],
    ['empty', ({ found }) => new Uint8Array(found.length)],
  ];
  find('.starts').append('Start from ', ...starts.map(([textContent, make]) => button(textContent, () => {
    if (ground) replace(make(ground));
  })));
  find('.edits').append(
    button('Invert', () => replace(mask.map((kept) => 1 - kept))),
    button('Undo', undo),
    button('Reset', () => ground && replace(ground.found.slice())),
  );

  /** @param {Uint8Array} next */
  function replace(next) {
    past = [...past.slice(1 - UNDO), mask];
    mask = next;
    changed();
  }
  function undo() {
    const last = past.pop();
    if (last) mask = last;
    changed();
  }
  function changed() {
    book?.keep(mask);
    draw();
  }

  /**
   * Set the weights below the brush.
   * @param {Weight} at @param {number} value
   */
  function stroke(at, value) {
    if (!ground) return;
    const from = -Math.floor((brush - 1) / 2);
    for (let u = at.unit + from; u < at.unit + from + brush; u += 1) {
      for (let i = at.input + from; i < at.input + from + brush; i += 1) {
        if (u >= 0 && u < ground.hidden && i >= 0 && i < ground.inputs) mask[u * ground.inputs + i] = value;
      }
    }
  }

  followPointer(canvas, {
    begin: () => {
      if (tool.value === 'scroll') return false;
      past = [...past.slice(1 - UNDO), mask.slice()];
      return true;
    },
    at(weight) {
      cursor = weight;
      stroke(weight, tool.value === 'erase' ? 0 : 1);
      draw();
    },
    end: changed,
  });
  canvas.canvas.addEventListener('keydown', (event) => {
    if (!ground || event.altKey) return;
    if ((event.ctrlKey || event.metaKey) && event.key === 'z') undo();
    else if (event.key in ARROWS && !event.ctrlKey && !event.metaKey) {
      const [right, down] = ARROWS[event.key];
      const inside = (/** @type {number} */ value, /** @type {number} */ count) => Math.max(0, Math.min(count - 1, value));
      cursor = { unit: inside(cursor.unit + right, ground.hidden), input: inside(cursor.input + down, ground.inputs) };
      draw();
      tell();
    } else if (event.key === ' ') {
      past = [...past.slice(1 - UNDO), mask.slice()];
      stroke(cursor, 1 - mask[cursor.unit * ground.inputs + cursor.input]);
      changed();
      tell();
    } else return;
    event.preventDefault();
  });
  for (const kind of /** @type {const} */ (['focus', 'blur'])) {
    canvas.canvas.addEventListener(kind, () => {
      focused = kind === 'focus';
      draw();
    });
  }

  /** Say where the cursor is, for those who do not see it. */
  function tell() {
    const kept = mask[cursor.unit * (ground?.inputs ?? 0) + cursor.input];
    find('.cursor').textContent = `Unit ${cursor.unit}, input ${cursor.input}: ${kept ? 'survives' : 'deleted'}.`;
  }

  function draw() {
    if (!ground) return;
    const { hidden, inputs, kept } = ground;
    canvas.update({
      mask, inputs, order: Array.from({ length: hidden }, (_, unit) => unit), color: '--drawn',
      unit: focused ? cursor.unit : null, input: focused ? cursor.input : null,
    });
    told.changed();
    find('.count').textContent = `${survivors(mask)} of ${mask.length} survive (the found one: ${kept}).`;
    find('.storage').textContent = book?.kept ? '' :
      'This browser does not let the page keep your drawing: it is lost when the page is closed.';
  }

  const setting = () => {
    const { steps, batch_size } = settings.args('arms');
    const { finding, level } = /** @type {DrawingTarget} */ (ground);
    return `trial ${trial} (seed ${Number(finding.spec.seed) + trial}), ` +
      `${formatPercent(100 * Number(sparsityAt(finding.records, level)))} deleted, ${steps} steps, batch ${batch_size}`;
  };

  /** A name for all that a training of a drawing depends on, but the drawing. */
  const context = () => {
    const { finding, level } = /** @type {DrawingTarget} */ (ground);
    const { args } = finding.parts[trial];
    return digest(new TextEncoder().encode(JSON.stringify([args, level, settings.args('arms')])));
  };

  /** The retrained drawings: those of the present setting in the chart, all in the table. */
  function compare() {
    const sketches = book?.sketches ?? [];
    const here = ground ? sketches.filter((sketch) => sketch.context === context()) : [];
    const last = here.at(-1);
    find('.compared').hidden = sketches.length === 0;
    find('.chart').hidden = !last;
    if (last) {
      chart.update([
        ...(/** @type {const} */ (['lottery', 'random', 'dense'])).map((arm) => ({ arm, accuracy: last.accuracy[arm], text: arm })),
        ...here.map(({ number, accuracy }) => ({ arm: /** @type {const} */ ('drawn'), accuracy: accuracy.drawn, text: String(number) })),
      ]);
      const [found, basis] = [sentence(last), `One training each, ${last.setting}: an example, not yet evidence.`];
      if (find('.finding').textContent !== found + basis) { // it is read out when it is written
        find('.finding').replaceChildren(found, element('small', { textContent: basis }));
      }
    }
    const listed = JSON.stringify([book?.key, sketches]);
    if (listed === written) return; // a button in it may have the keyboard
    written = listed;
    find('tbody').replaceChildren(...sketches.toReversed().map((sketch) => line(sketch, () => {
      if (book) replace(book.open(sketch.bits));
      canvas.canvas.focus();
    })));
  }

  function refresh() {
    const finding = currentSearch.current;
    if (!finding) return;
    const { level } = analysis.levels(finding);
    const usable = finding.parts.map((_, t) => t).filter((t) => level && finding.mask(t, level));
    if (!usable.length) return;
    if (!usable.includes(trial)) trial = usable[0];
    trials.show(usable.map((t) => [String(t), `${t} (seed ${Number(finding.spec.seed) + t})`]), String(trial));
    trials.box.hidden = usable.length < 2;
    const before = ground;
    ground = new DrawingTarget(finding, trial, level);
    if (!book || before?.hidden !== ground.hidden || before.inputs !== ground.inputs) {
      book = new DrawnMasks(ground.hidden, ground.inputs);
      mask = book.drawing ?? ground.found.slice();
      past = [];
      cursor = { unit: 0, input: 0 };
    }
    draw();
    compare();
  }

  mountRunner(find('.runner'), {
    label: 'Retrain my drawing',
    showError: ({ name, message }) => {
      find('.unready').textContent = name === NoTicketError.name ? message : '';
      return name === NoTicketError.name;
    },
    async run(signal, onProgress) {
      find('.unready').textContent = '';
      if (!ground) throw new NoTicketError();
      const { finding, trial: own, level, packed, inputs } = ground;
      const drawn = mask.slice(); // what is painted meanwhile is the next drawing
      const about = { setting: setting(), context: context() };
      const asked = /** @type {any} */ ({ ...settings.args('arms'), level });
      const planned = await analysis.plan({ ...finding, mask: (t, l) => (t === own ? packed : null) }, asked);
      const parts = planned.filter(({ arm, condition }) =>
        condition === 'fresh' && ['dense', 'lottery', 'random'].includes(arm));
      const ticket = parts.find(({ arm }) => arm === 'lottery');
      if (!ticket) throw new NoTicketError();
      const bits = pack(drawn, packed);
      parts.push({ ...ticket, arm: 'drawn', args: { ...ticket.args, arm: 'drawn', mask: bits }, name: `${ticket.name} ${digest(bits)}` });
      const records = await analysis.finish(parts, {
        signal, onProgress: ({ done, total }) => onProgress({ done, total, records: [], current: [] }),
      });
      const last = (/** @type {string} */ arm) => finals(records).find((row) => row.arm === arm)?.test_acc;
      const { p2, p3, p4 } = await lab.run('adjacency', { mask: drawn, inputs });
      book?.add({
        ...about, kept: survivors(drawn), adjacency: { p2, p3, p4 },
        accuracy: { drawn: last('drawn'), lottery: last('lottery'), random: last('random'), dense: last('dense') },
      }, drawn);
      draw();
      compare();
    },
  });
  currentSearch.addEventListener('change', refresh);
  analysis.addEventListener('level', refresh);
  settings.addEventListener('change', compare);
  refresh();
}

/** @param {string} textContent @param {() => void} onClick */
function button(textContent, onClick) {
  const made = element('button', { className: 'plain small', type: 'button', textContent });
  made.addEventListener('click', onClick);
  return made;
}

/**
 * Tell of each weight that a pointer draws over, also where it moves faster than it reports.
 * @param {ReturnType<typeof mountMaskChart>} chart
 * @param {{begin: () => boolean, at: (weight: Weight) => void, end: () => void}} hand
 */
function followPointer(chart, { begin, at, end }) {
  const { canvas } = chart;
  /** @type {{clientX: number, clientY: number} | null} */ let last = null;
  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !begin()) return;
    canvas.setPointerCapture(event.pointerId);
    last = event;
    const weight = chart.weightAt(event);
    if (weight) at(weight);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!last) return;
    const [dx, dy] = [event.clientX - last.clientX, event.clientY - last.clientY];
    const steps = Math.max(1, Math.ceil(Math.hypot(dx, dy) / 2)); // two pixels: less than any weight
    for (let i = 1; i <= steps; i += 1) {
      const weight = chart.weightAt({ clientX: last.clientX + (dx * i) / steps, clientY: last.clientY + (dy * i) / steps });
      if (weight) at(weight);
    }
    last = event;
  });
  for (const kind of /** @type {const} */ (['pointerup', 'pointercancel'])) {
    canvas.addEventListener(kind, () => {
      if (last) end();
      last = null;
    });
  }
}

/** @param {Uint8Array} bytes @returns {string} a short name */
function digest(bytes) {
  let hash = 0xcbf29ce484222325n; // FNV-1a: needs no secure context, as crypto.subtle would
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16);
}

/** @param {Sketch} sketch @returns {string} */
function sentence({ number, kept, accuracy: { drawn, lottery, random, dense } }) {
  return `Drawing ${number}, with ${kept} weights in its first layer, is right on ${formatPercent(drawn)} of the test examples: ` +
    `${formatSigned(drawn - lottery)} points to the found ticket, ${formatSigned(drawn - random)} to random, ${formatSigned(drawn - dense)} to dense.`;
}

/** @param {Sketch} sketch @param {() => void} onOpen */
function line(sketch, onOpen) {
  const { number, kept, setting, accuracy, adjacency } = sketch;
  const row = element('tr');
  const share = (/** @type {number} */ value) => (100 * value).toPrecision(2);
  const cells = [
    kept, formatPercent(accuracy.drawn), formatSigned(accuracy.drawn - accuracy.lottery), formatSigned(accuracy.drawn - accuracy.random),
    formatSigned(accuracy.drawn - accuracy.dense), [adjacency.p2, adjacency.p3, adjacency.p4].map(share).join(' / '), setting,
  ];
  const labels = ['Survivors', 'Test accuracy', 'to found', 'to random', 'to dense', 'p(2, 3, 4), %', 'Setting'];
  const head = element('th', { scope: 'row' });
  const open = button(`Drawing ${number}`, onOpen);
  open.title = 'Put it back on the canvas';
  head.append(open);
  row.append(head, ...cells.map((value, i) => {
    const cell = element('td', { textContent: String(value) });
    cell.dataset.label = labels[i];
    return cell;
  }));
  return row;
}
