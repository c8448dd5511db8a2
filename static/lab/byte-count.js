// Counts what arrives of a download. It starts none.
// @ts-check

/** @param {Response} response a clone, which is used up @param {(bytes: number) => void} onBytes of each part, unpacked */
export async function count(response, onBytes) {
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) onBytes(part.value.length);
}
