"""A short visit: the page starts, a slider is moved, tickets are found. Drives nothing."""

SMOKE = """(async () => {
  const began = performance.now();
  while (!window.lab) await new Promise((resolve) => setTimeout(resolve, 20));
  const { kernels } = await lab.ready;
  const ready = performance.now();
  const slider = document.querySelector('#dataset-max_translation');
  const before = document.querySelector('#digits svg')?.innerHTML;
  slider.value = 5;
  slider.dispatchEvent(new Event('input', { bubbles: true }));
  while (document.querySelector('#digits svg')?.innerHTML === before) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const redrawn = performance.now();
  const spec = { dataset: { num_samples: 1000 }, hidden: 50, steps: 200, levels: 2, trials: 1 };
  const { records } = await lab.run('lottery', spec);
  return {
    kernels, records, state: document.documentElement.dataset.state, hash: location.hash,
    trouble: document.getElementById('trouble').textContent,
    seconds: {
      start: (ready - began) / 1000,
      redraw: (redrawn - ready) / 1000,
      lottery: (performance.now() - redrawn) / 1000,
    },
  };
})()"""
