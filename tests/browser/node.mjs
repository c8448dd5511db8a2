// Runs Python in Node, with the files of the site and no page. Not a test.
// Usage: node node.mjs DIST, with {code: [...]} on stdin; prints the values.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

const [dist] = process.argv.slice(2);
const { code } = JSON.parse(await text(process.stdin));
const build = JSON.parse(await readFile(join(dist, 'build.json'), 'utf8'));
const indexURL = join(dist, build.pyodide);
const { loadPyodide } = await import(pathToFileURL(join(indexURL, 'pyodide.mjs')));
const stdout = console.error; // ours is for the values
const pyodide = await loadPyodide({ indexURL, packageBaseUrl: indexURL, packages: ['numpy'], stdout });
pyodide.unpackArchive(new Uint8Array(await readFile(join(dist, build.wheel))), 'wheel');
pyodide.FS.writeFile('/kernels.so', new Uint8Array(await readFile(join(dist, build.kernels))));
pyodide.runPython("from mnist1d_lab import kernels; kernels.load('/kernels.so')");
const globals = pyodide.toPy({ __name__: 'a_page' });
const values = code.map((one) => pyodide.runPython(one, { globals }));
console.log(JSON.stringify({ engine: `Node ${process.version}`, values }));
