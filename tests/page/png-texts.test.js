// Words in a PNG file: static/files/png-texts.js. What is written is read here by the file's specification alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import { withTexts } from '../../static/files/png-texts.js';

/** A chunk as Node makes it. */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

const HEADER = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]); // one grey pixel
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const PNG = Buffer.concat([SIGNATURE, chunk('IHDR', HEADER), chunk('IDAT', deflateSync(Buffer.from([0, 128]))), chunk('IEND', Buffer.alloc(0))]);

/** All chunks of a file; each checksum is checked. */
function chunksOf(bytes) {
  const file = Buffer.from(bytes);
  assert.deepEqual(file.subarray(0, 8), SIGNATURE);
  const found = [];
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const body = file.subarray(at + 4, at + 8 + length);
    assert.equal(file.readUInt32BE(at + 8 + length), crc32(body), body.toString('latin1', 0, 4));
    found.push({ type: body.toString('latin1', 0, 4), data: body.subarray(4) });
    at += 12 + length;
  }
  return found;
}

test('the texts come back letter by letter, and the picture is as it was', () => {
  const texts = { Title: 'MNIST-1D Lab: search', Description: 'Δ to dense, 95\u00a0% of “all” 🎟', Settings: '{"hidden":12}' };
  const chunks = chunksOf(withTexts(new Uint8Array(PNG), texts));
  const read = chunks.filter(({ type }) => type === 'iTXt').map(({ data }) => {
    const end = data.indexOf(0);
    assert.deepEqual([...data.subarray(end, end + 5)], [0, 0, 0, 0, 0]); // not compressed, no language
    return [data.toString('latin1', 0, end), data.toString('utf8', end + 5)];
  });
  assert.deepEqual(Object.fromEntries(read), texts);
  assert.deepEqual(chunks.map(({ type }) => type), ['IHDR', 'iTXt', 'iTXt', 'iTXt', 'IDAT', 'IEND']);
  const without = [SIGNATURE, ...chunks.filter(({ type }) => type !== 'iTXt').map(({ type, data }) => chunk(type, data))];
  assert.deepEqual(Buffer.concat(without), PNG);
});

test('a file that lies within a larger buffer is read from its own beginning', () => {
  const larger = new Uint8Array(PNG.length + 5);
  larger.set(PNG, 5);
  assert.deepEqual(withTexts(larger.subarray(5), { Title: 'a' }), withTexts(new Uint8Array(PNG), { Title: 'a' }));
});
