// Words inside a PNG file, as its specification has them: iTXt chunks behind the header. Knows no picture.
// @ts-check

const SIGNATURE = 8; // bytes before the first chunk
const AROUND = 12; // bytes of a chunk beside its data: length, type, checksum
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  return value;
});

/** @param {Uint8Array} bytes @returns {number} the checksum of PNG and ZIP */
const crc32 = (bytes) => (~bytes.reduce((value, byte) => (value >>> 8) ^ TABLE[(value ^ byte) & 255], ~0)) >>> 0;

/** @param {string} type four letters @param {Uint8Array} data */
function chunk(type, data) {
  const bytes = new Uint8Array(data.length + AROUND);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)));
  return bytes;
}

/** Not compressed, no language, no translated keyword: five bytes. @param {string} keyword in Latin letters @param {string} text */
const textChunk = (keyword, text) => chunk('iTXt', new TextEncoder().encode(`${keyword}\0\0\0\0\0${text}`));

/**
 * @param {Uint8Array} png @param {Record<string, string>} texts by keyword: Title and Description are usual ones
 * @returns {Uint8Array<ArrayBuffer>} the same picture with the texts
 */
export function withTexts(png, texts) {
  const first = SIGNATURE + AROUND + new DataView(png.buffer, png.byteOffset).getUint32(SIGNATURE); // behind the header
  const parts = [png.subarray(0, first), ...Object.entries(texts).map(([keyword, text]) => textChunk(keyword, text)), png.subarray(first)];
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
