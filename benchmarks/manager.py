"""html-manager's way to show a page's widgets without a kernel, for comparison: its scripts, and pages.

That is what ipywidgets and myst-nb write: RequireJS and html-manager's ``embed-amd.js``, which asks for
anywidget's module, all from a CDN. Here npm fetches the same packages once, and pages load them from disk.
"""

import json
import re
import shutil
import subprocess
import sysconfig
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from anywidget import AnyWidget
from ipywidgets import embed

from benchmarks.measuring import FOLDER

# as the pages ask for them; RequireJS is the version of ipywidgets' own template
PACKAGES = {
    "requirejs": "2.3.4",
    "@jupyter-widgets/html-manager": embed.__html_manager_version__,
    "anywidget": AnyWidget._model_module_version.default_value,
}
STATE, VIEW = (
    re.compile(rf'<script type="application/vnd\.jupyter\.widget-{kind}\+json">(.*?)</script>', re.DOTALL)
    for kind in ("state", "view")
)
RUNTIME = re.compile(r'<script[^>]* src="[^"]*/widgets\.js[^"]*"[^>]*></script>')
LOADS = re.compile(r"<!-- Load require.*?(?=<script type)", re.DOTALL)


class NotFetched(Exception):
    """The packages are not at hand and cannot be fetched; the sentence says why."""


@dataclass(frozen=True)
class View:
    """Stand for a widget that a page shows, where ipywidgets asks for its view."""

    spec: dict

    def get_view_spec(self):
        """Return the view's specification as it stood in the page."""
        return self.spec


@dataclass(frozen=True)
class Manager:
    """Hold the paths of html-manager's scripts, in the order in which a page loads them."""

    requirejs: Path
    embed: Path
    anywidget: Path

    @property
    def bytes(self) -> int:
        """The bytes of all three."""
        return sum(path.stat().st_size for path in (self.requirejs, self.embed, self.anywidget))

    @property
    def loads(self) -> str:
        """The elements that load the scripts from disk."""
        module = json.dumps(self.anywidget.with_suffix("").as_uri())
        return (
            f'<script src="{self.requirejs.as_uri()}"></script>\n'
            f"<script>require.config({{paths: {{anywidget: {module}}}}})</script>\n"
            f'<script src="{self.embed.as_uri()}"></script>\n'
        )

    def in_place(self, site: Path, page: str) -> Path:
        """Write a page of the built site that html-manager brings to life, and return its path."""
        text, count = RUNTIME.subn(lambda _: self.loads, (site / page).read_text(encoding="utf-8"))
        if count != 1:
            raise ValueError(f"{page} should load the course's runtime once, but does {count} times.")
        base = f'<head><base href="{(site / page).as_uri()}">'
        return written("in_place.html", re.sub("<head>", lambda _: base, text, count=1))

    def alone(self, site: Path, page: str) -> dict[str, Path]:
        """Write the widgets of a page, and nothing else, as ipywidgets does; return the paths.

        ``theirs`` loads html-manager, ``ours`` the course's runtime.
        """
        text = (site / page).read_text(encoding="utf-8")
        state = json.loads(STATE.search(text)[1])["state"]
        views = [View(json.loads(spec)) for spec in VIEW.findall(text)]
        snippet = embed.embed_snippet(views, state=state)
        runtime = f'<script defer src="{(site / "_static/widgets.js").as_uri()}"></script>\n'
        loads = {"theirs": self.loads, "ours": runtime}
        return {
            name: written(
                f"alone_{name}.html",
                embed.html_template.format(title=name, snippet=LOADS.sub(lambda _, new=load: new, snippet)),
            )
            for name, load in loads.items()
        }


def written(name: str, text: str) -> Path:
    """Write a page into the benchmarks' folder and return its path."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / name).write_text(text, encoding="utf-8")
    return FOLDER / name


def fetched() -> Manager:
    """Return html-manager's scripts, from npm at the first time; raise ``NotFetched`` with a sentence."""
    requirejs, manager, anywidget = (unpacked(name, version) for name, version in PACKAGES.items())
    small = requirejs / "require.min.js"
    if not small.exists():
        # the package has its own minifier; the one that pages load is as small
        words = ("name=whole", "paths.whole=require", f"out={small}")
        run("node", "bin/r.js", "-o", "baseUrl=.", *words, folder=requirejs)
    return Manager(small, manager / "dist" / "embed-amd.js", anywidget / "dist" / "index.js")


def unpacked(name: str, version: str) -> Path:
    """Return the folder of a package, which npm fetches unless it is there."""
    folder = FOLDER / re.sub(r"[^\w.-]+", "-", f"{name}-{version}").strip("-")
    if not folder.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=FOLDER) as place:
            run("npm", "pack", "--silent", f"{name}@{version}", folder=place)
            (archive,) = Path(place).glob("*.tgz")
            with tarfile.open(archive) as file:
                file.extractall(place, filter="data")
            shutil.move(Path(place, "package"), folder)
    return folder


def run(program: str, *words: str, folder):
    """Run a program in a folder; raise ``NotFetched`` where it is missing or fails."""
    # the environment has its own, for where the machine has none
    path = shutil.which(program) or shutil.which(program, path=sysconfig.get_path("scripts"))
    if path is None:
        raise NotFetched(f"there is no {program} here")
    try:
        done = subprocess.run([path, *words], cwd=folder, capture_output=True, text=True, timeout=120)
    except subprocess.TimeoutExpired:
        raise NotFetched(f"{program} took more than two minutes") from None
    if done.returncode:
        said = (done.stderr or done.stdout).split() or ["nothing"]
        raise NotFetched(f"{program} {words[0]} failed: {' '.join(said)[:200]}")
