// Makes elements, a line each. Knows no setting and no figure.
// @ts-check

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag @param {Partial<HTMLElementTagNameMap[K]>} [properties]
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}
