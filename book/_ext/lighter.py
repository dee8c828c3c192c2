"""Pages load what they use: without this each would load 2 MB of scripts that nothing on it asks for."""

import re
import shutil
from pathlib import Path

from fontTools import subset

# MathJax in parts: the one file that Sphinx would load also brings a menu, twice as large as its input of TeX
MATHJAX = ["core", "input/tex", "output/chtml", "a11y/assistive-mml"]
FOLDERS = ("input/tex", "output/chtml")  # what those parts load when a page needs it

ICON = re.compile(r'(?:"[\w-]+"|\b\w+):\[\d+,\d+,\[[^\]]*\],"[0-9a-f]+",(?:"[^"]*"|\["[^\]]*\])\],?')
STYLE = re.compile(r'(?:\.[\w.-]*fa-[\w-]+::?before,?)+\{content:"[^"]*"\}')
CODE = re.compile(r'content:"\\([0-9a-f]{2,4}) ?"')
WOFF2 = re.compile(r'url\([^)]*\.woff2\) format\("woff2"\),')
USED = re.compile(r"\bfa-([a-z0-9-]+)")
# only the page of the search searches: elsewhere its form leads there
SEARCH = re.compile(r'\s*<script src="[^"]*(?:searchtools|language_data|searchindex)\.js"></script>')
# sphinx-design, which Jupyter Book always loads, for pages that use it
DESIGN = re.compile(
    r"\s*<(?:link|script)(?=[^>]*(?:sphinx-design\.min\.css|design-tabs\.js))[^>]*>(?:</script>)?"
)
HAS_DESIGN = re.compile(r'class="[^"]*\bsd-')


def load_mathjax_in_parts(app, config):
    """Ask for MathJax's small first file, and tell it what to load."""
    config.mathjax_path = "mathjax/startup.js"
    config.mathjax3_config["loader"] = {"load": MATHJAX}


def parts(folder: Path) -> set[Path]:
    """Return the files of MathJax that pages load, below its folder."""
    named = {folder / f"{name}.js" for name in ("startup", *MATHJAX)}
    return named | {path for one in FOLDERS for path in (folder / one).rglob("*") if path.is_file()}


def without_icons(script: str, used: set[str]) -> str:
    """Return FontAwesome's script without the outlines of icons that are not used."""

    def kept(icon):
        names = re.findall(r"[a-z][a-z0-9-]*", icon[0].split('"M')[0])
        return icon[0] if used & set(names) else ""

    return ICON.sub(kept, script)


def lighten_icons(static: Path, used: set[str]):
    """Leave in FontAwesome's script, style and fonts the icons that are used."""
    script = static / "scripts" / "fontawesome.js"
    script.write_text(without_icons(script.read_text(encoding="utf-8"), used), encoding="utf-8")
    style = static / "styles" / "pydata-sphinx-theme.css"
    text = WOFF2.sub("", style.read_text(encoding="utf-8"))
    text = STYLE.sub(lambda rule: rule[0] if used & set(USED.findall(rule[0])) else "", text)
    style.write_text(text, encoding="utf-8")
    codes = ",".join(sorted(set(CODE.findall(text))))
    for font in (static / "vendor" / "fontawesome" / "webfonts").iterdir():
        if font.suffix == ".ttf":
            subset.main([str(font), f"--unicodes={codes}", f"--output-file={font}"])
        else:
            font.unlink()


def without_idle_scripts(page: str) -> str:
    """Return a page without the scripts of a search that happens elsewhere, and without an unused design."""
    page = SEARCH.sub("", page)
    return page if HAS_DESIGN.search(page) else DESIGN.sub("", page)


def drop_what_no_page_loads(app, exception):
    """Remove what extensions copy and load, and no page uses: sources, most of MathJax and of the icons."""
    out = Path(app.outdir)
    shutil.rmtree(out / "_sources", ignore_errors=True)
    if exception or app.builder.format != "html":
        return
    mathjax = out / "_static" / "mathjax"
    wanted = parts(mathjax)
    for path in sorted(mathjax.rglob("*"), reverse=True):
        if path.is_file() and path not in wanted:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    used = set()
    for path in [*out.rglob("*.html"), *(out / "_static").rglob("*.js")]:
        if path.name == "fontawesome.js" or mathjax in path.parents:
            continue
        text = path.read_text(encoding="utf-8")
        used |= set(USED.findall(text))
        if path.suffix == ".html" and path.name != "search.html":
            path.write_text(without_idle_scripts(text), encoding="utf-8")
    lighten_icons(out / "_static", used)


def setup(app):
    """Connect the steps above to Sphinx."""
    # after the extension that brings MathJax has set its own way to it, and has copied it
    app.connect("config-inited", load_mathjax_in_parts, priority=900)
    app.connect("build-finished", drop_what_no_page_loads, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
