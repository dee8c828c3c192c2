"""What theme and writers leave to mend in the HTML of a page, for people who read by ear or by keyboard."""

import re

EMPTY_HEADER = re.compile(r"<th\b([^>]*)>(?:\s|<p>\s*</p>)*</th>")


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


def setup(app):
    """Come after the theme, which makes what is mended here."""
    app.connect("html-page-context", mend_page, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
