"""The address bar is the state: round trips, Back and Forward, old and hostile links, embeds."""

import random
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import expect

CASES = 2500
VISITS = 20
PIECES = [
    "=", "&", "#", "?", "%", "%%", "%E0%A4%A", "%00", "+", "\0", "\u202e", "\U0001f600", "/../",
    "__proto__", "constructor", "hasOwnProperty", "toString", "<script>alert(1)</script>",
    "javascript:alert(1)", "' OR 1=1", "1e999", "-1e999", "NaN", "Infinity", "0x10", "1_000", "",
    "9" * 400, "-0", "1e-400", " 5 ", "null", "undefined", "[object Object]", "[]", "{}", "true",
]  # fmt: skip
CHECK = """async (cases) => {
  const { Settings } = await import('./static/settings/settings.js');
  const { SETTINGS } = await import('./static/settings/table.js');
  const { describe, readAddress } = await import('./static/settings/address-bar.js');
  const presets = await (await fetch('presets.json')).json();
  const wrong = [];
  let corrected = 0;
  for (const hash of cases) {
    try {
      const said = readAddress({ search: '', hash: `#${hash}` });
      const settings = new Settings(said.text, presets);
      const note = describe(settings.corrections, said.strangers);
      corrected += note !== '';
      for (const row of SETTINGS) {
        const value = settings.get(row);
        const fits = row.options ? row.options.some((one) => one.value === value) :
          typeof value !== 'number' || (value >= row.min && value <= row.max);
        if (!fits) wrong.push([hash, row.name, String(value)]);
      }
      const again = new Settings(`?${settings.hash()}`, presets);
      if (again.hash() !== settings.hash() || again.corrections.length) {
        wrong.push([hash, settings.hash(), again.hash()]);
      }
      const plain = new URLSearchParams(said.text);
      const kept = new URLSearchParams(settings.hash());
      for (const [name, text] of plain) {
        const own = ({ group, name: field }) => name === field || name === `${group}.${field}`;
        const now = kept.get(name) ?? String(settings.usual(SETTINGS.find(own)));
        const changed = now !== text && Number(now) !== Number(text);
        const first = plain.get(name) === text; // of several only the first counts
        if (changed && first && !note) wrong.push([hash, name, 'changed without a word']);
      }
    } catch (error) {
      wrong.push([hash, String(error)]);
    }
  }
  return { wrong: wrong.slice(0, 5), corrected };
}"""


@pytest.fixture(scope="module")
def names(page):
    return page.evaluate("""async () => (await import('./static/settings/table.js')).SETTINGS
      .map(({group, name}) => (group === 'dataset' ? name : `${group}.${name}`))""")


def hostile(names, seed):
    """A hash that nobody would make by accident, or nearly a good one."""
    rng = random.Random(seed)

    def value():
        if rng.random() < 0.4:
            return rng.choice(PIECES)
        if rng.random() < 0.5:
            return str(rng.choice([rng.uniform(-1e6, 1e6), rng.randint(-10, 300), rng.random()]))
        return "".join(
            chr(rng.choice([rng.randrange(32, 127), rng.randrange(0xD7FF)])) for _ in range(8)
        )

    def name():
        return rng.choice(names) if rng.random() < 0.7 else rng.choice(PIECES)

    parts = [f"{name()}={value()}" for _ in range(rng.randrange(1, 6))]
    text = rng.choice(["&", "&&", ";", "&"]).join(parts)
    if rng.random() < 0.3:
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice(PIECES) + text[at:]
    return quote(text, safe="=&%+.-_", errors="surrogatepass") if rng.random() < 0.5 else text


def test_hostile_hashes_are_corrected_and_never_throw(page, names, report):
    outcome = page.evaluate(CHECK, [hostile(names, seed) for seed in range(CASES)])
    assert outcome["wrong"] == []
    assert outcome["corrected"] > CASES / 2
    report(
        f"address: {CASES} hostile hashes, {outcome['corrected']} corrected with a note, none threw"
    )


def test_hostile_hashes_in_the_real_address_bar(page, names):
    for seed in range(VISITS):
        before = page.evaluate("history.length")
        page.evaluate("(hash) => { location.hash = hash; }", hostile(names, 10_000 + seed))
        page.wait_for_timeout(30)
        said = page.locator("#corrected").inner_text()
        assert said == "" or said.startswith("This link was corrected: ")
        assert page.evaluate("history.length") <= before + 1
    page.evaluate("location.hash = 'max_translation=5'")
    expect(page.locator("#corrected")).to_be_empty()
    assert page.evaluate("lab.run('digits').then((made) => made.x.length)") == 400


def test_every_setting_goes_round_through_the_address(page):
    outcome = page.evaluate("""async () => {
      const { Settings } = await import('./static/settings/settings.js');
  const { SETTINGS } = await import('./static/settings/table.js');
      const presets = await (await fetch('presets.json')).json();
      const lost = [];
      for (const row of SETTINGS) {
        if (!row.options && row.kind !== 'range' && row.kind !== 'number') continue;
        const all = row.options?.map(({ value }) => value) ?? [row.min, row.max, row.value];
        for (const value of all) {
          const one = new Settings('', presets);
          one.set(row, value);
          const other = new Settings(`?${one.hash()}`, presets);
          const kept = one.get(row); // less than asked for, where other rows are its limit
          const fits = kept === value || (row.upTo && kept < value);
          const same = fits && other.get(row) === kept && !other.corrections.length;
          if (!same) lost.push([row.name, value]);
        }
      }
      return lost;
    }""")
    assert outcome == []


@pytest.mark.parametrize(("said", "note", "now"), [
    ("max_translation=90", "must be a whole number from 1 to 72, got “90”: it is 72 now", "72"),
    ("max_translation=7.6", "got “7.6”: it is 8 now", "8"),
    ("max_translation=x", "got “x”: it is 48 now", "48"),
    ("nonsense=1", "“nonsense” is no setting and is left out", "48"),
    ("max_translation=7", "", "7"),
])  # fmt: skip
def test_what_was_corrected_is_told(page, said, note, now):
    page.evaluate("location.hash = ''")
    page.evaluate("(hash) => { location.hash = hash; }", said)
    expect(page.locator("#corrected")).to_contain_text(note)
    expect(page.locator("#dataset-max_translation")).to_have_value(now)
    state = urlsplit(page.url).fragment
    assert state == ("" if now == "48" else f"max_translation={now}")


DRAG = """async (slider, from) => {
  for (const step of [0, 1, 2]) {
    slider.value = from + step;
    slider.dispatchEvent(new Event('input'));
    await Promise.resolve();
  }
}"""


def test_back_and_forward_go_through_the_states(open_page):
    page = open_page("?workers=1", ready=False)
    shift = page.locator("#dataset-max_translation")
    for value in (10, 20):
        shift.evaluate(DRAG, value)  # one state
        page.wait_for_timeout(1100)
    page.evaluate("history.back()")  # Firefox's driver waits for a page to load, which none does
    expect(shift).to_have_value("12")
    assert urlsplit(page.url).fragment == "max_translation=12"
    page.evaluate("history.back()")
    expect(shift).to_have_value("48")
    page.evaluate("history.go(2)")
    expect(shift).to_have_value("22")


def test_an_old_link_moves_to_the_hash_and_flags_stay(open_page):
    page = open_page("?workers=1&final_seq_length=20&from=mail#max_translation=9", ready=False)
    expect(page.locator("#dataset-final_seq_length")).to_have_value("20")
    parts = urlsplit(page.url)
    assert parse_qs(parts.query) == {"workers": ["1"], "from": ["mail"]}
    assert parse_qs(parts.fragment) == {"max_translation": ["9"], "final_seq_length": ["20"]}


def test_a_place_in_the_text_is_no_state(open_page):
    page = open_page("?workers=1#lottery-title", ready=False)
    page.locator("#tickets svg").first.wait_for()
    assert urlsplit(page.url).fragment == "lottery-title"
    assert page.locator("#corrected").inner_text() == ""


@pytest.mark.parametrize(("name", "figure"), [
    ("dataset", "#digits"), ("models", "#training"), ("lottery", "#tickets"),
])  # fmt: skip
def test_one_figure_stands_alone(open_page, name, figure):
    page = open_page(f"?workers=1&embed={name}#final_seq_length=12", ready=False)
    expect(page.locator(figure)).to_be_visible()
    assert page.locator("figure:visible").count() == 1
    assert page.locator(":is(h1, h2, .standfirst, footer):visible").count() == 0
    link = page.get_by_role("link", name="MNIST-1D Lab")
    link.focus()
    whole = urlsplit(link.get_attribute("href"))
    assert (whole.query, whole.fragment) == ("workers=1", "final_seq_length=12")


def test_an_embedded_figure_works_and_an_unknown_one_is_the_whole_page(open_page):
    page = open_page("?workers=1&embed=lottery#lottery.hidden=8&lottery.steps=9&lottery.levels=1")
    page.get_by_role("button", name="Find lottery tickets").click()
    expect(page.locator("#tickets .finding")).to_contain_text("Hidden 8, 9 steps", timeout=30_000)
    page.goto(page.url.split("?")[0] + "?workers=1&embed=nothing")
    expect(page.locator("#embedded")).to_contain_text(
        "embed must be one of dataset, models, lottery"
    )
    assert page.locator("h1").is_visible()
