"""The steps of build.py, one idea a module. Standard library only; not part of the wheel."""
