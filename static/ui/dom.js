// Makes and finds elements, of HTML and of SVG. Knows no setting and no figure.
// @ts-check

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag @param {Partial<HTMLElementTagNameMap[K]>} [properties]
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}

/**
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag @param {Record<string, string | number>} [attributes]
 * @returns {SVGElementTagNameMap[K]}
 */
export function svgElement(tag, attributes = {}) {
  return withAttributes(document.createElementNS(SVG, tag), attributes);
}

/**
 * @template {Element} E
 * @param {E} node @param {Record<string, string | number>} attributes @returns {E} the same node
 */
export function withAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  return node;
}

/**
 * @param {HTMLElement} node
 * @returns {(selector: string) => HTMLElement} finds the first such element in it, which must be there
 */
export const finderIn = (node) => (selector) => /** @type {HTMLElement} */ (node.querySelector(selector));
