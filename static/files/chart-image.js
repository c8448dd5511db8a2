// A chart as a picture that stands alone: SVG with its colours and fonts inside, or PNG, both with its
// caption and its settings. It reads the page and changes nothing in it.
// @ts-check
import { isDark } from '../ui/css-color.js';
import { element, svgElement, withAttributes } from '../ui/dom.js';
import { withTexts } from './png-texts.js';

/** What a picture says of itself: a name, its caption, and the settings as JSON. @typedef {{title: string, caption: string, spec: string}} About */

const MARGIN = 16; // pixels around the chart: its labels may reach over the edge
const SCALE = 2; // pixels of a PNG per pixel of the page

const INHERITED = [
  'fill', 'fill-opacity', 'fill-rule', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray',
  'stroke-dashoffset', 'stroke-linecap', 'stroke-linejoin', 'stroke-miterlimit', 'font-family',
  'font-size', 'font-style', 'font-weight', 'text-anchor', 'dominant-baseline', 'paint-order',
  'letter-spacing', 'visibility',
];
/** Properties that are not inherited, with their default, which is left out. */
const OWN = { opacity: '1', display: 'inline', 'clip-path': 'none', 'mix-blend-mode': 'normal' };
// The rules of style elements are in the attributes already; a tip is of the moment.
const LEFT_OUT = 'style, script, foreignObject, [aria-label="tip"]';

/** The colour behind the charts: of the page, and of the picture, which is pure white in light mode. */
function paper() {
  const page = getComputedStyle(document.documentElement).backgroundColor;
  return { page, picture: isDark() ? page : 'rgb(255, 255, 255)' };
}

/**
 * Write the computed style of an element into the attributes of its copy, and so for all inside it.
 * @param {Element} original @param {Element} copy @param {CSSStyleDeclaration | null} around
 * @param {(value: string) => string} final what is written for a computed value
 */
function inlineStyles(original, copy, around, final) {
  const style = getComputedStyle(original);
  for (const name of ['style', 'class', 'tabindex']) copy.removeAttribute(name);
  for (const name of INHERITED) {
    const value = style.getPropertyValue(name);
    if (around && value === around.getPropertyValue(name)) copy.removeAttribute(name);
    else copy.setAttribute(name, final(value));
  }
  for (const [name, initial] of Object.entries(OWN)) {
    const value = style.getPropertyValue(name);
    if (value === initial || around === null) copy.removeAttribute(name);
    else copy.setAttribute(name, value);
  }
  const inner = [...original.children];
  for (const [i, child] of [...copy.children].entries()) {
    if (child.matches(LEFT_OUT)) child.remove();
    else inlineStyles(inner[i], child, style, final);
  }
}

/** @param {keyof SVGElementTagNameMap} tag @param {Record<string, string | number>} attributes @param {string} text */
const textElement = (tag, attributes, text) => Object.assign(svgElement(tag, attributes), { textContent: text });

/** @param {string} url @returns {Promise<string>} the file as a data: address */
async function dataUrl(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered HTTP ${response.status}`);
  const file = await response.blob();
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

/** @returns {CSSFontFaceRule[]} the page's own upright fonts */
function fontFaces() {
  return [...document.styleSheets]
    .filter(({ href }) => href?.startsWith(location.origin))
    .flatMap(({ cssRules }) => [...cssRules])
    .filter((rule) => rule instanceof CSSFontFaceRule)
    .filter((rule) => rule.style.getPropertyValue('font-style') !== 'italic');
}

/** @param {string} families as CSS lists them @returns {Promise<string>} CSS rules with the page's fonts inside */
async function fontRules(families) {
  const rules = fontFaces().filter((rule) => families.includes(rule.style.getPropertyValue('font-family')));
  const parts = rules.map(async ({ style, parentStyleSheet }) => {
    const [, path] = /url\("?([^")]+)"?\)/.exec(style.getPropertyValue('src')) ?? [];
    const file = await dataUrl(new URL(path, parentStyleSheet?.href ?? location.href).href);
    const [family, weight] = ['font-family', 'font-weight'].map((name) => style.getPropertyValue(name));
    return `@font-face { font-family: ${family}; font-weight: ${weight}; src: url("${file}"); }`;
  });
  return (await Promise.all(parts)).join('\n');
}

/** @param {Element} original svg or canvas @param {DOMRect} place @param {(value: string) => string} final */
function placed(original, place, final) {
  if (original instanceof HTMLCanvasElement) {
    const href = original.toDataURL();
    return svgElement('image', { href, 'image-rendering': 'pixelated', ...boxOf(place) });
  }
  const copy = /** @type {Element} */ (original.cloneNode(true));
  inlineStyles(original, copy, null, final);
  return withAttributes(copy, { ...boxOf(place), overflow: 'visible' });
}

/**
 * A text of the page, line by line as it is broken there.
 * @param {Text} text @returns {{words: string, place: DOMRect}[]}
 */
function linesOf(text) {
  /** @type {{words: string, place: DOMRect}[]} */ const lines = [];
  for (const { 0: word, index } of text.data.matchAll(/\S+/g)) {
    const range = document.createRange();
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    const place = range.getBoundingClientRect();
    const line = lines.at(-1);
    if (line && Math.abs(line.place.top - place.top) < 1) {
      line.words += ` ${word}`;
      line.place.width = place.right - line.place.left;
    } else lines.push({ words: word, place });
  }
  return lines;
}

/**
 * The words of the page that stand between the drawings.
 * @param {HTMLElement} node @param {(value: string) => string} final @returns {{place: DOMRect, text: Element}[]}
 */
function captions(node, final) {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const text = /** @type {Text} */ (walker.currentNode);
    const around = /** @type {Element} */ (text.parentElement);
    const unseen = around.getBoundingClientRect().width <= 1; // it is for screen readers only
    if (unseen || around.closest('svg, canvas, button, [hidden]')) continue;
    const { color, fontFamily, fontSize, fontWeight } = getComputedStyle(around);
    const style = {
      'fill': final(color), 'font-family': final(fontFamily), 'font-size': fontSize,
      'font-weight': fontWeight, 'dominant-baseline': 'central',
    };
    found.push(...linesOf(text).map(({ words, place }) => ({ place, text: textElement('text', style, words) })));
  }
  return found;
}

/** @param {DOMRect} rect */
const boxOf = ({ x, y, width, height }) => ({ x, y, width, height });

/**
 * All that is drawn in a node, svg and canvas, where it stands, with the words between.
 * @param {HTMLElement} node @param {About} about
 * @returns {Promise<SVGSVGElement>}
 */
async function pictureOf(node, { title, caption, spec }) {
  const drawn = [...node.querySelectorAll('svg, canvas')]
    .filter((one) => !one.parentElement?.closest('svg, [hidden]'));
  if (!drawn.length) throw new Error('there is no picture yet');
  const { page, picture } = paper();
  // Only browsers know system-ui; the page's colour of paper becomes the picture's.
  const final = (/** @type {string} */ value) =>
    value.replace('system-ui', 'Arial').replace('ui-monospace', 'monospace').replaceAll(page, picture);
  const words = captions(node, final);
  const places = [...drawn.map((one) => one.getBoundingClientRect()), ...words.map(({ place }) => place)];
  const left = Math.min(...places.map((place) => place.left)) - MARGIN;
  const top = Math.min(...places.map((place) => place.top)) - MARGIN;
  const width = Math.ceil(Math.max(...places.map((place) => place.right)) - left + MARGIN);
  const height = Math.ceil(Math.max(...places.map((place) => place.bottom)) - top + MARGIN);
  const root = svgElement('svg', { width, height, viewBox: `0 0 ${width} ${height}` });
  const inside = svgElement('g');
  Object.assign(inside.style, { fontVariantNumeric: 'tabular-nums', whiteSpace: 'pre' }); // the page's policy forbids style attributes
  drawn.forEach((one, i) => {
    const { x, y, width: wide, height: high } = places[i];
    inside.append(placed(one, new DOMRect(x - left, y - top, wide, high), final));
  });
  for (const { place, text } of words) {
    inside.append(withAttributes(text, { x: place.x - left, y: place.y - top + place.height / 2 }));
  }
  const families = new Set([node, ...drawn].map((one) => getComputedStyle(one).fontFamily));
  root.append(
    textElement('title', {}, title),
    textElement('desc', {}, `${caption}\n${spec}`),
    textElement('style', {}, await fontRules([...families].join(', '))),
    svgElement('rect', { width: '100%', height: '100%', fill: picture }),
    inside,
  );
  return root;
}

/**
 * @param {HTMLElement} node @param {About} about
 * @returns {Promise<Blob>} an SVG file
 */
export async function toSVG(node, about) {
  const text = new XMLSerializer().serializeToString(await pictureOf(node, about));
  return new Blob(['<?xml version="1.0" encoding="UTF-8"?>\n', text, '\n'], { type: 'image/svg+xml' });
}

/**
 * @param {HTMLElement} node @param {About} about
 * @returns {Promise<Blob>} a PNG file, at twice the size of the SVG
 */
export async function toPNG(node, about) {
  const url = URL.createObjectURL(await toSVG(node, about));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = element('canvas', { width: SCALE * image.width, height: SCALE * image.height });
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    /** @type {Blob} */ const picture = await new Promise((resolve, reject) => canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error(`this browser cannot make a PNG of ${canvas.width} × ${canvas.height} pixels`));
    }));
    const { title, caption, spec } = about;
    const bytes = withTexts(new Uint8Array(await picture.arrayBuffer()), { Title: title, Description: caption, Settings: spec });
    return new Blob([bytes], { type: picture.type });
  } finally {
    URL.revokeObjectURL(url);
  }
}
