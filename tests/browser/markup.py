"""The built pages as files: their names, and what their tags say; no browser is needed for it."""

from functools import cache
from html.parser import HTMLParser

from book import pages_of_toc

COURSE = [f"{page}.html" for page in pages_of_toc()]
# the course in its order, and what Sphinx makes by itself
PAGES = [*COURSE, "search.html", "genindex.html"]


class Reader(HTMLParser):
    """Keep each tag with its attributes, and what stands in scripts and styles."""

    def __init__(self):
        super().__init__()
        self.tags, self.inline, self.within = [], [], None

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, {name: value or "" for name, value in attributes}))
        self.within = tag if tag in ("script", "style") else None

    def handle_endtag(self, tag):
        self.within = None

    def handle_data(self, data):
        if self.within:
            self.inline.append((self.tags[-1], data))


@cache
def read(path):
    """Return the ``Reader`` of a file of HTML."""
    reader = Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    return reader


def tags_of(path, *names):
    """Return the attributes of each tag of these names, in the order of the file."""
    return [attributes for tag, attributes in read(path).tags if tag in names]


def ids_of(path):
    """Return each id of a page, as often as it is given."""
    return [attributes["id"] for _, attributes in read(path).tags if "id" in attributes]
