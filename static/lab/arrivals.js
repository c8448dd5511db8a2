// What is wrong with a file that did not arrive as it should, and the sentence for it. Modules import this
// file; and as it must speak where no module runs, the page also runs it as a classic script. So it
// exports nothing but sets `arrivals`. It shows nothing.
// @ts-check
var arrivals = (() => {
  const PATIENCE = 4000; // milliseconds for asking again
  const MENDING = 15_000; // milliseconds; it fetches anew what is damaged
  const BROWSERS = 'A current Chrome, Edge, Firefox or Safari can do this.';
  const IMPORT = /^(?:import|export)\b[^'"]*?from '(\.[^']+)'/gm;

  /** @param {string} name by which `sentence` knows it @param {string} message for whoever wants to mend it */
  const flaw = (name, message) => Object.assign(new Error(message), { name });

  /** @param {Response} response @returns {Promise<boolean>} whether it is a web page, and not only called one */
  async function isWebPage(response) {
    return typeOf(response) === 'text/html' && (await response.clone().text()).trimStart().startsWith('<');
  }

  /** @param {Response} response */
  const typeOf = ({ headers }) => headers.get('content-type')?.split(';')[0].trim() ?? '';

  /** @param {Response} response @returns {Promise<Error | null>} null: it may be the file that was asked for */
  async function flawIn(response) {
    if (!response.ok) return flaw('HttpError', `${response.url} answered HTTP ${response.status}`);
    if (await isWebPage(response)) return flaw('WebPageError', `${response.url} is a web page, not the file`);
    return null;
  }

  /**
   * Ask for scripts again, and for all that they import, until one shows a flaw.
   * @param {string[]} urls @param {AbortSignal} [signal] @param {Set<string>} [seen]
   * @returns {Promise<Error | null>} null: all came as they should
   */
  async function flawOfScripts(urls, signal = AbortSignal.timeout(PATIENCE), seen = new Set()) {
    const news = urls.filter((url) => !seen.has(url));
    for (const url of news) seen.add(url);
    const found = await Promise.all(news.map(async (url) => {
      try {
        const response = await fetch(url, { signal });
        const type = typeOf(response);
        const wrong = await flawIn(response);
        if (wrong) return wrong;
        if (!/^(text|application)\/(x-)?(java|ecma)script$/.test(type)) return flaw('ScriptTypeError', `${url} came as “${type}”`);
        const imported = [...(await response.text()).matchAll(IMPORT)].map(([, path]) => new URL(path, url).href);
        return await flawOfScripts(imported, signal, seen);
      } catch (error) { // in a worker, fetch throws flaws that it sees itself
        return error instanceof Error && error.name in WORDS ? error : flaw('UnreachableError', `${url} could not be fetched`);
      }
    }));
    return found.find(Boolean) ?? null;
  }

  /** Why a file was refused that was asked for with its hash. @param {string} url @param {typeof fetch} [ask] @returns {Promise<Error>} */
  async function reasonOfRefusal(url, ask = fetch) {
    const answer = await ask(url).catch(() => null);
    if (!answer) return flaw('UnreachableError', `${url} could not be fetched`);
    return await flawIn(answer) ?? flaw('DamagedError', `${url} is not as it was built: its sha256 is another`);
  }

  /** Compare the site's files with the list of them that its service worker has. @returns {Promise<Error | null>} null: no difference, or no list */
  async function flawOfSite() {
    const site = self.location.href.replace(/(v\/[0-9a-f]{12}\/)?static\/.*$/, ''); // of a page, or of a worker
    const signal = AbortSignal.timeout(PATIENCE);
    const list = await fetch(new URL('sw.js', site), { signal }).then((response) => response.text()).catch(() => '');
    /** @type {{path: string, sha256: string}[]} */
    const files = JSON.parse(/^self\.RELEASE = (.*);$/m.exec(list)?.[1] ?? '{"files": []}').files;
    const needed = files.filter(({ path }) => /\.(m?js|json|whl|zip|wasm)$/.test(path));
    const found = await Promise.all(needed.map(async ({ path, sha256 }) => {
      const url = new URL(path, site).href;
      const isWhole = await fetch(url, { integrity: `sha256-${sha256}`, signal }).then(() => true, () => false);
      return isWhole || signal.aborted ? null : reasonOfRefusal(url);
    }));
    return found.find(Boolean) ?? null;
  }

  /**
   * Why scripts did not run.
   * @param {string[]} urls @param {Error} [thrown] not given: the browser does not say
   * @returns {Promise<Error>}
   */
  async function reasonOf(urls, thrown) {
    return await flawOfScripts(urls) ?? await flawOfSite() ?? thrown ?? flaw('UnreachableError', `${urls.join(', ')} could not be loaded`);
  }

  /**
   * Have the service worker compare what this browser keeps of the page with what was built, and fetch anew what
   * differs.
   * @returns {Promise<number>} how many files differed; 0 also where there is no service worker
   */
  async function mend() {
    const find = async () => (await self.navigator.serviceWorker?.getRegistration())?.active;
    const worker = await find().catch(() => null); // some frames are not even allowed to ask
    if (!worker) return 0;
    const { port1, port2 } = new MessageChannel();
    return new Promise((resolve) => {
      port1.onmessage = ({ data }) => resolve(data);
      worker.postMessage('mend', [port2]);
      setTimeout(resolve, MENDING, 0);
    });
  }

  /** @param {string} message */
  const statusIn = (message) => /\d+$/.exec(message)?.[0] ?? '';

  /** What is said, by name. `what` stands within a sentence, `What` begins one. @type {Record<string, (what: string, What: string, message: string) => string>} */
  const WORDS = {
    HttpError(what, What, message) {
      const status = statusIn(message);
      if (status === '404') return `${What} is not on this site’s server (HTTP 404).`;
      if (status === '401' || status === '403') {
        return `This site’s server, or a filter on the way to it, refuses ${what} (HTTP ${status}).`;
      }
      return `This site’s server could not send ${what} (HTTP ${status}).`;
    },
    WebPageError: (what) => `A web page came in place of ${what}: this site’s server lacks the file and sends its start page ` +
      'instead, or the network wants you to log in first.',
    ScriptTypeError: (_, __, message) => `This site’s server sends JavaScript as ${/“.+”/.exec(message)?.[0] ?? 'a file without a type'}, ` +
      'which browsers do not run. Whoever runs the server can set the type: “text/javascript” for .js and .mjs.',
    DamagedError: (_, What) => `${What} arrived damaged or cut off.`,
    UnreachableError: (_, What) => `${What} did not arrive: ` +
      (navigator.onLine === false ? 'this device is offline.' : 'the connection was lost, or something blocks it.'),
    SyntaxError: (what) => `This browser cannot read ${what}: it may be too old. ${BROWSERS}`,
  };

  /** @param {Error} error @param {string} what was to arrive @returns {string | null} null: it is none of these */
  function sentence({ name, message }, what) {
    return WORDS[name]?.(what, what[0].toUpperCase() + what.slice(1), message) ?? null;
  }

  return { BROWSERS, flaw, flawIn, flawOfSite, mend, reasonOf, reasonOfRefusal, sentence };
})();
globalThis.arrivals = arrivals; // a module's variables are its own
