"""What theme and writers leave to mend in a page: for people who read by ear, by keyboard or from disk."""

import re
from pathlib import Path

EMPTY_HEADER = re.compile(r"<th\b([^>]*)>(?:\s|<p>\s*</p>)*</th>")
NO_PALETTE = re.compile(r'(<html\b[^>]*\bdata-theme=")auto(?=")')
PALETTE = re.compile(
    r'\s*(<script data-cfasync="false">[^<]*localStorage[^<]*</script>)(.*?)(?=\s*</head>)', re.DOTALL
)


def name_folds_of_the_contents(generate):
    """Return ``generate``, but with a name for each arrow that unfolds a chapter beside the page."""

    def named(kind, **options):
        contents = generate(kind, **options)
        if kind == "sidebar":
            for fold in contents.select("li > details > summary"):
                title = fold.find_parent("li").a.get_text(" ", strip=True)
                fold["aria-label"] = f"Pages of: {title}"
        return contents

    return named


def mend(body: str) -> str:
    """Return a page's HTML with plain cells for empty headers, and without a role that ARIA has given up."""
    body = EMPTY_HEADER.sub(r"<td\1></td>", body)
    return body.replace('role="doc-biblioentry"', 'role="listitem"')


def mend_page(app, pagename, templatename, context, doctree):
    """Mend the text of a page and the contents beside it."""
    if "generate_toctree_html" in context:
        context["generate_toctree_html"] = name_folds_of_the_contents(context["generate_toctree_html"])
    if "body" in context:
        context["body"] = mend(context["body"])


def begin_light(page: str) -> str:
    """Return a page that begins in light colours.

    For ``auto`` the theme has no colours at all, not even for the outline of what has the focus. Its script
    makes light or dark of it by what the reader and the system want; without JavaScript nothing would.
    """
    return NO_PALETTE.sub(r"\1light", page, count=1)


def choose_later(page: str) -> str:
    """Return a page whose script for light or dark comes last in the head, still before anything is drawn.

    The theme puts it first. But if a script asks for the storage in the very first moment of a page opened
    from disk, Chromium now and then forgets what is stored while the page is shown, answers to questions too.
    """
    return PALETTE.sub(r"\2\n  \1", page, count=1)


def colour_pages(app, exception):
    """Give every written page its first colours, and move the script that chooses: no setting does either."""
    if exception or app.builder.format != "html":
        return
    for path in Path(app.outdir).rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        if (coloured := choose_later(begin_light(page))) != page:
            path.write_text(coloured, encoding="utf-8")


def setup(app):
    """Come after the theme, which makes what is mended here."""
    app.connect("html-page-context", mend_page, priority=950)
    app.connect("build-finished", colour_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
