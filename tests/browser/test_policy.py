"""The policy in force: nothing the page does breaks it, and what it forbids does not happen."""

from playwright.sync_api import expect
from tests.browser import waits
from tests.browser.waits import FEW

CHAPTER = "networks"

WATCH = """
  window.broken = [];
  document.addEventListener('securitypolicyviolation', (event) =>
    broken.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sourceFile}`));
"""


def test_the_page_at_work_breaks_no_rule(open_page):
    page = open_page("?workers=1", before=lambda page: page.add_init_script(WATCH))
    page.locator("#train-steps").fill(str(FEW))
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.locator("#training .finding")).to_contain_text(f"After {FEW} steps", timeout=60_000)
    with page.expect_download():
        page.locator("#training").get_by_role("button", name="Figure: accuracy as SVG").click()
    with page.expect_download():
        page.locator("#training").get_by_role("button", name="Figure: accuracy as PNG").click()
    waits.chapter(page, "data")
    page.locator("#templates .pad svg").wait_for()
    waits.chapter(page, "ticket")
    page.locator("#tickets svg").first.wait_for()
    page.locator("#draw canvas").wait_for()
    assert page.evaluate("broken") == []


def test_code_in_a_text_or_a_link_never_runs(open_page):
    page = open_page(
        "?workers=1&result=<img src=x onerror=ran=1>&a=javascript:ran=1#<script>ran=1</script>",
        ready=None,
        watch=False,
        chapter="",
        before=lambda page: page.add_init_script(WATCH),
    )
    page.locator("#digits svg").first.wait_for()
    tried = page.evaluate("""async () => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = 1';
      document.body.append(script);
      const image = document.createElement('img');
      image.setAttribute('onerror', 'window.ran = 1');
      image.src = 'data:,';
      const loaded = new Promise((resolve) => image.addEventListener('error', resolve));
      document.body.append(image);
      await loaded;
      let evaluated = 'yes';
      try { (0, eval)('1'); } catch (error) { evaluated = error.name; }
      const elsewhere = await fetch('http://127.0.0.1:9/').catch((error) => error.name);
      while (broken.length < 4) await new Promise(requestAnimationFrame);
      return { ran: window.ran ?? 'no', evaluated, elsewhere, broken: broken.length };
    }""")
    assert tried == {"ran": "no", "evaluated": "EvalError", "elsewhere": "TypeError", "broken": 4}
