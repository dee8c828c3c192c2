"""TrainingGround on its page: it trains, pauses, and shows the numbers that its settings lead to."""

import pytest
from node import ask
from numbers_on_page import number, read, settle

from benchmarks.pages import at_rest
from grulab.widgets import TrainingGround

PAGE = "book/02b_gradients.html"
SCRIPT = """
import * as js from './ground.mjs';
const trial = new js.Trial(%s);
for (let i = 0; i < 13; i += 1) trial.update();
const { probabilities } = trial.look();
console.log(JSON.stringify({ ...trial.now, probabilities: Array.from(probabilities) }));
"""


@pytest.fixture
def ground(find_widget):
    """Return a function that opens the page and returns (page, widget)."""
    return lambda query="", **options: find_widget(PAGE + query, ".training", **options)


@pytest.fixture
def shown_ground(shown):
    """Return a page made here and the widget on it, which runs for a long time."""
    page = shown(TrainingGround(lag=2, units=4))
    root = page.locator(".training")
    root.wait_for()
    return page, root


LONGEST = """async () => {
    const times = [];
    for (let i = 0; i < 30; i += 1) times.push(await new Promise(requestAnimationFrame));
    return Math.max(...times.slice(1).map((time, i) => time - times[i]));
}"""


def wait_for_updates(page, least):
    """Wait until the widget has made more updates than ``least``."""
    updates = "document.querySelector('.training [data-number=updates]').textContent"
    page.wait_for_function(f"Number({updates}) > {least}")


def shown(root, name):
    """Return a number of the table."""
    return number(dict(read(root)["numbers"])[name])


def test_thirteen_updates_show_the_numbers_of_thirteen_updates(ground, tmp_path):
    _, root = ground("?training=task:1,lag:12,update_bias:2,units:8,rate:0.02,seed:3")
    for _ in range(13):
        root.get_by_role("button", name="One update").click()
    (tmp_path / "ground.mjs").write_text(str(TrainingGround._esm), encoding="utf-8")
    settings = "{ task: 1, lag: 12, update_bias: 2, units: 8, rate: 0.02, seed: 3 }"
    (tmp_path / "ask.mjs").write_text(SCRIPT % settings, encoding="utf-8")
    expected = ask(tmp_path / "ask.mjs")
    assert shown(root, "updates") == 13
    assert shown(root, "loss") == pytest.approx(expected["loss"], abs=6e-4)
    assert shown(root, "share") == pytest.approx(expected["share"], abs=6e-4)
    assert shown(root, "z") == pytest.approx(expected["z"], abs=6e-4)
    bars = [number(text) for text in root.locator(".training-guesses b").all_inner_texts()]
    assert bars == pytest.approx(expected["probabilities"], abs=6e-3)


def test_train_runs_and_pause_stops(ground):
    page, root = ground()
    root.get_by_role("button", name="Train").click()
    wait_for_updates(page, 30)
    root.get_by_role("button", name="Pause").click()
    stopped = shown(root, "updates")
    page.wait_for_timeout(400)
    assert shown(root, "updates") == stopped
    assert root.get_by_role("img").first.get_attribute("aria-label").startswith("The loss over ")
    page.wait_for_function(
        "document.querySelector('.training [aria-live]').textContent.includes('updates: loss')"
    )
    root.get_by_role("button", name="Reset").click()
    assert shown(root, "updates") == 0


def test_another_setting_begins_anew_and_keeps_the_run_before(ground):
    page, root = ground("?training=task:0,lag:5,update_bias:0,units:8,rate:0.01,seed:0")
    root.get_by_role("button", name="Train").click()
    wait_for_updates(page, 30)
    root.locator("[data-control=update_bias]").press("ArrowRight")
    root.locator("[data-control=update_bias]").press("ArrowRight")
    assert shown(root, "updates") == 0
    assert root.locator(".curve.faint").count() == 2
    assert root.get_by_role("button", name="Train").is_visible()
    # a guess at another task has another loss: the run before is none to compare with
    root.locator("[data-control=task]").select_option("1")
    settle(page)
    assert root.locator(".curve.faint").count() == 0


@pytest.mark.timed
def test_it_trains_at_a_hundred_updates_a_second_and_the_page_stays_alive(ground):
    # 20 steps, 16 units, batches of 32
    page, root = ground("?training=task:0,lag:19,update_bias:0,units:16,rate:0.01,seed:0")

    def seconds_an_update():
        root.get_by_role("button", name="Reset").click()
        root.get_by_role("button", name="Train").click()
        wait_for_updates(page, 150)
        speed = shown(root, "speed")
        root.get_by_role("button", name="Pause").click()
        return 1 / speed

    assert 0 < at_rest(page, seconds_an_update, 1 / 100) < 1 / 100
    root.get_by_role("button", name="Train").click()
    # the longest of 30 frames, in milliseconds, while it trains
    assert 0 < at_rest(page, lambda: page.evaluate(LONGEST), 150) < 150


# a tab that comes back after a minute: no frame in between, and the clock has gone on
AWAY = """() => {
    const [ask, now] = [requestAnimationFrame.bind(window), performance.now.bind(performance)];
    window.requestAnimationFrame = act => ask(time => act(time + 60000));
    performance.now = () => now() + 60000;
}"""


def test_a_tab_that_was_hidden_says_how_fast_it_is_now(shown_ground):
    page, root = shown_ground
    root.get_by_role("button", name="Train").click()
    wait_for_updates(page, 50)
    before = shown(root, "speed")
    page.evaluate(AWAY)
    wait_for_updates(page, shown(root, "updates") + 50)
    # a minute without updates would leave a few a second
    assert shown(root, "speed") > before / 5
