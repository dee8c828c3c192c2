"""The course's own Sphinx extension: what Jupyter Book's settings cannot say."""

import datetime
import os
import shutil
import subprocess
import sys
from pathlib import Path

import grulab

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import settings  # noqa: E402
from address import find_address  # noqa: E402
from execution import FOLDER, cache_folder  # noqa: E402
from notebooks import site_source, solution_of  # noqa: E402

NEED_AN_ADDRESS = ("repository_url", "launch_buttons", "use_issues_button", "use_repository_button")


def set_address(app, config):
    """Set the theme's repository options, or drop every button that would lead nowhere."""
    options = config.html_theme_options
    address = find_address(options.get("repository_url", ""), ROOT)
    if address:
        options["repository_url"] = address
        options["repository_branch"] = (
            os.environ.get("BOOK_REPOSITORY_BRANCH") or options["repository_branch"]
        )
        options["use_issues_button"] = options["use_repository_button"] = True
    else:
        for key in NEED_AN_ADDRESS:
            options.pop(key, None)


def set_cache(app, config):
    """Let myst-nb read executed pages from the folder that tools/book.py filled."""
    config.nb_execution_cache_path = os.environ.get(FOLDER) or str(cache_folder())


def remove_thebe(app, config):
    """Switch sphinx-thebe off: it throws an error on every page's console, and no option does."""
    for listeners in app.events.listeners.values():
        listeners[:] = [entry for entry in listeners if entry.handler.__module__ != "sphinx_thebe"]
    app.registry.css_files[:] = [entry for entry in app.registry.css_files if "sphinx-thebe" not in entry[0]]


def date_of_last_change() -> str:
    """Return the day of the last commit, or today outside a git checkout, as ``YYYY-MM-DD``."""
    today = datetime.date.today().isoformat()
    try:
        return (settings.is_top(ROOT) and settings.git(ROOT, "log", "-1", "--format=%cs")) or today
    except subprocess.CalledProcessError:  # a repository without a commit
        return today


def set_footer(app, config):
    """Write version and date below every page."""
    config.html_theme_options["extra_footer"] = (
        f"<p>Version {grulab.__version__}, {date_of_last_change()}. Text: CC BY 4.0. Code: BSD 3-Clause.</p>"
    )


def hide_markers(app, docname, source):
    """Take the markers of the exercises out of the solutions, and show an exercise in its MyST."""
    if docname.startswith("exercises/"):
        app.env.note_dependency(str(solution_of(docname)))
    source[0] = site_source(docname, source[0])


def link_committed_notebook(app, pagename, templatename, context, doctree):
    """Offer the committed notebook for download in place of the theme's own conversion."""
    notebook = ROOT / f"{pagename}.ipynb"
    groups = [b for b in context.get("header_buttons", ()) if b.get("label") == "download-buttons"]
    for group in groups:
        group["buttons"] = [b for b in group["buttons"] if b["label"] == "download-pdf-button"]
        if notebook.exists():
            target = Path(app.outdir, "notebooks", f"{pagename}.ipynb")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(notebook, target)
            button = {
                "type": "link",
                "url": f"{context['pathto']('notebooks', 1)}/{pagename}.ipynb",
                "text": ".ipynb",
                "icon": "fas fa-code",
                "tooltip": "Download this page as a notebook",
                "label": "download-notebook-button",
            }
            group["buttons"].insert(0, button)


def setup(app):
    """Connect the steps above to Sphinx."""
    app.add_config_value("clone_ref", "", "")
    app.connect("config-inited", set_address)
    app.connect("config-inited", set_cache)
    app.connect("config-inited", set_footer)
    app.connect("config-inited", remove_thebe)
    app.connect("source-read", hide_markers)
    app.connect("html-page-context", link_committed_notebook, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
