// Figure 2: how a digit is made. It walks one example through the generator's stages, each with the
// code that runs. The stages come from the job `stages`.
// @ts-check
import { element, finderIn } from '../../ui/dom.js';
import { refreshInView } from '../../ui/in-view.js';
import { select, slider } from '../../ui/inputs.js';
import { mountAlternative } from '../../ui/text-alternative.js';
import { describeStages, mountStageCurveChart } from '../charts/stage-curve.js';
import { LAST, StageWalk, curveBetween } from '../stages.js';

/** @typedef {ReturnType<typeof mountStageCurveChart>} CurveChart */

const PACE = 0.55; // stages a second while it plays
const FINE = 50; // places of the slider between two stages

/** The small pictures, one a stage; they are buttons. @param {HTMLElement} node @param {StageWalk} walk @param {(index: number) => void} onPick */
function mountStrip(node, walk, onPick) {
  /** @type {{button: HTMLButtonElement, chart: CurveChart}[]} */ let cells = [];
  const build = () => {
    cells = walk.stages.map(({ name }, index) => {
      const button = element('button', { className: 'stage', type: 'button' });
      const chart = mountStageCurveChart({ label: '', width: 100, height: 120, dot: 0 });
      button.append(chart.root, element('span', { textContent: name }));
      button.addEventListener('click', () => onPick(index));
      return { button, chart };
    });
    node.replaceChildren(...cells.map(({ button }) => button));
  };
  return {
    draw() {
      if (!cells.length) build();
      walk.stages.forEach((_, i) => cells[i].chart.update(curveBetween(walk.stages, i)));
    },
    mark: () => cells.forEach(({ button }, i) => button.setAttribute('aria-pressed', String(i === walk.index))),
  };
}

/**
 * Play and Pause.
 * @param {HTMLElement} node @param {StageWalk} walk @param {(position: number) => void} go
 * @returns {() => void} pauses
 */
function mountPlay(node, walk, go) {
  const button = element('button', { className: 'plain small', type: 'button', textContent: 'Play' });
  node.append(button);
  let began = 0; // when it was started; 0 while it does not play
  const pause = () => {
    began = 0;
    button.textContent = 'Play';
  };
  const play = () => {
    const jumps = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const from = walk.position >= LAST ? 0 : walk.position;
    const now = performance.now();
    began = now;
    button.textContent = 'Pause';
    const step = () => {
      if (began !== now) return;
      const to = Math.min(LAST, from + (PACE * (performance.now() - now)) / 1000);
      go(jumps ? Math.floor(to) : to);
      if (to < LAST) requestAnimationFrame(step);
      else pause();
    };
    step();
  };
  button.addEventListener('click', () => (began ? pause() : play()));
  return pause;
}

/**
 * Which digit, which example, which stage.
 * @param {HTMLElement} node @param {StageWalk} walk
 * @param {{onExample: () => void, onStage: (position: number) => void}} listeners
 */
function mountChoices(node, walk, { onExample, onStage }) {
  const digit = select('Digit', (value) => {
    walk.digit = Number(value);
    onExample();
  });
  digit.show(Array.from({ length: 10 }, (_, i) => [String(i), String(i)]), String(walk.digit));
  const example = slider('Example', (value) => {
    walk.example = value;
    onExample();
  });
  const stage = slider('Stage', (value) => onStage(value / FINE));
  node.append(digit.box, example.box, stage.box);
  /** @param {number} samples of the dataset */
  return function update(samples) {
    const last = walk.limitExample(samples);
    example.show(last, walk.example, String(walk.example));
    stage.show(LAST * FINE, Math.round(walk.position * FINE), walk.stage?.name ?? '');
  };
}

/** @param {(part: string) => HTMLElement} find @param {import('../stages.js').Stage} stage */
function showStage(find, { name, sentence, drawn, code }) {
  find('.name').textContent = name;
  find('.sentence').textContent = sentence;
  find('.drawn').textContent = `Here: ${drawn}.`;
  const place = find('code');
  if (place.textContent !== code) place.textContent = code; // who selects in it keeps the selection
}

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab
 * @param {import('../../settings/settings.js').Settings} settings
 */
export function mountMakingFigure(node, lab, settings) {
  const find = finderIn(node);
  const walk = new StageWalk();
  const large = mountStageCurveChart({
    label: 'The digit at this stage', width: 300, height: 340, dot: 3.4, describedBy: 'making-told',
  });
  find('.large').append(large.root);
  const alternative = mountAlternative(node, () =>
    (walk.stages.length ? describeStages(walk.stages, walk.position) : null), { id: 'making-told' });
  const updateChoices = mountChoices(find('.controls'), walk, {
    onExample() {
      showChoices();
      ask();
    },
    onStage: stopAt,
  });
  const pause = mountPlay(find('.play'), walk, go);
  const strip = mountStrip(find('.strip'), walk, stopAt);
  const showChoices = () => updateChoices(settings.generatorArgs().num_samples);

  /** @param {number} position */
  function stopAt(position) {
    pause();
    go(position);
  }
  /** @param {number} position */
  function go(position) {
    walk.position = position;
    showChoices();
    if (!walk.stage) return;
    large.update(curveBetween(walk.stages, position));
    alternative.changed();
    strip.mark();
    showStage(find, walk.stage);
  }

  const ask = refreshInView(node, async () => {
    try {
      const { digit, example } = walk;
      walk.stages = (await lab.run('stages', { ...settings.generatorArgs(), digit, example })).stages;
      strip.draw();
      go(walk.position);
      find('.problem').textContent = '';
    } catch (error) {
      find('.problem').textContent = /** @type {Error} */ (error).message;
    }
  }, 80); // after the ten digits, which follow each move
  settings.addEventListener('change', (event) => {
    if (/** @type {CustomEvent} */ (event).detail.group !== 'dataset') return;
    showChoices();
    ask();
  });
  showChoices();
  ask();
}
