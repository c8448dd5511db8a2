// The row of buttons below a figure that take its result away: records, pictures, a ticket, a link.
// It makes files of what it is given; it computes nothing itself.
// @ts-check
import { specHash } from '../records/hash.js';
import { SITE } from '../records/site.js';
import { element } from '../ui/dom.js';
import { mountOutcome } from '../ui/status-buttons.js';
import { toPNG, toSVG } from './chart-image.js';
import { fileName, toCSV, toJSON } from './write-results.js';

/** @typedef {{name: string, spec: any, records: Record<string, unknown>[]}} Taken */

/**
 * Tickets that can be taken: which there are, and the file of one.
 * @typedef {object} Tickets
 * @property {() => {trial: number, levels: number[]}[]} choices
 * @property {(trial: number, level: number) => Promise<{npz: Uint8Array<ArrayBuffer>, name: string}>} make
 */

/**
 * @typedef {object} Source
 * @property {{name: string, node: HTMLElement}[]} charts
 * @property {() => Taken | null} result as it is when a button is pressed; null if there is none yet
 * @property {boolean} [pictures] and nothing else
 * @property {() => {url: string, note: string}} [link] to the result
 * @property {Tickets} [tickets]
 */

/** @param {BlobPart} content @param {string} type @param {string} name */
export function save(content, type, name) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  element('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // when the browser has surely read it
}

/** @returns {Promise<string>} of the site, as its build says */
async function version() {
  const response = await fetch(new URL('build.json', SITE));
  if (!response.ok) throw new Error(`${response.url} answered HTTP ${response.status}`);
  return (await response.json()).version;
}

/** @param {string} name @param {HTMLElement[]} parts */
export function group(name, parts) {
  const box = element('span', { className: 'takeaway-group' });
  box.setAttribute('role', 'group');
  box.setAttribute('aria-label', name);
  box.append(element('span', { className: 'takeaway-name', textContent: name }), ...parts);
  return box;
}

/** @param {string} label @param {string} shown @param {() => void} onChange */
function choice(label, shown, onChange) {
  const list = element('select');
  const box = element('label', { textContent: `${shown} ` });
  let chosen = ''; // by somebody
  list.setAttribute('aria-label', label);
  list.addEventListener('change', () => {
    chosen = list.value;
    onChange();
  });
  box.append(list);
  return {
    box,
    value: () => Number(list.value),
    /** @param {number[]} values to choose from @param {number | undefined} usual where nobody has chosen */
    offer(values, usual) {
      const texts = values.map(String);
      if ([...list.options].map(({ value }) => value).join() !== texts.join()) {
        list.replaceChildren(...texts.map((text) => new Option(text)));
      }
      list.value = texts.includes(chosen) ? chosen : String(usual);
    },
  };
}

/** @param {Tickets} tickets @param {(label: string, title: string, act: () => Promise<string>) => HTMLElement} button */
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
 * @param {HTMLElement} node @param {Source} source
 * @returns {{update: () => void}} `update` is called when there may be other tickets to choose from
 */
export function mountTakeaway(node, { charts, result, pictures: only, link, tickets }) {
  const { status, button } = mountOutcome();
  /** @param {string} title @param {string} type @param {(taken: Taken) => BlobPart | Promise<BlobPart>} make @param {string} [part] */
  const saver = (title, type, make, part) => {
    const ending = type.replace(/^.*\/|\+.*$/g, ''); // image/svg+xml: svg
    return button(ending.toUpperCase(), title, async () => {
      const taken = result();
      if (!taken?.records.length) return 'There is nothing to take away yet.';
      const { name, spec } = taken;
      const file = `${fileName(part ?? name, spec, specHash(spec))}.${ending}`;
      save(await make(taken), type, file);
      return `Saved ${file}.`;
    });
  };
  /** @param {{name: string, node: HTMLElement}} chart */
  const pictures = (chart) => {
    const words = (/** @type {Taken} */ { spec }) =>
      ({ title: `MNIST-1D Lab: ${chart.name}`, description: JSON.stringify(spec) });
    const several = charts.length > 1;
    const title = several ? `Figure: ${chart.name}` : 'Figure';
    return group(title, [
      saver(`${title} as SVG`, 'image/svg+xml', (taken) => toSVG(chart.node, words(taken)), chart.name),
      saver(`${title} as PNG`, 'image/png', (taken) => toPNG(chart.node, words(taken)), chart.name),
    ]);
  };

  node.classList.add('takeaway');
  const records = group('Records', [
    saver('Records as CSV', 'text/csv', (taken) => toCSV(taken.records)),
    saver('Records as JSON', 'application/json', async (taken) =>
      toJSON(taken.name, taken.spec, taken.records, await version())),
  ]);
  node.append(...(only ? [] : [records]), ...charts.map(pictures));
  const taker = tickets && ticketGroup(tickets, button);
  if (taker) node.append(taker.box);
  if (link) {
    const address = element('input', { className: 'address', readOnly: true, hidden: true });
    address.setAttribute('aria-label', 'The link');
    node.append(button('Copy link', 'Copy link', async () => {
      const { url, note } = link();
      address.hidden = true;
      try {
        await navigator.clipboard.writeText(url);
        return `Copied. ${note}`;
      } catch { // refused, or an address without https
        Object.assign(address, { value: url, hidden: false });
        address.select();
        return `Copy it from here. ${note}`;
      }
    }), address);
  }
  node.append(status);
  return { update: () => taker?.update() };
}
