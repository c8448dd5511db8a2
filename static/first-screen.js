// What is seen first: the settings of the address, and the ten digits that follow their sliders. It is loaded
// before app.js, on its own, so that both are alive while the rest of the page and Python still come.
// @ts-check
import { mountDigitsFigure } from './dataset/figures/digits.js';
import { readAddress } from './settings/address-bar.js';
import { Settings } from './settings/settings.js';

/** @typedef {import('./lab/lab.js').Lab} Lab */

/** What the address says. */
export const opened = readAddress(location);
/** The page's. */
export const settings = new Settings(opened.text);

/** @type {(lab: Lab) => void} */ let give;
/** @type {Promise<Lab>} */ const lab = new Promise((resolve) => { give = resolve; });

/** Give the digits their Python. @param {Lab} made */
export const useLab = (made) => give(made);

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

mountDigitsFigure(byId('digits'), byId('data-sliders'), lab, settings);
