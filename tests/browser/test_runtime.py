"""The page's own runtime, on pages made here: twins, binary traits, plain ipywidgets, errors."""

import shutil

import anywidget
import ipywidgets
import pytest
import traitlets
from made import RUNTIME
from numbers_on_page import check, read

from grulab.widgets import GateLab


class Binary(anywidget.AnyWidget):
    """Write the bytes of a trait into the page."""

    _esm = """
    export default {
      initialize({ model }) { model.set("started", (model.get("started") ?? 0) + 1); },
      render({ model, el }) {
        const view = model.get("data");
        const bytes = Array.from({ length: view.byteLength }, (_, i) => view.getUint8(i));
        el.append(`${bytes.join(" ")} started ${model.get("started")}`);
      },
    };
    """
    data = traitlets.Bytes(b"\x00\x07\xff").tag(sync=True)


class Broken(anywidget.AnyWidget):
    """Fail while it is drawn."""

    _esm = "export default { render() { throw new Error('<b>no luck</b>'); } };"


class Unreadable(anywidget.AnyWidget):
    """Carry a module that is no JavaScript."""

    _esm = "export default {"


def test_two_widgets_of_one_kind_do_not_disturb_each_other(shown):
    page = shown(GateLab(stage="step", name="left"), GateLab(stage="step", name="right", z=0.25, r=1.0))
    page.wait_for_function("document.querySelectorAll('.grulab').length === 2")
    left, right = page.locator(".grulab").all()
    before = read(right)
    assert before["state"]["z"] == 0.25
    left.locator("[data-control=z]").press("End")
    left.locator("[data-control=h]").press("Home")
    check("step", read(left), 25)
    assert read(right) == before
    # the style is there once
    assert page.evaluate("document.querySelectorAll('style').length") == 1


def test_two_views_of_one_widget_move_together(shown):
    lab = GateLab(stage="dial")
    page = shown(lab, lab)
    page.wait_for_function("document.querySelectorAll('.grulab').length === 2")
    first, second = page.locator(".grulab").all()
    first.locator("[data-control=z]").press("End")
    assert read(first)["numbers"] == read(second)["numbers"]
    assert read(second)["state"]["z"] == 1.0


def test_a_number_between_the_slider_s_steps_is_shown_as_it_is(shown):
    page = shown(GateLab(stage="step", w=-0.8236, z=0.75, r=0.5, h=0.8))
    root = page.locator(".grulab")
    root.wait_for()
    # the pencil example: the candidate is -0.4, the new h 0.5
    assert root.locator("td [data-number=candidate]").inner_text() == "−0.400"
    assert root.locator("td [data-number=new_h]").inner_text() == "0.500"


def test_bytes_arrive_and_initialize_runs_once(shown):
    binary = Binary()
    page = shown(binary, binary)
    page.wait_for_function("document.body.textContent.match(/started 1/g)?.length === 2")
    assert "0 7 255 started 1" in page.locator("body").inner_text()


def test_a_plain_widget_says_where_python_is(shown):
    buttons = '<a href="https://colab.research.google.com/github/x/y">C</a><a href="https://mybinder.org/v2/gh/x/y">B</a>'
    page = shown(ipywidgets.IntSlider(), extra=buttons)
    line = page.locator("p")
    line.wait_for()
    assert (
        line.inner_text()
        == "This control needs a running Python. Open the page in Colab or Binder to use it."
    )
    addresses = [link.get_attribute("href") for link in line.get_by_role("link").all()]
    assert addresses == ["https://colab.research.google.com/github/x/y", "https://mybinder.org/v2/gh/x/y"]

    line = shown(ipywidgets.IntSlider()).locator("p")
    line.wait_for()
    assert "as a notebook in JupyterLab" in line.inner_text()


@pytest.mark.parametrize("kind", [Broken, Unreadable])
def test_an_error_is_a_sentence_and_the_others_live(shown, kind):
    page = shown(kind(), GateLab(stage="dial"))
    page.locator(".grulab").wait_for()
    alert = page.locator("body > div").first.get_by_role("alert")
    alert.wait_for()
    assert alert.inner_text().startswith("This widget could not be shown: ")
    assert page.locator("b:text('no luck')").count() == 0
    assert read(page.locator(".grulab"))["state"] == {"z": 0.5}


def test_a_page_without_state_says_so(tmp_path, serve, visit):
    shutil.copy(RUNTIME, tmp_path)
    view = '<script type="application/vnd.jupyter.widget-view+json">{"model_id": "gone"}</script>'
    (tmp_path / "page.html").write_text(
        f'<link rel="icon" href="data:,"><div>{view}</div><script src="widgets.js" defer></script>',
        encoding="utf-8",
    )
    home = serve(tmp_path)
    alert = visit(f"{home}page.html", home).get_by_role("alert")
    alert.wait_for()
    assert alert.inner_text() == "This widget could not be shown: the page does not hold its state."


def test_clean_up_leaves_nothing_behind(shown):
    page = shown(GateLab(stage="weights"))
    page.locator(".grulab").wait_for()
    left = page.evaluate("""async () => {
        const state = JSON.parse(document.querySelector('[type*=widget-state]').textContent).state;
        const { _esm: source, ...values } = Object.values(state).find(one => one.state._esm).state;
        const module = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
        const listening = new Set(), keys = [], watching = new Set();
        for (const kind of ["MutationObserver", "ResizeObserver"]) {
            window[kind] = class extends window[kind] {
                observe(...all) { watching.add(this); super.observe(...all); }
                disconnect() { watching.delete(this); super.disconnect(); }
            };
        }
        const model = {
            get: name => values[name], set: () => {}, save_changes: () => {},
            on: (event, act) => listening.add(event + act),
            off: (event, act) => listening.delete(event + act),
        };
        const add = window.addEventListener, remove = window.removeEventListener;
        window.addEventListener = (...all) => { keys.push(all[1]); add.apply(window, all); };
        window.removeEventListener = (...all) => {
            keys.splice(keys.indexOf(all[1]), 1);
            remove.apply(window, all);
        };
        const stop = module.default.render({ model, el: document.createElement("div") });
        const during = [listening.size, keys.length, watching.size];
        stop();
        return [during[0] > 5, during[1], during[2] > 1, listening.size, keys.length, watching.size];
    }""")
    assert left == [True, 1, True, 0, 0, 0]


def test_reset_leads_to_the_beginning_however_often_the_widget_is_displayed(shown):
    page = shown(GateLab(stage="dial", z=0.25))
    page.locator(".grulab").wait_for()
    seen = page.evaluate("""async () => {
        const state = JSON.parse(document.querySelector('[type*=widget-state]').textContent).state;
        const { _esm: source, ...values } = Object.values(state).find(one => one.state._esm).state;
        const module = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
        // a notebook gives each view a model of its own around the same values
        const modelOf = () => ({
            get: name => values[name], set: given => Object.assign(values, given),
            save_changes: () => {}, on: () => {}, off: () => {},
        });
        const again = () => {
            const el = document.createElement("div");
            module.default.render({ model: modelOf(), el });
            el.querySelector("[data-act=reset]").click();
            return values.z;
        };
        module.default.render({ model: modelOf(), el: document.createElement("div") });
        values.z = 0.9;
        const first = again();
        values.z = 0.8;
        return [first, again()];
    }""")
    assert seen == [0.25, 0.25]
