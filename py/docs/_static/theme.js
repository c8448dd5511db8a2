// Before the first paint: light or dark as the reader chose here, else as chosen in the page, else as the system.
try {
  const ofPage = JSON.parse(localStorage.getItem('mnist1d-lab theme') ?? 'null');
  document.body.dataset.theme = localStorage.getItem('theme') ?? (['light', 'dark'].includes(ofPage) ? ofPage : 'auto');
} catch {
  document.body.dataset.theme = 'auto'; // storage is forbidden, or holds something else
}
