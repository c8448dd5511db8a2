// Values as Python writes them, and cells of a program as a script or as a notebook. Knows no job.
// @ts-check

/** Lines of Python, or of a notebook's prose. @typedef {{kind: 'code' | 'prose', text: string}} Cell */
/**
 * What a program needs, each in one version: lines as pip and PEP 508 take them.
 * @typedef {{python: string, packages: string[]}} Needs
 */

const WIDTH = 96; // letters of a line

/**
 * A value as Python writes it.
 * @param {unknown} value of JSON @param {string} [indent] of the line in which it begins
 * @param {string} [field] what it is, for the sentence that refuses it
 * @returns {string}
 */
export function toPython(value, indent = '', field = 'a setting') {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value === null) return 'None';
  if (typeof value === 'string') return JSON.stringify(value); // its escapes are Python's too
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return String(value);
    throw new Error(`${field} must be a number: correct it first.`);
  }
  const isList = Array.isArray(value);
  const inner = `${indent}    `;
  const parts = isList ? value.map((one) => toPython(one, inner, field)) :
    Object.entries(/** @type {object} */ (value)).filter(([, one]) => one !== undefined)
      .map(([name, one]) => `${JSON.stringify(name)}: ${toPython(one, inner, name)}`);
  const [open, close] = isList ? '[]' : '{}';
  const line = `${open}${parts.join(', ')}${close}`;
  if (line.length + indent.length <= WIDTH - 16 && !line.includes('\n')) return line; // a name precedes it
  return `${open}\n${wrapped(parts, inner)}\n${indent}${close}`;
}

/** Several parts a line, as many as fit. @param {string[]} parts @param {string} indent */
function wrapped(parts, indent) {
  /** @type {string[]} */ const lines = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last && !last.includes('\n') && last.length + part.length + 2 <= WIDTH) lines[lines.length - 1] = `${last} ${part},`;
    else lines.push(`${indent}${part},`);
  }
  return lines.join('\n');
}

/**
 * The header of PEP 723, from which `uv run` installs what a script needs.
 * @param {Needs} needs
 */
const header = ({ python, packages }) => [
  '# /// script', `# requires-python = ${JSON.stringify(python)}`, '# dependencies = [',
  ...packages.map((one) => `#   ${JSON.stringify(one)},`), '# ]', '# ///',
].join('\n');

/** @param {Cell[]} cells @param {Needs} needs @returns {string} a script; its first cell of prose is its docstring */
export function toScript(cells, needs) {
  const prose = cells.filter(({ kind }) => kind === 'prose').map(({ text }) => text.replaceAll('\\', '').replaceAll('"""', ''));
  const code = cells.filter(({ kind }) => kind === 'code').map(({ text }) => text);
  return `${header(needs)}\n\n"""${prose.join('\n\n')}\n"""\n\n${code.join('\n\n\n')}\n`;
}

/** @param {string} text @returns {string[]} as nbformat has it: each line with its end */
const linesOf = (text) => text.split('\n').map((line, i, all) => (i < all.length - 1 ? `${line}\n` : line));

/** @param {Cell[]} cells @param {Needs} needs @returns {string} a notebook (nbformat 4.5) */
export function toNotebook(cells, needs) {
  const install = ['try:', '    import mnist1d_lab  # it is installed already', 'except ImportError:',
    `    %pip install -q ${needs.packages.map((one) => JSON.stringify(one)).join(' ')}`].join('\n');
  const [first, ...rest] = cells;
  const all = [first, /** @type {Cell} */ ({ kind: 'code', text: install }), ...rest];
  return `${JSON.stringify({
    cells: all.map(({ kind, text }, i) => ({
      id: `cell-${i}`, metadata: {}, source: linesOf(text),
      ...(kind === 'code' ? { cell_type: 'code', execution_count: null, outputs: [] } : { cell_type: 'markdown' }),
    })),
    metadata: {
      kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
      language_info: { name: 'python' },
    },
    nbformat: 4,
    nbformat_minor: 5,
  }, null, 1)}\n`;
}
