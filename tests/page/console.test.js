// The console's state without a page, and the broker's list: static/console, static/lab/sandbox.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { completed } from '../../static/console/completion.js';
import { History } from '../../static/console/history.js';
import { ShownFigures } from '../../static/console/shown-figures.js';
import { Broker } from '../../static/lab/sandbox/broker.js';
import { fileText } from './environment.js';

test('history goes back and forth, and comes back to what is being typed', () => {
  const history = new History();
  for (const line of ['a = 1', 'b = 2', 'b = 2']) history.add(line);
  assert.equal(history.step(1, 'c'), null);
  assert.deepEqual([history.step(-1, 'c'), history.step(-1, ''), history.step(-1, '')], ['b = 2', 'a = 1', null]);
  assert.deepEqual([history.step(1, ''), history.step(1, ''), history.step(1, '')], ['b = 2', 'c', null]);
});

test('what is certain of a name is put in, the rest is listed', () => {
  assert.deepEqual(completed('np.lins', { start: 0, names: ['np.linspace('] }), { text: 'np.linspace(', list: '' });
  assert.deepEqual(completed('x = np.l', { start: 4, names: ['np.log', 'np.log2'] }), { text: 'x = np.log', list: 'log, log2' });
  assert.deepEqual(completed('zzz', { start: 0, names: [] }), { text: 'zzz', list: 'No name begins like this.' });
  const many = Array.from({ length: 40 }, (_, i) => `np.a${i}`);
  assert.match(completed('np.', { start: 0, names: many }).list, /, and 10 more$/);
});

test('the figures are told once for each change', () => {
  let search = null;
  const shown = new ShownFigures(() => ({ seed: 1 }), () => search);
  assert.deepEqual(shown.news(), { dataset: { seed: 1 }, search: null });
  assert.equal(shown.news(), undefined);
  const mask = (trial, level) => (level === 1 ? new Uint8Array([trial]) : null);
  search = { spec: { trials: 2, levels: 2 }, records: [{ level: 0 }], complete: true, shipped: false, mask };
  const told = shown.news().search;
  assert.deepEqual(told.masks, [[new Uint8Array([0]), null], [new Uint8Array([1]), null]]);
  assert.equal('mask' in told, false);
  shown.forget();
  assert.notEqual(shown.news(), undefined);
});

test('the broker gives out what is on its list and nothing else', () => {
  const site = new URL('https://host.test/lab/v/1/');
  const build = {
    pyodide: '../../runtime/a/', runtime: ['pyodide.mjs'], sandbox: '../../runtime/s/', sandbox_files: ['more.zip'],
    wheel: 'wheels/h/ours.whl', kernels: 'native/k.so', hosted: ['wheels/ours/index.html', '../../wheels/h/other.whl'], indexes: ['https://packages.test/simple/'],
  };
  const broker = new Broker(site, build);
  const at = (path) => broker.allowed(new URL(path, site).href);
  assert.equal(at('../../runtime/a/pyodide.mjs'), 'https://host.test/lab/runtime/a/pyodide.mjs');
  assert.equal(at('../../runtime/s/more.zip'), 'https://host.test/lab/runtime/s/more.zip');
  assert.equal(at('wheels/ours/'), 'https://host.test/lab/v/1/wheels/ours/index.html');
  assert.equal(at('wheels/h/ours.whl#sha256=1'), 'https://host.test/lab/v/1/wheels/h/ours.whl');
  assert.equal(at('../../wheels/h/other.whl#sha256=1'), 'https://host.test/lab/wheels/h/other.whl');
  assert.equal(at('https://packages.test/simple/six/'), 'https://packages.test/simple/six/');
  const refused = ['', 'app.js', 'wheels/', 'wheels/ours/?x', 'wheels/h/ours.whl?x', '../../runtime/a/pyodide.mjs?secret', 'https://packages.test/simple/?x',
    'https://packages.test/', 'https://packages.test/simple/../x', 'https://a:b@host.test/lab/v/1/native/k.so', 'data:,x', 'wheels/ours/../../app.js'];
  for (const path of refused) assert.equal(at(path), null, path);
  assert.equal(broker.allowed('no address'), null);
});

test('the frame’s policy allows its one script, and no network', () => {
  const page = fileText('static/lab/sandbox/frame.html');
  const [, policy] = page.match(/Content-Security-Policy" content="([^"]+)"/);
  const scripts = [...page.matchAll(/<script>([^]*?)<\/script>/g)].map(([, text]) => text);
  assert.equal(scripts.length, 1);
  const hash = createHash('sha256').update(scripts[0]).digest('base64');
  assert.equal(policy, `default-src 'none'; script-src 'sha256-${hash}' blob: 'wasm-unsafe-eval'; worker-src blob:; base-uri 'none'; form-action 'none'`);
});
