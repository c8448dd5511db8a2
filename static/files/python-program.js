// The program that computes and draws a figure of the page at the desk, as a script and as a notebook.
// What a figure computes is in python-figures.js; nothing is run here.
// @ts-check
import { specHash } from '../records/hash.js';
import { FIGURES } from './python-figures.js';
import { toNotebook, toPython, toScript } from './python-text.js';
import { FORMAT, fileName } from './write-results.js';

/** @typedef {import('./python-figures.js').Wanted} Wanted */
/**
 * Where the program comes from, and what it needs.
 * @typedef {object} Origin
 * @property {string} page its address, with the settings
 * @property {string} version of the package
 * @property {string[]} wheels their addresses, each with its SHA-256 as index pages have it: the pure one, and those with
 *   compiled kernels if the site has any
 * @property {string} numpy its version on the page
 */

const PYTHON = '>=3.11'; // what this NumPy and Matplotlib run on
export const MATPLOTLIB = '3.11.2'; // that of the tests, which run these programs

/** The ends of wheels' names that are of one kind of machine, as Python names it there. @type {[ending: RegExp, system: string, machine: string][]} */
const MACHINES = [
  [/linux\w*_x86_64$/, 'linux', 'x86_64'], [/linux\w*_aarch64$/, 'linux', 'aarch64'],
  [/macosx\w*_x86_64$/, 'darwin', 'x86_64'], [/macosx\w*_arm64$/, 'darwin', 'arm64'], [/win_amd64$/, 'win32', 'AMD64'],
];

/**
 * Requirements of which one counts on each machine: the wheel with its kernels if there is one, else the pure one.
 * @param {string[]} wheels @returns {string[]}
 */
function labs(wheels) {
  const nameOf = (/** @type {string} */ url) => url.replace(/\.whl#.*$/, '');
  const compiled = wheels.flatMap((url) => MACHINES.filter(([ending]) => ending.test(nameOf(url)))
    .map(([, system, machine]) => ({ url, system, machine })));
  const pure = wheels.filter((url) => /-none-any$/.test(nameOf(url)));
  const others = compiled.map(({ system, machine }) => `(sys_platform != '${system}' or platform_machine != '${machine}')`).join(' and ');
  return [
    ...compiled.map(({ url, system, machine }) => `mnist1d-lab @ ${url} ; sys_platform == '${system}' and platform_machine == '${machine}'`),
    ...pure.map((url) => `mnist1d-lab @ ${url}${others && ` ; ${others}`}`),
  ];
}

/** @param {Origin} origin */
const needsOf = ({ wheels, numpy }) => ({
  python: PYTHON,
  packages: [...labs(wheels), `numpy==${numpy}`, `matplotlib==${MATPLOTLIB}`],
});

/** @param {string} title @param {string[]} made what it writes, in a sentence each @param {Origin} origin */
const prose = (title, made, { page, version }) => `${title}

With the settings of ${page}
it computes what that page does (mnist1d-lab ${version}), prints means with n and 95 % intervals,
draws the figure into figure.png, and saves ${made.join('\n')}

Run the script with "uv run", which installs what its first lines say, or with Python after
"pip install" of those; a notebook's second cell installs them. It says what computes:
compiled kernels (of the wheel, or of MNIST1D_LIBRARY) give the page's records bit for bit; NumPy
alone takes longer, and as it adds in another order, its records are only close.`;

/** The imports, and what all programs do with records. @param {string} version @param {string} name of the records */
const common = (version, name) => String.raw`import json
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import mnist1d_lab
import numpy as np
from mnist1d_lab import jobs, kernels
from mnist1d_lab.lottery.claims import interval

assert mnist1d_lab.__version__ == "${version}", "this program is of mnist1d-lab ${version}"
print(kernels.note())


def tell(progress):
    """Show on the terminal how far a job is."""
    print(f"\r{progress['done']} of {progress['total']} ", end="", file=sys.stderr, flush=True)


def grouped(rows, *fields):
    """Return the test accuracies of rows, in percent, by these fields."""
    groups = {}
    for row in rows:
        groups.setdefault(tuple(row[field] for field in fields), []).append(row["test_acc"])
    return groups


def print_means(groups, what="test accuracy, %"):
    """Print mean, 95 % t-interval over trials, and n of each group."""
    print(f"\n{what}: mean [95 % interval], n")
    for name, values in groups.items():
        mean, low, high = interval(values)
        print(f"{', '.join(map(str, name)):36} {mean:7.2f} [{low:.2f}, {high:.2f}] {len(values):4}")


def save(spec, records):
    """Write records.json as the page saves records, which it opens again."""
    file = {"format": "${FORMAT}", "version": mnist1d_lab.__version__, "name": "${name}"}
    text = json.dumps({**file, "spec": spec, "records": records})
    text = json.dumps(json.loads(text, parse_constant=str), indent=1)  # JSON has no NaN
    Path("records.json").write_text(text, encoding="utf-8")`;

/** Data of one's own come from a file beside the program. @param {string} source their name @param {string} file */
const ownData = (source, file) => `# Your own data, as the page has prepared them: their file must lie beside this one.
OWN = Path(${toPython(file)})
jobs.run("open_data", {
    "data": OWN.read_bytes(), "source": ${toPython(source)},
})`;

/** @param {string} source of a spec @returns {string} the file in which data of one's own travel beside a program */
export const dataFileOf = (source) => `mnist1d-lab_${source.replace(/[^\w.-]+/g, '-')}.data`;

/** @param {Wanted} wanted @returns {string} the name of its program, without ending */
export const fileOf = ({ figure, settings }) => fileName(figure, settings, specHash(settings));

/**
 * @param {Wanted} wanted the figure and its settings
 * @param {Origin} origin
 * @returns {{py: string, ipynb: string}} the texts of both files
 */
export function programOf(wanted, origin) {
  const { title, name, saves, settings, compute, draw } = FIGURES[wanted.figure](wanted.settings);
  const { source } = wanted;
  const values = settings.map(([key, value]) => `${key} = ${toPython(value)}`).join('\n');
  /** @param {string} text */
  const code = (text) => /** @type {const} */ ({ kind: 'code', text });
  const cells = [
    /** @type {const} */ ({ kind: 'prose', text: prose(title, saves, origin) }),
    code(common(origin.version, name)),
    code(`${source ? `${ownData(source, dataFileOf(source))}\n\n` : ''}# The settings, as the page has them: what is not here has its usual value.\n${values}`),
    code(compute),
    code(draw),
  ];
  const needs = needsOf(origin);
  return { py: toScript(cells, needs), ipynb: toNotebook(cells, needs) };
}
