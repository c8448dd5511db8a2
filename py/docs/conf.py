"""Settings of Sphinx for the pages below docs/. How they are built: py/build_steps/docs.py."""

import mnist1d_lab

project = "MNIST-1D Lab"
author = "The MNIST-1D Lab developers"
version = release = mnist1d_lab.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["made"]  # sections that pages include
nitpicky = True  # a reference to nothing is a warning, and warnings stop the build

myst_heading_anchors = 3
default_role = "code"  # `x` in a docstring is code, as in Markdown

autodoc_default_options = {"members": True, "member-order": "bysource", "undoc-members": False}
autodoc_mock_imports = ["torch"]  # only its names are needed
autodoc_typehints = "none"  # docstrings say shapes, dtypes and units
autodoc_preserve_defaults = True
napoleon_numpy_docstring = False

html_theme = "furo"
html_title = f"MNIST-1D Lab {release}"
templates_path = ["_templates"]
html_static_path = ["_static"]
html_css_files = ["docs.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_show_sphinx = False
html_domain_indices = html_use_index = False  # the search finds names
html_theme_options = {"navigation_with_keys": False}
pygments_style, pygments_dark_style = "a11y-high-contrast-light", "a11y-high-contrast-dark"
