"""A browser has no processes."""

PIPE, STDOUT, DEVNULL = -1, -2, -3


class CalledProcessError(Exception):
    pass


def Popen(*args, **options):  # noqa: N802
    raise OSError("a browser has no processes")


call = run = check_call = check_output = Popen
