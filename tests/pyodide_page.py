"""Python in a page of its own, with our package and its kernels; no `window.lab`, no tests."""

START = """async () => {
  const site = new URL('./', location);
  const build = await (await fetch(new URL('build.json', site))).json();
  const runtime = new URL(build.pyodide, site).href;
  const { loadPyodide } = await import(`${runtime}pyodide.mjs`);
  const pyodide = await loadPyodide({ indexURL: runtime, packageBaseUrl: runtime });
  await pyodide.loadPackage(['numpy']);
  pyodide.unpackArchive(await (await fetch(new URL(build.wheel, site))).arrayBuffer(), 'wheel');
  const library = await (await fetch(new URL(build.kernels, site))).arrayBuffer();
  pyodide.FS.writeFile('/kernels.so', new Uint8Array(library));
  pyodide.runPython("from mnist1d_lab import kernels; kernels.load('/kernels.so')");
  const globals = pyodide.toPy({ __name__: 'a_page' }); // not __main__: nothing runs by itself
  globalThis.python = (code) => pyodide.runPython(code, { globals });
}"""
