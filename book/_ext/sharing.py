"""The site as people share it: what each page says of itself, the map of all pages, and the page for none.

Descriptions stand in ``book/descriptions.yml``. What needs an absolute address is left out without one.
"""

import html
import re
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from cards import draw_card
from course import ROOT  # puts tools/ on the path
from sphinx.errors import ConfigError, ExtensionError

from address import find_site  # isort: skip

DESCRIPTIONS = "book/descriptions.yml"
MADE_BY_SPHINX = {"search": "Search", "genindex": "Index"}  # their titles stand in the theme's templates
MISSING = "404"
INPUT = "background: var(--pst-color-surface); color: inherit; border-color: var(--pst-color-text-muted)"
MISSING_BODY = """
<h1>This page is not here</h1>
<p>The address is misspelt, or the page has moved. Every page of the course is in the menu.</p>
<form class="d-flex gap-2" action="search.html" method="get" role="search">
  <input class="form-control" type="search" name="q" aria-label="Search the course" style="{style}"/>
  <button class="btn btn-primary" type="submit">Search</button>
</form>
<p class="mt-3"><a href="{first}">Begin with the first page</a></p>
"""
ADDRESS = re.compile(r'(\s(?:href|src|action|data-content_root)=")(?![a-z]+:|[/#])(?:\./)?')


def read_descriptions(app):
    """Read the description of every page."""
    path = ROOT / DESCRIPTIONS
    app.config.descriptions = yaml.safe_load(path.read_text(encoding="utf-8"))


def set_site(app, config):
    """Set where the site will lie, or nothing while that is unknown."""
    try:
        config.html_baseurl = find_site(config.html_theme_options.get("repository_url", ""))
    except ValueError as error:
        raise ConfigError(str(error)) from None


def description_of(app, page):
    """Return the description of a page; raise an ExtensionError when nobody wrote one."""
    try:
        return app.config.descriptions[page]
    except KeyError:
        sentence = f"{DESCRIPTIONS} does not say what {page} is about. Add a line of 50 to 160 characters."
        raise ExtensionError(sentence) from None


def plain(title):
    """Return a title without the tags and entities of HTML."""
    return html.unescape(re.sub(r"<[^>]*>", "", title))


def card_of(page):
    """Return the path of a page's picture inside the site."""
    return f"_images/cards/{page.replace('/', '_')}.png"


def tags(app, page, title):
    """Return the tags of HTML that say what a page is about; those with an address once there is one."""
    about, site = description_of(app, page), app.config.html_baseurl
    said = {
        "name": {"description": about, "twitter:card": "summary_large_image" if site else "summary"},
        "property": {
            "og:title": title,
            "og:description": about,
            "og:type": "website",
            "og:site_name": app.config.html_title,
        },
    }
    if site:
        said["property"] |= {
            "og:url": site + app.builder.get_target_uri(page),
            "og:image": site + card_of(page),
            "og:image:width": 1200,
            "og:image:height": 630,
            "og:image:alt": f"{title}. {about}",
        }
    return "".join(
        f'<meta {kind}="{name}" content="{html.escape(str(value))}" />\n'
        for kind, those in said.items()
        for name, value in those.items()
    )


def say_what_it_is(app, pagename, templatename, context, doctree):
    """Give a page its description, and its picture once that has an address."""
    title = plain(context.get("title", "")) or MADE_BY_SPHINX[pagename]
    if title == app.config.html_title:
        context["docstitle"] = ""  # else it stands twice in the browser's tab
    if pagename == MISSING:
        context["pageurl"] = None  # it has no address of its own
    context["metatags"] = context.get("metatags", "") + tags(app, pagename, title)
    if app.config.html_baseurl:
        draw_card(Path(app.outdir, card_of(pagename)), title, description_of(app, pagename))


def add_missing(app):
    """Add the page that stands for all that are missing."""
    body = MISSING_BODY.format(first=app.builder.get_target_uri(app.config.root_doc), style=INPUT)
    yield MISSING, {"title": "This page is not here", "body": body}, "page.html"


def rooted(page, site):
    """Return a page whose relative addresses begin at the server's root: it can stand for any path there."""
    return ADDRESS.sub(rf"\g<1>{urlsplit(site).path}", page)


def write_around(app, exception):
    """Write what is no page of the course: the way to the first one, the map for search engines, page 404."""
    if exception or app.builder.format != "html":
        return
    out, site, first = Path(app.outdir), app.config.html_baseurl, app.config.root_doc
    target, title = app.builder.get_target_uri(first), app.config.html_title
    canonical = f'<link rel="canonical" href="{site}{target}" />\n' if site else ""
    (out / "index.html").write_text(
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8" />\n<title>{title}</title>\n'
        f"{tags(app, first, title)}{canonical}"
        f'<meta http-equiv="refresh" content="0; url={target}" />\n'
        f'</head>\n<body><p><a href="{target}">{title}</a></p></body>\n</html>\n',
        encoding="utf-8",
    )
    for name in ("sitemap.xml", "robots.txt"):
        (out / name).unlink(missing_ok=True)
    if not site:
        return
    missing = out / f"{MISSING}.html"
    missing.write_text(rooted(missing.read_text(encoding="utf-8"), site), encoding="utf-8")
    pages = [site + app.builder.get_target_uri(page) for page in sorted(app.env.all_docs)]
    (out / "sitemap.xml").write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + "".join(f"<url><loc>{html.escape(page)}</loc></url>\n" for page in pages)
        + "</urlset>\n",
        encoding="utf-8",
    )
    if urlsplit(site).path == "/":  # elsewhere nobody looks for it
        (out / "robots.txt").write_text(f"User-agent: *\nAllow: /\nSitemap: {site}sitemap.xml\n")


def setup(app):
    """Connect the steps above to Sphinx."""
    app.add_config_value("descriptions", {}, "html")
    app.connect("config-inited", set_site, priority=600)
    app.connect("builder-inited", read_descriptions)
    app.connect("html-collect-pages", add_missing)
    app.connect("html-page-context", say_what_it_is)
    # before Jupyter Book's own way to the first page, which would say nothing of the course
    app.connect("build-finished", write_around, priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
