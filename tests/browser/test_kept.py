"""What the browser keeps of a search is believed only as it was kept: edited, garbled, deleted."""

import pytest
from tests.browser.test_resume import KEPT, PLAIN

CHAPTER = "ticket"
ARGS = {
    "dataset": {"num_samples": 300}, "hidden": 12, "steps": 40, "levels": 3, "trials": 2, "seed": 3,
}  # fmt: skip
# Changes what is kept of each trial's level 1; returns how many it changed.
EDIT = """async () => {{
  const {{ store }} = lab.kept;
  const isMeant = ([kind, , , , level]) => kind === 'result' && level === 1;
  const keys = (await store.keys()).filter(isMeant);
  for (const key of keys) {{
    let [one] = await store.getMany([key]);
    {change};
    await store.set(key, one);
  }}
  return keys.length;
}}"""
CHANGES = {
    "an accuracy": "one.records[0].test_acc = 50",
    "an accuracy that none is": "one.records[0].test_acc = 1e9",
    "a mask of zeros": "one.next_mask.fill(0)",
    "no mask": "one.next_mask = undefined",
    "a short mask": "one.next_mask = one.next_mask.slice(1)",
    "the level": "one.level = 2",
    "no records": "one.records = []",
    "a record that is null": "one.records = [null]",
    "text": "one.records = 'abc'",
    "all of it": "one = 5",
}


@pytest.fixture(scope="module")
def alone(page):
    return page.evaluate(PLAIN, ARGS)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_kept_level_that_was_changed_is_trained_again_with_a_word(page, alone, change):
    page.evaluate("lab.kept.clear()")
    page.evaluate("document.querySelector('#tickets .keeping').replaceChildren()")
    assert page.evaluate(KEPT, ARGS)["records"] == alone
    assert page.evaluate(EDIT.format(change=change)) == 2
    again = page.evaluate(KEPT, ARGS)
    assert again["records"] == alone
    assert again["told"] > 0
    said = page.locator("#tickets .keeping").inner_text()
    assert "did not come back as they were: they are trained again" in said
    assert page.evaluate(KEPT, ARGS) == {**again, "told": 0, "first": None, "last": None}


@pytest.mark.parametrize("act", [
    "indexedDB.deleteDatabase('mnist1d-lab')",
    "lab.kept.clear()",
    """lab.kept.store.keys().then((keys) => Promise.all(
      keys.map((key) => lab.kept.store.set(key, 'garbled'))))""",
], ids=["database deleted", "forgotten", "garbled"])  # fmt: skip
def test_a_run_does_not_mind_what_happens_to_its_storage(page, alone, act):
    page.evaluate("lab.kept.clear()")
    records = page.evaluate(
        """async ([args, act]) => {
          let done = false;
          const { records } = await lab.run('lottery', args, { keep: true, onProgress(progress) {
            if (done || progress.records.length < 5) return;
            done = true;
            ACT;
          }});
          return records;
        }""".replace("ACT", act),
        [ARGS, act],
    )
    assert records == alone
    assert page.evaluate(KEPT, ARGS)["records"] == alone
