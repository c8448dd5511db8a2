// Says so if a part of the page cannot be loaded: a module that is missing stops all others before
// they could. A classic script, so that it is there before any of them; it does nothing else.
// @ts-check
addEventListener('error', ({ target }) => {
  if ('lab' in window || !(target === window || target instanceof HTMLScriptElement)) return;
  document.documentElement.dataset.state = 'error';
  const status = /** @type {HTMLElement} */ (document.getElementById('status'));
  const again = document.createElement('button');
  Object.assign(again, { type: 'button', className: 'plain small', textContent: 'Retry' });
  again.addEventListener('click', () => location.reload());
  status.classList.add('problem');
  status.replaceChildren('A part of this page could not be loaded: the connection may have been lost. ', again);
}, true);
