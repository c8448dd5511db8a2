// What is kept in this browser of lotteries, and the way to be rid of it. Belongs to the search figure.
// @ts-check
import { showFault } from '../../ui/fault-box.js';

/**
 * @param {(part: string) => HTMLElement} find within the figure
 * @param {import('../../lab/checkpoints.js').CheckpointStore} kept
 * @param {() => void} onClear
 * @returns {{show: () => Promise<void>}} `show` counts anew
 */
export function mountKeptResults(find, kept, onClear) {
  async function show() {
    const count = await kept.count();
    find('.kept').hidden = count === 0;
    const where = kept.store.problem ? 'until this page is closed' : 'in this browser';
    find('.kept span').textContent = `${count} finished ${count === 1 ? 'result is' : 'results are'} kept ${where}, ` +
      'and need not be trained again. ';
  }
  const showStoreFault = () => {
    const sentence = kept.store.problem;
    const retry = kept.store.isPassing ? () => kept.store.again() : undefined;
    showFault(find('.keeping'), sentence ? { sentence, detail: '' } : null, retry);
    show();
  };
  kept.store.addEventListener('problem', showStoreFault);
  kept.addEventListener('damaged', () => {
    const sentence = 'Some results that this browser kept did not come back as they were: they are trained again.';
    showFault(find('.keeping'), { sentence, detail: '' });
    show();
  });
  if (kept.store.problem) showStoreFault(); // the fault may have come before this figure was made
  find('.kept button').addEventListener('click', async () => {
    await kept.clear();
    find('.runner').focus(); // the pressed button is gone
    show();
    onClear();
  });
  return { show };
}
