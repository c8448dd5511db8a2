// The row of buttons below a figure that save its result: records, pictures, a ticket. It makes files of
// what it is given and computes nothing itself.
// @ts-check
import { specHash } from '../records/hash.js';
import { SITE } from '../records/site.js';
import { element } from '../ui/dom.js';
import { makeStatusButtons } from '../ui/status-buttons.js';
import { toPNG, toSVG } from './chart-image.js';
import { shareParts } from './share-figure.js';
import { fileName, toCSV, toJSON } from './write-results.js';

/** @typedef {{name: string, spec: any, records: Record<string, unknown>[]}} Result */
/** @typedef {ReturnType<typeof makeStatusButtons>['button']} MakeButton */
/** @typedef {{name: string, node: HTMLElement}} Chart */

/**
 * Tickets that can be saved: which there are, and the file of one.
 * @typedef {object} Tickets
 * @property {() => {trial: number, levels: number[]}[]} choices
 * @property {(trial: number, level: number) => Promise<{npz: Uint8Array<ArrayBuffer>, name: string}>} make
 */

/**
 * What a figure computes with the settings as they are when a button is pressed, and who has data of one's own.
 * @typedef {{wanted: () => Wanted | Promise<Wanted>, lab: import('../lab/lab.js').Lab}} CodeSource
 */
/** @typedef {import('./python-figures.js').Wanted} Wanted */

/**
 * @typedef {object} Source
 * @property {Chart[]} charts
 * @property {() => Result | null} result as it is when a button is pressed; null if there is none yet
 * @property {boolean} [picturesOnly] no records
 * @property {() => {url: string, note: string}} [link] to the result, and a sentence about it
 * @property {Tickets} [tickets]
 * @property {CodeSource} [code] of a figure that computes
 */

/** @param {BlobPart} content @param {string} type @param {string} name */
export function save(content, type, name) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  element('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // by then the browser has read it
}

/** @returns {Promise<string>} of the site, as its build says */
export async function version() {
  const response = await fetch(new URL('build.json', SITE));
  if (!response.ok) throw new Error(`${response.url} answered HTTP ${response.status}`);
  return (await response.json()).version;
}

/** Buttons with a common name. @param {string} name @param {HTMLElement[]} parts */
export function group(name, parts) {
  const box = element('span', { className: 'takeaway-group' });
  box.setAttribute('role', 'group');
  box.setAttribute('aria-label', name);
  box.append(element('span', { className: 'takeaway-name', textContent: name }), ...parts);
  return box;
}

/** A list of numbers to choose from. @param {string} label @param {string} shown @param {() => void} onChange */
function choice(label, shown, onChange) {
  const list = element('select');
  const box = element('label', { textContent: `${shown} ` });
  let chosen = ''; // what the visitor chose
  list.setAttribute('aria-label', label);
  list.addEventListener('change', () => {
    chosen = list.value;
    onChange();
  });
  box.append(list);
  return {
    box,
    value: () => Number(list.value),
    /** @param {number[]} values to choose from @param {number | undefined} usual while the visitor has not chosen */
    offer(values, usual) {
      const texts = values.map(String);
      if ([...list.options].map(({ value }) => value).join() !== texts.join()) {
        list.replaceChildren(...texts.map((text) => new Option(text)));
      }
      list.value = texts.includes(chosen) ? chosen : String(usual);
    },
  };
}

/**
 * The buttons that hand over what a figure computes as code, which is loaded then.
 * @param {MakeButton} button @param {CodeSource} source
 */
export function codeGroup(button, { wanted, lab }) {
  /** @param {string} label @param {string} title @param {'py' | 'ipynb'} form */
  const one = (label, title, form) => button(label, title, async () => {
    const now = await wanted();
    const { codeFiles } = await import('./code-files.js');
    const files = await codeFiles(form, now, lab);
    for (const { content, type, name } of files) save(content, type, name);
    const beside = files.length > 1 ? ' The second are your data: keep both in one folder.' : '';
    return `Saved ${files.map(({ name }) => name).join(' and ')}, with the settings as they are now.${beside}`;
  });
  return group('Get this as code', [
    one('Script', 'Get this as code: a script in Python', 'py'),
    one('Notebook', 'Get this as code: a notebook', 'ipynb'),
  ]);
}

/** @param {Tickets} tickets @param {MakeButton} button */
function ticketGroup(tickets, button) {
  const update = () => {
    const choices = tickets.choices();
    trial.offer(choices.map((one) => one.trial), choices[0]?.trial);
    const levels = choices.find((one) => one.trial === trial.value())?.levels ?? [];
    level.offer(levels, levels.at(-1));
    box.hidden = !choices.length;
  };
  const trial = choice('trial of the ticket', 'trial', update);
  const level = choice('level of the ticket', 'level', () => {});
  const box = group('Ticket', [
    trial.box, level.box,
    button('NPZ', 'The ticket as NPZ: mask and initial weights', async () => {
      const { npz, name } = await tickets.make(trial.value(), level.value());
      save(npz, 'application/octet-stream', name);
      return `Saved ${name}.`;
    }),
  ]);
  update();
  return { box, update };
}

/**
 * A maker of buttons that save the result in some form.
 * @param {MakeButton} button @param {() => Result | null} result
 */
const saverOf = (button, result) =>
  /** @param {string} title @param {string} type @param {(result: Result) => BlobPart | Promise<BlobPart>} make @param {string} [part] */
  (title, type, make, part) => {
    const ending = type.replace(/^.*\/|\+.*$/g, ''); // image/svg+xml: svg
    return button(ending.toUpperCase(), title, async () => {
      const now = result();
      if (!now?.records.length) return 'There is nothing to save yet.';
      const file = `${fileName(part ?? now.name, now.spec, specHash(now.spec))}.${ending}`;
      save(await make(now), type, file);
      return `Saved ${file}.`;
    });
  };

/** The caption of the figure that a chart is in, with what is folded in it. @param {HTMLElement} node @returns {string} */
function captionOf(node) {
  const caption = /** @type {Element | undefined} */ (node.closest('figure')?.querySelector('figcaption')?.cloneNode(true));
  caption?.querySelector('summary')?.remove();
  return (caption?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** @param {Chart} chart @param {string} title @param {ReturnType<typeof saverOf>} saver */
function pictureGroup({ name, node }, title, saver) {
  const about = (/** @type {Result} */ { spec }) => ({
    title: `MNIST-1D Lab: ${name}`, caption: captionOf(node), spec: JSON.stringify(spec),
  });
  return group(title, [
    saver(`${title} as SVG`, 'image/svg+xml', (result) => toSVG(node, about(result)), name),
    saver(`${title} as PNG`, 'image/png', (result) => toPNG(node, about(result)), name),
  ]);
}

/**
 * @param {HTMLElement} node @param {Source} source
 * @returns {{update: () => void}} `update` is called when there may be other tickets to choose from
 */
export function mountDownloadRow(node, { charts, result, picturesOnly, link, tickets, code }) {
  const { status, button } = makeStatusButtons();
  const saver = saverOf(button, result);
  const records = () => group('Records', [
    saver('Records as CSV', 'text/csv', (now) => toCSV(now.records)),
    saver('Records as JSON', 'application/json', async ({ name, spec, records: rows }) =>
      toJSON(name, spec, rows, await version())),
  ]);
  const ticket = tickets && ticketGroup(tickets, button);
  node.classList.add('takeaway');
  node.append(
    ...(picturesOnly ? [] : [records()]),
    ...charts.map((chart) => pictureGroup(chart, charts.length > 1 ? `Figure: ${chart.name}` : 'Figure', saver)),
    ...(ticket ? [ticket.box] : []),
    ...(code ? [codeGroup(button, code)] : []),
    ...shareParts(button, node, link),
    status,
  );
  return { update: () => ticket?.update() };
}
