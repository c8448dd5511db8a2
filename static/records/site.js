// Where this release of the site is: what its files' addresses are relative to. It fetches nothing.
// @ts-check

/** The folder of app.js and build.json. */
export const SITE = new URL('../../', import.meta.url);
