// Says that what a chapter needs did not come, and why: at the top of that chapter, as the rest of the page works.
// Where nothing works because a part is missing, before-modules.js says it.
// @ts-check
import { element } from '../ui/dom.js';
import { showFault } from '../ui/fault-box.js';

/** @param {HTMLElement} chapter @param {Error} thrown by what was to load and mount it */
export async function showMissingPart(chapter, thrown) {
  const { BROWSERS, reasonOf, sentence } = globalThis.arrivals;
  const scripts = thrown.message.match(/https?:\S+\.js/g) ?? []; // most browsers name what they imported
  const reason = await reasonOf([...scripts], thrown);
  const box = element('div', { role: 'alert' });
  chapter.prepend(box);
  showFault(box, {
    sentence: sentence(reason, 'a part of this page') ?? `A part of this page stopped at an error; this browser may be too old for it. ${BROWSERS}`,
    detail: `${reason.name}: ${reason.message}`,
  }, () => location.reload()); // a browser may not ask again for a module that failed
}
