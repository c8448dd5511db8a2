// The line at the top of the page about the exercise that is being done: its name, how far the last run was from the
// goal, the way back to it and out of it.
// @ts-check
import { element } from '../../ui/dom.js';

/** @param {HTMLElement} node @param {import('../progress.js').Progress} progress */
export function mountExerciseBar(node, progress) {
  const link = element('a');
  const state = element('span', { className: 'state' });
  const end = element('button', { type: 'button', className: 'quiet', textContent: 'End' });
  state.setAttribute('role', 'status');
  node.setAttribute('role', 'region');
  node.setAttribute('aria-label', 'Exercise');
  node.append(link, state, end);
  end.addEventListener('click', () => progress.begin(null));

  const show = () => {
    const { current, last } = progress;
    node.hidden = !current;
    if (!current) return;
    const id = `exercise-${current.name}`;
    link.href = `#${id}`;
    link.dataset.place = id;
    link.textContent = `Exercise ${document.getElementById(`${id}-title`)?.textContent}`;
    node.classList.toggle('solved', Boolean(last?.solved));
    state.textContent = !last ? '' : last.solved ? `Solved. ${last.says}` : last.says;
    end.setAttribute('aria-label', 'End the exercise');
  };
  progress.addEventListener('change', show);
  show();
}
