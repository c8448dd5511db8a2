// Ten digits from their random parts, fast enough to follow a slider: what Python's
// dataset/generator.py does once the random numbers are drawn. A test compares the two. Draws no picture.
// @ts-check

/**
 * @param {import('./digit-parts.js').Parts} parts
 * @param {import('../from-python.js').DatasetSpec} args
 * @returns {Float64Array} (10 * final_seq_length), not yet centred
 */
export function digitSignals({ length, signal, corr, iid, scale, shear, positions }, args) {
  const count = Number(args.final_seq_length);
  const out = new Float64Array(10 * count);
  const step = (length - 1) / (count - 1);
  for (let digit = 0; digit < 10; digit += 1) {
    const factor = 1 + args.scale_coeff * (scale[digit] - 0.5);
    const slope = args.shear_scale * (shear[digit] - 0.5);
    const from = digit * length;
    const value = (/** @type {number} */ i) => {
      const still = signal[from + i] * factor;
      const filled = still === 0 ? args.corr_noise_scale * corr[from + i] : still;
      return filled + args.iid_noise_scale * iid[from + i] - slope * (i / (length - 1) - 0.5);
    };
    for (let j = 0; j < count; j += 1) {
      const place = j * step;
      const left = Math.min(Math.floor(place), length - 2);
      const below = value(left);
      out[digit * count + j] = below + (place - left) * (value(left + 1) - below);
    }
  }
  if (!positions.length) return out;
  return out.map((_, i) => out[i - (i % count) + positions[i % count]]);
}
