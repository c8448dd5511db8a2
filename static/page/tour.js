// Leads a first visit through four places, one button a stop. It covers nothing, and can be left at any stop.
// @ts-check
import { element } from '../ui/dom.js';
import { LocalShelf } from '../ui/local-shelf.js';

/** Where it stops, and what is to be done there. @type {{place: string, text: string}[]} */
const STOPS = [
  { place: 'digits', text: 'Drag Noise and watch ten digits drown in it. The networks that you train learn from these data.' },
  { place: 'tickets', text: 'Press “Find lottery tickets”: each round deletes weights, rewinds the rest and trains again. Your points appear on the chart.' },
  { place: 'arms-title', text: 'What does the gain depend on? Each row changes one thing: the data, the initial weights, or the places of the weights.' },
  { place: 'verdict-title', text: 'What holds, and at which settings: the paper’s claims, judged on what was measured.' },
];

/**
 * @param {HTMLElement} offer where the visit can be begun
 * @param {(place: string) => void} goTo
 */
export function mountTour(offer, goTo) {
  const shelf = new LocalShelf('mnist1d-lab tour');
  const start = element('button', { type: 'button', className: 'quiet', textContent: 'Show me around' });
  const strip = element('div', { className: 'tour', hidden: true });
  const text = element('p');
  const next = element('button', { type: 'button', className: 'start' });
  const skip = element('button', { type: 'button', className: 'plain', textContent: 'Skip' });
  text.setAttribute('role', 'status');
  strip.setAttribute('role', 'region');
  strip.setAttribute('aria-label', 'Tour');
  strip.append(text, next, skip);
  let at = 0;

  const end = () => {
    strip.hidden = true;
    shelf.write('seen');
    offer.hidden = true;
  };
  const show = () => {
    const { place, text: words } = STOPS[at];
    text.textContent = `${at + 1} of ${STOPS.length}. ${words}`;
    next.textContent = at + 1 < STOPS.length ? 'Next' : 'Done';
    skip.hidden = at + 1 === STOPS.length;
    goTo(place);
  };
  start.addEventListener('click', () => {
    at = 0;
    strip.hidden = false;
    show();
    next.focus({ preventScroll: true });
  });
  next.addEventListener('click', () => {
    at += 1;
    if (at === STOPS.length) end();
    else show();
  });
  skip.addEventListener('click', end);
  strip.addEventListener('keydown', ({ key }) => { if (key === 'Escape') end(); });
  shelf.read((seen) => { offer.hidden = seen !== null; });
  offer.append(start);
  document.body.append(strip);
}
