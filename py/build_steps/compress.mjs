// Compresses files as a web server would, but as hard as possible, several at a time. Knows no site.
// Arguments: a JSON file of [[source, target], …]; a target ends with .br or .gz.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const SIDE_BY_SIDE = 4; // Node's threads
const [brotli, gz] = [promisify(brotliCompress), promisify(gzip)];

async function compress([source, target]) {
  const content = readFileSync(source);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  writeFileSync(target, target.endsWith('.br') ? await brotli(content, { params }) : await gz(content, { level: 9 }));
}

// The largest take half a minute, so they come first.
const sized = JSON.parse(readFileSync(process.argv[2], 'utf8')).map((job) => ({ job, size: statSync(job[0]).size }));
const waiting = sized.sort((a, b) => a.size - b.size);
await Promise.all(Array.from({ length: SIDE_BY_SIDE }, async () => {
  for (let next = waiting.pop(); next; next = waiting.pop()) await compress(next.job);
}));
