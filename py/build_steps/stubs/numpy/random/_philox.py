"""A bit generator that the page does not use."""


class Philox:
    pass
