// Makes a failing WebAssembly download fail. Pyodide alone would wait for ever: on a wrong MIME
// type, a 404 or a dropped connection its start neither resolves nor rejects. Not a loader itself.
// @ts-check

/**
 * Watch `WebAssembly.instantiateStreaming`; a wrong MIME type falls back to a plain download.
 * @returns {Promise<never>} rejects with the reason as soon as a download or compilation fails
 */
export function watchWebAssembly() {
  const streaming = WebAssembly.instantiateStreaming;
  return new Promise((_, reject) => {
    /** @param {Response | PromiseLike<Response>} source @param {WebAssembly.Imports} [imports] */
    WebAssembly.instantiateStreaming = async (source, imports) => {
      try {
        const response = await source;
        if (!response.ok) throw new Error(`${response.url} answered HTTP ${response.status}`);
        const type = response.headers.get('content-type')?.split(';')[0];
        if (type === 'application/wasm') return await streaming(response, imports);
        return await WebAssembly.instantiate(await response.arrayBuffer(), imports);
      } catch (error) {
        reject(error);
        throw error;
      }
    };
  });
}
