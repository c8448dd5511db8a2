// The drawing figure: draw a first layer's mask, retrain it, compare it with the found ticket.
// @ts-check
import { formatPercent } from '../../records/format.js';
import { longHash } from '../../records/hash.js';
import { element, finderIn } from '../../ui/dom.js';
import { mountChoice, select, slider } from '../../ui/inputs.js';
import { mountRunBar } from '../../ui/run-bar.js';
import { mountAlternative } from '../../ui/text-alternative.js';
import { NoTicketError } from '../ablation-run.js';
import { finals } from '../arm-differences.js';
import { describeMasks, mountMaskChart } from '../charts/mask-pixels.js';
import { sparsityAt } from '../levels.js';
import { DrawingTarget, MaskDrawing } from '../mask-drawing.js';
import { band, comb, randomMask } from '../mask-patterns.js';
import { pack, survivors } from '../masks.js';
import { mountComparedDrawings } from './compared-drawings.js';
import { followPointer } from './follow-pointer.js';

/** @typedef {import('../../settings/settings.js').Settings} Settings */
/** @typedef {import('../ablation-run.js').AblationRun} AblationRun */
/** @typedef {ReturnType<typeof mountMaskChart>} Canvas */

const ARROWS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
});

/** @type {[string, (target: DrawingTarget) => Uint8Array][]} */
const STARTS = [
  ['found ticket', ({ found }) => found.slice()],
  ['band', band],
  ['comb', comb],
  ['random', randomMask],
  ['empty', ({ found }) => new Uint8Array(found.length)],
];

/** @param {string} textContent @param {() => void} onClick */
function button(textContent, onClick) {
  const made = element('button', { className: 'plain small', type: 'button', textContent });
  made.addEventListener('click', onClick);
  return made;
}

/** Brush, tool, masks to start from, edits. @param {(part: string) => HTMLElement} find @param {MaskDrawing} drawing */
function mountTools(find, drawing) {
  const size = slider('Brush', (value) => {
    drawing.brush = value;
    size.show(9, value, `${value} × ${value}`);
  });
  size.input.min = '1';
  size.show(9, drawing.brush, '1 × 1');
  find('.controls').append(size.box);
  const touch = matchMedia('(any-pointer: coarse)').matches;
  const tool = mountChoice(find('.tools'), {
    label: 'Tool',
    options: [
      { value: 'paint', label: 'paint' },
      { value: 'erase', label: 'erase' },
      ...(touch ? [{ value: 'scroll', label: 'scroll the page' }] : []),
    ],
    onChange: () => find('.canvas').classList.toggle('scroll', tool.value === 'scroll'),
  });
  find('.starts').append('Start from ', ...STARTS.map(([label, make]) => button(label, () => {
    if (drawing.target) drawing.replace(make(drawing.target));
  })));
  find('.edits').append(
    button('Invert', () => drawing.replace(drawing.mask.map((kept) => 1 - kept))),
    button('Undo', () => drawing.undo()),
    button('Reset', () => drawing.target && drawing.replace(drawing.target.found.slice())),
  );
  return tool;
}

/** Draw with mouse, finger or pen. @param {Canvas} canvas @param {MaskDrawing} drawing @param {{readonly value: string}} tool */
function drawByPointer(canvas, drawing, tool) {
  followPointer(canvas, {
    begin: () => {
      if (tool.value === 'scroll') return false;
      drawing.remember();
      return true;
    },
    at: (weight) => drawing.paint(weight, tool.value === 'erase' ? 0 : 1),
    end: () => drawing.keep(),
  });
}

/** Draw with the keyboard. @param {Canvas} canvas @param {MaskDrawing} drawing @param {() => void} tell says where the cursor is */
function drawByKeyboard({ canvas }, drawing, tell) {
  canvas.addEventListener('keydown', (event) => {
    if (!drawing.target || event.altKey) return;
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key === 'z') drawing.undo();
    else if (event.key in ARROWS && !command) {
      drawing.moveCursor(...ARROWS[event.key]);
      tell();
    } else if (event.key === ' ') {
      drawing.toggle();
      tell();
    } else return;
    event.preventDefault();
  });
}

/** The canvas and what is said below it. @param {(part: string) => HTMLElement} find @param {HTMLElement} node @param {MaskDrawing} drawing */
function mountCanvas(find, node, drawing) {
  const canvas = mountMaskChart(find('.canvas'), 'Your mask. Arrow keys move the cursor, space draws or erases.', 'draw-told');
  const alternative = mountAlternative(node, () => drawing.target && describeMasks(
    [{ name: 'drawn', mask: drawing.mask }, { name: 'found', mask: drawing.target.found }], drawing.target.inputs,
  ), { id: 'draw-told' });
  let focused = false;
  function draw() {
    if (!drawing.target) return;
    const { mask, cursor, target: { hidden, inputs, kept } } = drawing;
    canvas.update({
      mask, inputs, order: Array.from({ length: hidden }, (_, unit) => unit), color: '--drawn',
      unit: focused ? cursor.unit : null, input: focused ? cursor.input : null,
    });
    alternative.changed();
    find('.count').textContent = `${survivors(mask)} of ${mask.length} survive (the found one: ${kept}).`;
    find('.storage').textContent = drawing.shelf?.kept ? '' :
      'This browser does not let the page keep your drawing: it is lost when the page is closed.';
    find('.stays').hidden = !drawing.shelf?.kept;
  }
  for (const kind of /** @type {const} */ (['focus', 'blur'])) {
    canvas.canvas.addEventListener(kind, () => {
      focused = kind === 'focus';
      draw();
    });
  }
  drawing.addEventListener('change', draw);
  return canvas;
}

/** What a drawing is trained on. @param {DrawingTarget} target @param {Settings} settings @returns {{setting: string, context: string}} in words, and a name for it */
function trainedOn({ result, trial, level, trialArgs }, settings) {
  const { steps, batch_size } = settings.args('arms');
  const deleted = formatPercent(100 * Number(sparsityAt(result.records, level)));
  return {
    setting: `trial ${trial} (seed ${Number(result.spec.seed) + trial}), ${deleted} deleted, ${steps} steps, batch ${batch_size}`,
    context: longHash(new TextEncoder().encode(JSON.stringify([trialArgs, level, settings.args('arms')]))),
  };
}

/**
 * Train the drawing beside the found ticket, the random mask and the dense network, on fresh data.
 * @param {MaskDrawing} drawing @param {{lab: import('../../lab/lab.js').Lab, ablation: AblationRun, settings: Settings}} page
 * @param {{signal: AbortSignal, onProgress: (progress: import('../../lab/messages.js').Progress) => void}} options
 */
async function retrain({ target, mask, shelf }, { lab, ablation, settings }, { signal, onProgress }) {
  if (!target) throw new NoTicketError();
  const { result, trial, level, packed, inputs } = target;
  const drawn = mask.slice(); // what is painted meanwhile is the next drawing
  const about = trainedOn(target, settings);
  const asked = /** @type {any} */ ({ ...settings.args('arms'), level });
  const planned = await ablation.plan({ ...result, mask: (t) => (t === trial ? packed : null) }, asked);
  const parts = planned.filter(({ arm, condition }) => condition === 'fresh' && ['dense', 'lottery', 'random'].includes(arm));
  const ticket = parts.find(({ arm }) => arm === 'lottery');
  if (!ticket) throw new NoTicketError();
  const bits = pack(drawn, packed);
  parts.push({ ...ticket, arm: 'drawn', args: { ...ticket.args, arm: 'drawn', mask: bits }, name: `${ticket.name} ${longHash(bits)}` });
  const records = await ablation.finish(parts, {
    signal, onProgress: ({ done, total }) => onProgress({ done, total, records: [], current: [] }),
  });
  const last = (/** @type {string} */ arm) => Number(finals(records).find((row) => row.arm === arm)?.test_acc);
  const { p2, p3, p4 } = await lab.run('adjacency', { mask: drawn, inputs });
  shelf?.add({
    ...about, kept: survivors(drawn), adjacency: { p2, p3, p4 },
    accuracy: { drawn: last('drawn'), lottery: last('lottery'), random: last('random'), dense: last('dense') },
  }, drawn);
}

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab @param {AblationRun} ablation
 * @param {import('../current-search.js').CurrentSearch} currentSearch @param {Settings} settings
 */
export function mountDrawFigure(node, lab, ablation, currentSearch, settings) {
  const find = finderIn(node);
  const drawing = new MaskDrawing();
  let trial = 0;
  const trials = select('Trial', (value) => {
    trial = Number(value);
    refresh();
  });
  find('.controls').append(trials.box);
  const canvas = mountCanvas(find, node, drawing);
  const tool = mountTools(find, drawing);
  drawByPointer(canvas, drawing, tool);
  drawByKeyboard(canvas, drawing, () => {
    const { unit, input } = drawing.cursor;
    find('.cursor').textContent = `Unit ${unit}, input ${input}: ${drawing.atCursor ? 'survives' : 'deleted'}.`;
  });
  const compared = mountComparedDrawings(find, ({ bits }) => {
    if (drawing.shelf) drawing.replace(drawing.shelf.open(bits));
    canvas.canvas.focus();
  });
  const compare = () => compared.update(drawing.shelf, drawing.target && trainedOn(drawing.target, settings).context);

  function refresh() {
    const result = currentSearch.current;
    if (!result) return;
    const { level } = ablation.levels(result);
    const usable = result.parts.map((_, t) => t).filter((t) => level && result.mask(t, level));
    if (!usable.length) return;
    if (!usable.includes(trial)) trial = usable[0];
    trials.show(usable.map((t) => [String(t), `${t} (seed ${Number(result.spec.seed) + t})`]), String(trial));
    trials.box.hidden = usable.length < 2;
    drawing.take(new DrawingTarget(result, trial, level));
    compare();
  }

  mountRunBar(find('.runner'), {
    label: 'Retrain my drawing',
    showError: ({ name, message }) => {
      find('.unready').textContent = name === NoTicketError.name ? message : '';
      return name === NoTicketError.name;
    },
    async run(signal, onProgress) {
      find('.unready').textContent = '';
      await retrain(drawing, { lab, ablation, settings }, { signal, onProgress });
      drawing.dispatchEvent(new Event('change')); // the shelf may have filled up
      compare();
    },
  });
  currentSearch.addEventListener('change', refresh);
  ablation.addEventListener('level', refresh);
  settings.addEventListener('change', compare);
  refresh();
}
