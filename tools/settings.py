"""Read and write what _config.yml says about the repository's address. Comments there stay as they are."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from source import Fault

from grulab.data import prose

CONFIG = "_config.yml"
# what notebooks read of the copy of the course that they fetch: package, hidden checks, hints and solutions,
# and the pages whose words are data
READ = ("grulab", "tests/hidden", "solutions/*.md", *(f"book/{page}.md" for page in prose.PAGES))


@dataclass(frozen=True)
class Address:
    """Where readers find the repository; ``url`` is empty while nobody knows.

    Links lead to ``branch``; the setup cell checks out ``ref``, a commit or a tag.
    """

    url: str = ""
    branch: str = "main"
    ref: str = "main"

    def page(self, path: str) -> str:
        """Return where GitHub shows a file."""
        return f"{self.url}/blob/{self.branch}/{path}"

    def raw(self, path: str) -> str:
        """Return where GitHub gives a file as it is; an SVG is served as a picture only when asked so."""
        owner_and_name = urlsplit(self.url).path.strip("/")
        question = "?sanitize=true" if path.endswith(".svg") else ""
        return f"https://raw.githubusercontent.com/{owner_and_name}/{self.branch}/{path}{question}"


def from_config(text: str) -> Address:
    """Return the address that the text of _config.yml holds."""
    try:
        settings = yaml.safe_load(text) or {}
        repository = settings.get("repository") or {}
        ref = ((settings.get("sphinx") or {}).get("config") or {}).get("clone_ref")
    except (yaml.YAMLError, AttributeError):
        raise Fault(f"{CONFIG}: this is not readable YAML with settings by name.") from None
    url = repository.get("url") or ""
    branch = repository.get("branch") or "main"
    return Address(
        validated(url) if url else "", validated_ref(str(branch)), validated_ref(str(ref or "main"))
    )


def validated(url: str) -> str:
    """Return the address in its plain form, or raise a `Fault` that says what to give."""
    wanted = "Give it as https://github.com/owner/name"
    parts = urlsplit(url.strip())
    if parts.username is not None or parts.password is not None:
        raise Fault(f"The address holds a user name or a password, which every reader would see. {wanted}.")
    path = parts.path.strip("/").removesuffix(".git")
    plain = (
        parts.scheme == "https" and parts.netloc == "github.com" and not parts.query and not parts.fragment
    )
    if not plain or not re.fullmatch(r"[A-Za-z0-9-]+/[A-Za-z0-9._-]+", path):
        raise Fault(f'"{url}" is not the address of a repository on GitHub. {wanted}.')
    return f"https://github.com/{path}"


def validated_ref(ref: str) -> str:
    """Return the name of a commit or tag, or raise a `Fault`."""
    if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_./+-]*", ref):
        raise Fault(f'"{ref}" is not the name of a commit or a tag.')
    return ref


def git(root: Path, *words: str) -> str:
    """Return what git says in a folder; raise when it is missing or fails."""
    done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def is_top(root: Path) -> bool:
    """Return whether a folder is a checkout of git, and not a folder somewhere in another one."""
    try:
        return not git(root, "rev-parse", "--show-prefix")
    except (FileNotFoundError, subprocess.CalledProcessError):
        return False


def said_by(error: Exception) -> str:
    """Return what git said when it failed, without a full stop; that it is missing, where it is."""
    if isinstance(error, FileNotFoundError):
        return "git was not found"
    lines = [line.strip() for line in error.stderr.splitlines() if line.strip()]
    return " ".join(lines).removeprefix("fatal: ").rstrip(".") or f"git ended with {error.returncode}"


def differing(root: Path, ref: str) -> list[str]:
    """Return the files that notebooks read and that are others in ``ref`` than in the commit checked out."""
    return git(root, "diff", "--name-only", ref, "HEAD", "--", *READ).splitlines()


def commit_to_fetch(root: Path, present: str) -> str:
    """Return the commit that notebooks shall fetch: ``present`` if it has all they read, else the newest.

    So a second run changes nothing, not even once the first one is committed. What notebooks read must be
    committed.
    """
    try:
        if git(root, "rev-parse", "--show-prefix"):
            raise Fault(f"{root} lies inside another repository. Name a commit: REF=… beside URL=….")
        commit = git(root, "rev-parse", "HEAD")
        changed = git(root, "status", "--porcelain", "--", *READ).splitlines()
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        raise Fault(
            f"There is no commit here that notebooks could fetch ({said_by(error)}). "
            "Name one: REF=… beside URL=…."
        ) from None
    if changed:
        which = changed[0].split()[-1]
        raise Fault(f"{which} differs from the last commit, which notebooks would fetch. Commit it first.")
    if not re.fullmatch("[0-9a-f]{40}", present):
        return commit
    try:
        git(root, "merge-base", "--is-ancestor", present, commit)
        return commit if differing(root, present) else present
    except subprocess.CalledProcessError:  # a commit of another history, or of none
        return commit


def replaced(text: str, keys: tuple[str, ...], value: str) -> str:
    """Return YAML text with the one value at nested ``keys`` replaced or added, and nothing else changed."""
    lines = text.splitlines(keepends=True)
    start, end, indentation = 0, len(lines), ""
    for depth, key in enumerate(keys):
        pattern = re.compile(rf"^({indentation or ''}{'[ ]+' if depth else ''}){re.escape(key)}:(.*)$")
        found = next(((n, m) for n in range(start, end) if (m := pattern.match(lines[n]))), None)
        last = depth == len(keys) - 1
        if found is None:
            if not last:
                raise Fault(f'{CONFIG}: there is no "{":".join(keys[: depth + 1])}"; put it back.')
            child = next((lines[n] for n in range(start, end) if lines[n].strip()), indentation + "  x")
            inner = child[: len(child) - len(child.lstrip())] or indentation + "  "
            lines.insert(start, f'{inner}{key}: "{value}"\n')
            break
        number, match = found
        if last:
            comment = re.search(r"\s+#.*$", match[2])
            lines[number] = f'{match[1]}{key}: "{value}"{comment[0] if comment else ""}\n'
            break
        indentation, start = match[1], number + 1
        deeper = re.compile(rf"^{indentation}[ ]+\S|^\s*(#.*)?$")
        end = next((n for n in range(start, end) if not deeper.match(lines[n])), end)
    return "".join(lines)


def with_address(text: str, url: str, ref: str) -> str:
    """Return the text of _config.yml with address and ref written in; all else stays, comments too."""
    url, ref = validated(url), validated_ref(ref)
    new = replaced(replaced(text, ("repository", "url"), url), ("sphinx", "config", "clone_ref"), ref)
    try:
        expected, found = yaml.safe_load(text), yaml.safe_load(new)
        expected["repository"]["url"] = url
        expected["sphinx"]["config"]["clone_ref"] = ref
        understood = found == expected
    except (yaml.YAMLError, TypeError):
        understood = False
    if not understood:
        raise Fault(
            f"{CONFIG}: its layout is not understood. Write repository.url and clone_ref there by hand."
        )
    return new
