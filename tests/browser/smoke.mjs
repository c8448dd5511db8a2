// Uses the page in stock Firefox, driven over WebDriver BiDi: starts, drags, finds tickets. Not a test.
// Usage: node smoke.mjs EXECUTABLE ADDRESS; prints what it saw and how long it took as JSON.
import puppeteer from 'puppeteer-core';

const [executablePath, address] = process.argv.slice(2);
const browser = await puppeteer.launch({ browser: 'firefox', executablePath, protocolTimeout: 300_000 });
try {
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(address);
  const seen = await page.evaluate(`(async () => {
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
      seconds: { ready: (ready - began) / 1000, redraw: (redrawn - ready) / 1000, lottery: (performance.now() - redrawn) / 1000 },
    };
  })()`);
  console.log(JSON.stringify({ engine: await browser.version(), errors, ...seen }));
} finally {
  await browser.close();
}
