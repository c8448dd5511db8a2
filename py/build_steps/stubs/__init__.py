"""Stand-ins, as small as can be, for modules that every start imports and no page uses.

Each has the path of the module whose place it takes in Pyodide's archives (see trim.py).
"""
