// Runs archive.py in Pyodide, so that what it compiles fits Pyodide. Knows no archive.
// Arguments: Pyodide's folder, the folder above build_steps, and a JSON file of {folders, function, calls}:
// folders that Python shall see as /0, /1, … and the arguments of each call of a function.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [pyodideFolder, py, jobs] = process.argv.slice(2);
const { folders, function: name, calls } = JSON.parse(readFileSync(jobs, 'utf8'));
const { loadPyodide } = await import(pathToFileURL(path.join(pyodideFolder, 'pyodide.mjs')).href);
// Pyodide never answers if it cannot start, and Node then ends without a word.
let answered = false;
process.on('exit', () => {
  if (!answered) console.error(`${pyodideFolder}: expected Pyodide to start, got no answer from it`);
});
try {
  const env = { PYTHONDONTWRITEBYTECODE: '1', PYTHONHASHSEED: '0' };
  const pyodide = await loadPyodide({ env });
  answered = true;
  pyodide.mountNodeFS('/py', py);
  folders.forEach((folder, i) => pyodide.mountNodeFS(`/${i}`, folder));
  pyodide.runPython("import sys; sys.path.append('/py')");
  const archive = pyodide.pyimport('build_steps.archive');
  for (const call of calls) archive[name](...call.map((argument) => pyodide.toPy(argument)));
} catch (error) {
  answered = true;
  console.error(error.message); // alone: with its place, Node would print a line of 1 MB
  process.exit(1);
}
