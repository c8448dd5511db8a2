"""Waiting for the thing itself where no element says that it has come. No tests here."""

import time
from functools import wraps

PATIENCE = 20  # seconds
FEW = 3  # steps of a training that only has to end: each step of its eight networks is drawn
# What was due when this began is drawn in the first frame; the second begins when that is over.
# An animation without end is not waited for.
DRAWN = """async () => {
  for (let i = 0; i < 2; i += 1) await new Promise(requestAnimationFrame);
  const ending = document.getAnimations()
    .filter((one) => one.effect.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(ending.map(({ finished }) => finished));
}"""
SHORT = "lab.run('train', { hidden: 1, steps: 1, dataset: { num_samples: 20 } })"
LATER = """(milliseconds) => {
  const now = performance.now.bind(performance);
  performance.now = () => now() + milliseconds;
}"""


def chapter(page, name):
    """Go to a chapter by its link, until it is open."""
    page.locator(f"#chapters a[data-place={name}]").click()
    page.locator(f"#{name}").wait_for()


def drawn(page):
    """Until the page has drawn what is due."""
    page.evaluate(DRAWN)


def workers_had_their_turn(page):
    """Until a short training has ended: with one worker, all that was asked for before has too."""
    page.evaluate(f"{SHORT}.then(() => null)")


def let_time_pass(page, milliseconds):
    """Set the clock of the page on, for what depends on the time between two events."""
    page.evaluate(LATER, milliseconds)


def eventually(test):
    """Have a test hold at last: it is tried again while it fails."""

    @wraps(test)
    def patient(*args, **kwargs):
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return test(*args, **kwargs)
            except AssertionError:
                if time.monotonic() > until:
                    raise

    return patient
