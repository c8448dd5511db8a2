// Prints the whole article. What is drawn only when it comes into view is brought there first, chapter by
// chapter; what the browser's own Print finds is what was drawn before.
// @ts-check

const STILL = 400; // milliseconds without a change of a figure, after which it counts as drawn
const PATIENCE = 6000; // milliseconds that one figure is waited for at most

/** Until a figure has not changed for a while. @param {Element} figure @returns {Promise<void>} */
function drawn(figure) {
  return new Promise((resolve) => {
    const end = () => {
      observer.disconnect();
      clearTimeout(still);
      clearTimeout(late);
      resolve();
    };
    let still = setTimeout(end, STILL);
    const late = setTimeout(end, PATIENCE);
    const observer = new MutationObserver(() => {
      clearTimeout(still);
      still = setTimeout(end, STILL);
    });
    observer.observe(figure, { childList: true, subtree: true, attributes: true });
  });
}

/** @param {HTMLButtonElement} button @param {import('./chapters.js').Chapters} chapters */
export function mountPrint(button, chapters) {
  const label = button.textContent;
  button.addEventListener('click', async () => {
    const before = chapters.current.id;
    button.disabled = true;
    try {
      for (const chapter of document.querySelectorAll('.chapter')) {
        await chapters.open(chapter.id);
        for (const figure of chapter.querySelectorAll('figure')) {
          button.textContent = `Drawing ${figure.id} …`;
          figure.scrollIntoView();
          await drawn(figure);
        }
      }
    } finally {
      button.textContent = label;
      button.disabled = false;
      await chapters.open(before);
    }
    print();
  });
}
