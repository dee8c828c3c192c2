"""Build every notebook of the course from Markdown: pages, solutions, and exercises cut out of solutions.

    python tools/notebooks.py                                   build what is missing or stale
    python tools/notebooks.py --check                           compare bytes, write nothing
    python tools/notebooks.py --address https://github.com/owner/name [--ref COMMIT]
    python tools/notebooks.py --nbval DIR                       prepare what `make nbval` runs

The result is the same, byte for byte, at every run.
"""

import argparse
import os
import sys
from collections.abc import Iterable
from contextlib import contextmanager
from pathlib import Path

import quick  # noqa: F401  (before jupytext, which is loaded later)
import settings
from cells import cells_of, code_cell, markdown_cell, notebook_of
from myst import SitePage, Translator, equation_labels
from references import Library, References
from source import Fault, Source, from_text, is_notebook, read, select, strip_markers
from work import holds_work, is_as_built, keep

from grulab.processes import alone

__all__ = ["build", "check", "expected_notebooks", "main", "setup_cell", "site_source", "strip_markers"]

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("book", "solutions", "exercises")
BUSY = "Another process builds the notebooks in this folder; waiting until it has ended."
REMEDY = "Make room there, or a right to write, and run the same command again: none is left half-written."
FIRST_AID = "> **If something looks odd:** restart the kernel and run all cells."

SETUP_WITHOUT_ADDRESS = """\
# Is grulab, the course's package, at hand?
try:
    import grulab
except ModuleNotFoundError:
    raise ModuleNotFoundError(
        "grulab is missing: open this notebook with `make lab` in a copy of the course."
    ) from None
"""

SETUP = """\
# Make the course's package grulab importable: where it is missing (Colab), fetch the course; install nothing.
try:
    import grulab
except ModuleNotFoundError:
    import os, subprocess, sys

    url, ref, folder = "{url}", "{ref}", os.path.abspath("{folder}")
    no_question = {{**os.environ, "GIT_TERMINAL_PROMPT": "0"}}
    options = dict(check=True, capture_output=True, timeout=300, env=no_question)
    try:
        if not os.path.isdir(f"{{folder}}/.git"):
            subprocess.run(["git", "clone", "--quiet", url, folder], **options)
        subprocess.run(["git", "-C", folder, "checkout", "--quiet", ref], **options)
    except FileNotFoundError:
        raise RuntimeError(f"git is missing: install it, or get the course from {{url}} by hand.") from None
    except subprocess.SubprocessError:
        raise RuntimeError(
            f"The course did not come from {{url}} ({{ref}}). Is there a network? "
            f"Delete the folder {{folder}} if it is there, and run this cell again."
        ) from None
    sys.path.append(folder)
    import grulab
"""


def setup_cell(url: str, ref: str) -> str:
    """Return the code that makes grulab importable where it is not, as in Colab."""
    if not url:
        return SETUP_WITHOUT_ADDRESS.rstrip("\n")
    folder = "grulab-" + ref.replace("/", "-")[:12]
    return SETUP.format(url=url, ref=ref, folder=folder).rstrip("\n")


def translated_cells(source: Source, translator: Translator) -> list[dict]:
    """Return the cells: code as it is, text as the translator makes it, and none where nothing is left."""
    cells = []
    for kind, lines, text, metadata in cells_of(source):
        if kind == "code":
            cells.append(code_cell(text, metadata))
        elif translated := translator.translate(lines):
            cells.append(markdown_cell(translated))
    return cells


def build_notebook(source: Source, references: References, *, exercise: bool = False) -> str:
    """Return a page as a notebook for Jupyter and Colab, with the setup cell after its first text."""
    cells = translated_cells(source, Translator(source, references))
    if not cells or not cells[0]["source"].startswith("# "):
        raise source.fault(1, "a page begins with its title: # Title.")
    if exercise:
        title, _, rest = cells[0]["source"].partition("\n")
        cells[0]["source"] = "\n".join([title, "", FIRST_AID, rest]).rstrip("\n")
    address = references.address
    cells.insert(1, code_cell(setup_cell(address.url, address.ref)))
    return notebook_of(cells)


def site_exercise(text: str, name: str = "exercise") -> str:
    """Return the exercise in a solution's Markdown as the notebook that the site renders.

    Its cells of code are those of the built exercise; the text stays MyST, so that the site's own admonitions
    and links are seen. Labels are left out, since the solution's page holds them, and so is the setup cell.
    """
    source = select(from_text(text, name), "exercise")
    return notebook_of(translated_cells(source, SitePage(source, equation_labels(source))))


def site_source(page: str, text: str, root: Path = ROOT) -> str:
    """Return what the site renders for a page (its path without suffix), given the text of its file.

    A solution comes without markers, an exercise from the solution that it is cut out of.
    """
    if page.startswith("solutions/"):
        return strip_markers(text)
    if page.startswith("exercises/"):
        solution = solution_of(page, root)
        return site_exercise(solution.read_text(encoding="utf-8"), solution.relative_to(root).as_posix())
    return text


def solution_of(page: str, root: Path = ROOT) -> Path:
    """Return the file of the solution that an exercise is cut out of."""
    return root / f"{page.replace('exercises/', 'solutions/', 1)}.md"


# ---- all notebooks ----


def expected_notebooks(root: Path = ROOT, config: str | None = None) -> dict[str, str]:
    """Return the text of every notebook by its path, as ``config`` (the text of _config.yml) asks."""
    if config is None:
        config = (root / settings.CONFIG).read_text(encoding="utf-8")
    address = settings.from_config(config)

    sources = [
        read(path, root) for folder in ("book", "solutions") for path in sorted((root / folder).glob("*.md"))
    ]
    sources = [source for source in sources if is_notebook(source)]
    for source in sources:
        if source.name.startswith("book/"):
            for line in source.lines:
                if "BEGIN SOLUTION" in line.text or "BEGIN EXERCISE" in line.text:
                    raise source.fault(line.number, "markers of an exercise stand in solutions/ only.")
    built = {source.name: source.name.removesuffix(".md") + ".ipynb" for source in sources}
    exercises = {
        source.name: built[source.name].replace("solutions/", "exercises/")
        for source in sources
        if source.name.startswith("solutions/")
    }

    solved = {source.name: select(source, "solution") for source in sources}
    numbers = {name: equation_labels(source) for name, source in solved.items()}
    equations: dict[str, tuple[str, int]] = {}
    for name, labels in numbers.items():
        for label, number in labels.items():
            if label in equations:
                raise Fault(
                    f'{name}:1: the equation\'s label "{label}" also stands in {equations[label][0]}.'
                )
            equations[label] = (name, number)
    targets = {**built, **{notebook: notebook for notebook in exercises.values()}}
    library = Library(root, targets, equations)

    notebooks, faults = {}, []
    for source in sources:
        name = source.name
        try:
            references = References(library, name, built[name], address, numbers[name])
            notebooks[built[name]] = build_notebook(solved[name], references)
            if name in exercises:
                cut = select(source, "exercise")
                references = References(library, name, exercises[name], address, equation_labels(cut))
                notebooks[exercises[name]] = build_notebook(cut, references, exercise=True)
        except Fault as fault:
            faults.append(str(fault))
    if faults:
        raise Fault("\n".join(faults))
    return notebooks


def strays(root: Path, expected: Iterable[str]) -> list[str]:
    """Return the notebooks that no source builds, but for kept copies of somebody's work."""
    found = (path for folder in FOLDERS for path in sorted((root / folder).glob("*.ipynb")))
    names = (path.relative_to(root).as_posix() for path in found)
    return [name for name in names if name not in set(expected) and ".kept-" not in name]


def build(root: Path = ROOT, config: str | None = None, said: list[str] | None = None) -> list[str]:
    """Write every notebook that is missing or stale; return what there is to say, one line each.

    Each line is added to ``said`` as it comes: an interruption loses none.
    """
    expected = expected_notebooks(root, config)
    said, written = [] if said is None else said, 0
    for name, text in expected.items():
        path = root / name
        old = path.read_bytes().decode("utf-8", errors="replace") if path.exists() else None
        if old == text:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside(path, text):  # written first: where there is no room for it, nobody's work is moved
            if old is not None and holds_work(old, text):
                said.append(f"{name} holds work of yours: kept as {keep(path).relative_to(root).as_posix()}")
        written += 1
    for name in strays(root, expected):
        if is_as_built((root / name).read_bytes().decode("utf-8", errors="replace")):
            (root / name).unlink()
            said.append(f"{name} removed: no page builds it any more")
        else:
            said.append(f"{name} is built from no page: left alone; move it elsewhere")
    said.append(f"notebooks: {len(expected)} in order, {written} of them written")
    return said


@contextmanager
def beside(path: Path, text: str):
    """Write a file beside ``path`` and, at the end of the ``with`` block, in its place: never half of it."""
    unfinished = path.with_suffix(".part")
    try:
        unfinished.write_bytes(text.encode())
        yield
        os.replace(unfinished, path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def replace(path: Path, text: str):
    """Write a file so that it is never half there."""
    with beside(path, text):
        pass


def check(root: Path = ROOT) -> list[str]:
    """Return a line for each notebook that is missing, stale or built from no page."""
    expected = expected_notebooks(root)
    faults = []
    for name, text in expected.items():
        path = root / name
        if not path.exists():
            faults.append(f"{name} is missing. Run: make notebooks")
        elif path.read_bytes() != text.encode():
            faults.append(f"{name} differs from its Markdown. Run: make notebooks")
    for name in strays(root, expected):
        built = is_as_built((root / name).read_bytes().decode("utf-8", errors="replace"))
        mend = "Run: make notebooks" if built else "Move it elsewhere: built notebooks only stand here."
        faults.append(f"{name} is built from no page. {mend}")
    return faults


def set_address(url: str, ref: str | None, root: Path = ROOT, said: list[str] | None = None) -> list[str]:
    """Write the address into _config.yml and into every notebook; nothing is written when either fails.

    Return what there is to say, as ``build`` does.
    """
    path = root / settings.CONFIG
    url = settings.validated(url)
    config = path.read_text(encoding="utf-8")
    present = settings.from_config(config).ref
    ref = settings.validated_ref(ref) if ref else settings.commit_to_fetch(root, present)
    config = settings.with_address(config, url, ref)
    expected_notebooks(root, config)
    replace(path, config)
    said = build(root, said=said)
    said.append(f"address: {url}, of which notebooks fetch {ref}. Commit and push, that commit included.")
    return said


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--check", action="store_true", help="compare bytes, write nothing")
    action.add_argument("--address", metavar="URL", help="write the repository's address into all notebooks")
    action.add_argument(
        "--nbval", metavar="DIR", type=Path, help="give built notebooks the outputs executed in DIR"
    )
    parser.add_argument(
        "--ref", metavar="COMMIT", help="what the setup cell checks out (default: a commit with this package)"
    )
    options = parser.parse_args(arguments)
    if options.ref and options.address is None:
        parser.error("--ref goes with --address")
    said = []
    try:
        if options.check:
            faults = check()
            print("\n".join(faults) or "notebooks: fresh")
            return 1 if faults else 0
        with alone(ROOT / "_build" / "notebooks.lock", BUSY):
            if options.address is not None:
                set_address(options.address, options.ref, said=said)
            elif options.nbval is not None:
                from graft import prepare

                said += prepare(ROOT, options.nbval, expected_notebooks())
            else:
                build(said=said)
    except Fault as fault:
        print(fault, file=sys.stderr)
        return 1
    except OSError as error:  # a full disk, a folder that is none
        why = f"{error.filename}: {error.strerror}"
        print(f"The notebooks were not all built ({why}). {REMEDY}", file=sys.stderr)
        return 1
    finally:
        if said:
            print("\n".join(said), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
