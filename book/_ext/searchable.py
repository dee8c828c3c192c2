"""Keep the entries of the index in the search when only some pages are written again.

Sphinx's search keeps the words of the pages that it does not write, but forgets their index entries: here,
the terms of the glossary. So pages with entries are written whenever any page is.
"""


def pages_with_entries(app, env, added, changed, removed):
    """Return the pages to read again: those with entries in the index, if any page at all is read."""
    if not (added or changed or removed):
        return []
    entries = env.get_domain("index").entries
    return [page for page, found in entries.items() if found and page in env.found_docs]


def setup(app):
    """Connect the step above to Sphinx."""
    app.connect("env-get-outdated", pages_with_entries)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
