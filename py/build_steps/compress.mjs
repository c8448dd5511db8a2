// Compresses files as a web server would, but as hard as possible. Knows no site.
// Arguments: a JSON file of [[source, target], …]; a target ends with .br or .gz.
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

for (const [source, target] of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  const content = readFileSync(source);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  writeFileSync(target, target.endsWith('.br') ? brotliCompressSync(content, { params }) : gzipSync(content, { level: 9 }));
}
