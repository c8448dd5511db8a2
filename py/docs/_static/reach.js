// What scrolls sideways can be reached by the keyboard.
for (const node of document.querySelectorAll('.highlight pre, .table-wrapper')) {
  if (node.scrollWidth > node.clientWidth) node.tabIndex = 0;
}
