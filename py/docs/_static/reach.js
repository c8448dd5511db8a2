// What the pages lack for the keyboard and for screen readers.
for (const node of document.querySelectorAll('.highlight pre, .table-wrapper')) {
  if (node.scrollWidth > node.clientWidth) node.tabIndex = 0; // what scrolls sideways can be reached
}
for (const caption of document.querySelectorAll('.caption[role="heading"]')) caption.ariaLevel = '2'; // Sphinx gives none
