// Which weights a pointer draws over, also where it moves faster than it reports. Paints nothing.
// @ts-check

/** @typedef {import('../mask-drawing.js').Weight} Weight */

/**
 * @param {ReturnType<typeof import('../charts/mask-pixels.js').mountMaskChart>} chart
 * @param {{begin: () => boolean, at: (weight: Weight) => void, end: () => void}} hand `begin` says whether it draws
 */
export function followPointer(chart, { begin, at, end }) {
  const { canvas } = chart;
  /** @type {{clientX: number, clientY: number} | null} */ let last = null;
  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !begin()) return;
    canvas.setPointerCapture(event.pointerId);
    last = event;
    const weight = chart.weightAt(event);
    if (weight) at(weight);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!last) return;
    const [dx, dy] = [event.clientX - last.clientX, event.clientY - last.clientY];
    const steps = Math.max(1, Math.ceil(Math.hypot(dx, dy) / 2)); // two pixels: less than any weight
    for (let i = 1; i <= steps; i += 1) {
      const weight = chart.weightAt({ clientX: last.clientX + (dx * i) / steps, clientY: last.clientY + (dy * i) / steps });
      if (weight) at(weight);
    }
    last = event;
  });
  for (const kind of /** @type {const} */ (['pointerup', 'pointercancel'])) {
    canvas.addEventListener(kind, () => {
      if (last) end();
      last = null;
    });
  }
}
