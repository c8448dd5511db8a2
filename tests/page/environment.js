// What the page's modules need of a browser when Node runs them. No tests here.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../../', import.meta.url);

// address-bar.js asks whether a hash is the id of an element: here none is.
globalThis.document ??= { getElementById: () => null };

// Node 20 has not got it yet.
Map.groupBy ??= (values, keyOf) => {
  const groups = new Map();
  for (const value of values) {
    const key = keyOf(value);
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return groups;
};

/** The text of a file of the repository. */
export const fileText = (path) => readFileSync(new URL(path, ROOT), 'utf8');

const ASK = `
import json, sys
from mnist1d_lab import jobs
plain = lambda value: value.tolist() if hasattr(value, 'tolist') else value
found = [jobs.run(job, args) for job, args in json.load(sys.stdin)]
json.dump([{name: plain(value) for name, value in one.items()} for one in found], sys.stdout)
`;

/** What a script makes of `asked`, as JSON both ways. @param {string} script in Python @param {unknown} asked on its stdin */
export function inPython(script, asked) {
  const python = process.env.PYTHON ?? fileURLToPath(new URL('.venv/bin/python', ROOT));
  const env = { ...process.env, PYTHONPATH: fileURLToPath(new URL('py', ROOT)), PYTHONIOENCODING: 'utf-8' };
  const options = { env, encoding: /** @type {const} */ ('utf8'), input: JSON.stringify(asked), maxBuffer: 2 ** 28 };
  return JSON.parse(execFileSync(python, ['-c', script], options));
}

/** What jobs of the Python package return. @param {[job: string, args: object][]} asked */
export const jobResults = (asked) => inPython(ASK, asked);

/** A generator of random numbers from 0 to 1 that a seed starts: mulberry32. */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Whether two numbers differ by at most this share of the second. */
export const isClose = (got, expected, share = 1e-6) => Math.abs(got - expected) <= share * Math.abs(expected);
