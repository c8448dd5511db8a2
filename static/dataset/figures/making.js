// Figure 2: how a digit is made. Walks one example through the generator's stages, each with the code
// that runs. Asks for the job `stages`.
// @ts-check
import { element } from '../../ui/dom.js';
import { refreshInView } from '../../ui/in-view.js';
import { select, slider } from '../../ui/inputs.js';
import { mountAlternative } from '../../ui/text-alternative.js';
import { between, mountCurve, tell as inWords } from '../charts/stage-curve.js';

/** @typedef {import('../charts/stage-curve.js').Stage} Stage */

const PACE = 0.55; // stages a second while it plays
const FINE = 50; // places of the slider between two stages
const LAST = 8;

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab
 * @param {import('../../settings/settings.js').Settings} settings
 */
export function mountMaking(node, lab, settings) {
  const find = (/** @type {string} */ part) => /** @type {HTMLElement} */ (node.querySelector(part));
  /** @type {Stage[]} */ let stages = [];
  let digit = 3;
  let example = 0;
  let position = LAST;
  /** @type {{button: HTMLButtonElement, chart: ReturnType<typeof mountCurve>}[]} */ let cells = [];
  const large = mountCurve('The digit at this stage', 300, 340, 3.4, 'making-told');
  find('.large').append(large.root);
  const told = mountAlternative(node, () => (stages.length ? inWords(stages, position) : null), { id: 'making-told' });

  const digits = select('Digit', (value) => {
    digit = Number(value);
    ask();
  });
  digits.show(Array.from({ length: 10 }, (_, i) => [String(i), String(i)]), String(digit));
  const examples = slider('Example', (value) => {
    example = value;
    tell();
    ask();
  });
  const scrub = slider('Stage', (value) => {
    pause();
    go(value / FINE);
  });
  const play = element('button', { className: 'plain small', type: 'button', textContent: 'Play' });
  find('.controls').append(digits.box, examples.box, scrub.box);
  find('.play').append(play);

  /** On the way to a stage it is that stage's code that runs. */
  const current = () => Math.min(Math.ceil(position - 1e-9), LAST);

  function tell() {
    const most = Math.max(0, Math.floor(Number(settings.args('dataset').num_samples) / 10) - 1 || 0);
    example = Math.min(example, most);
    examples.show(most, example, String(example));
    const name = stages[current()]?.name ?? '';
    scrub.show(LAST * FINE, Math.round(position * FINE), name);
  }

  /** @param {Stage[]} found */
  function build(found) {
    cells = found.map(({ name }, index) => {
      const button = element('button', { className: 'stage', type: 'button' });
      const chart = mountCurve('', 100, 120, 0);
      button.append(chart.root, element('span', { textContent: name }));
      button.addEventListener('click', () => {
        pause();
        go(index);
      });
      return { button, chart };
    });
    find('.strip').replaceChildren(...cells.map(({ button }) => button));
  }

  /** @param {number} to */
  function go(to) {
    position = to;
    const index = current();
    const stage = stages[index];
    tell();
    if (!stage) return;
    large.update(between(stages, position));
    told.changed();
    cells.forEach(({ button }, i) => button.setAttribute('aria-pressed', String(i === index)));
    find('.name').textContent = stage.name;
    find('.sentence').textContent = stage.sentence;
    find('.drawn').textContent = `Here: ${stage.drawn}.`;
    const code = find('code');
    if (code.textContent !== stage.code) code.textContent = stage.code;
  }

  let began = 0; // when it was set playing; 0: it is not
  function pause() {
    began = 0;
    play.textContent = 'Play';
  }
  play.addEventListener('click', () => {
    if (began) return pause();
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const from = position >= LAST ? 0 : position;
    const now = performance.now();
    began = now;
    play.textContent = 'Pause';
    const step = () => {
      if (began !== now) return;
      const to = Math.min(LAST, from + (PACE * (performance.now() - now)) / 1000);
      go(still ? Math.floor(to) : to);
      if (to < LAST) requestAnimationFrame(step);
      else pause();
    };
    step();
  });

  const ask = refreshInView(node, async () => {
    try {
      const asked = { ...settings.args('dataset'), digit, example };
      stages = (await lab.run('stages', asked)).stages;
      if (!cells.length) build(stages);
      stages.forEach((_, i) => cells[i].chart.update(between(stages, i)));
      go(position);
      find('.problem').textContent = '';
    } catch (error) {
      find('.problem').textContent = /** @type {Error} */ (error).message;
    }
  }, 80); // after the ten digits, which follow each move
  settings.addEventListener('change', (event) => {
    if (/** @type {CustomEvent} */ (event).detail.group !== 'dataset') return;
    tell();
    ask();
  });
  tell();
  ask();
}
