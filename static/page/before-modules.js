// Runs before the modules. It tells the visitor if a part of the page cannot be loaded, which the modules
// cannot do: if one is missing, none of them runs. And it hides what is not to be embedded.
// @ts-check
const embedded = new URLSearchParams(location.search).get('embed') ?? '';
if (['dataset', 'models', 'lottery'].includes(embedded)) document.documentElement.dataset.embed = embedded;
// An address that names a place opens its chapter, and does not show the cover before.
const place = /^#[^=]+$|[#&]at=/.test(location.hash);
if (place && !embedded) document.documentElement.dataset.opening = '';

addEventListener('error', ({ target }) => {
  if ('lab' in window || !(target === window || target instanceof HTMLScriptElement)) return;
  document.documentElement.dataset.state = 'error';
  delete document.documentElement.dataset.opening;
  const status = /** @type {HTMLElement} */ (document.getElementById('status'));
  const again = document.createElement('button');
  Object.assign(again, { type: 'button', className: 'plain small', textContent: 'Retry' });
  again.addEventListener('click', () => location.reload());
  status.classList.add('problem');
  status.replaceChildren('A part of this page could not be loaded: the connection may have been lost. ', again);
}, true);
