"""A bit generator that the page does not use."""


class SFC64:
    pass
