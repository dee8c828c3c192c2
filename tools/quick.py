"""Leave out what is slow to load and what nobody here asks for: import this before nbformat or jupytext.

As a program it is Jupyter Book, with less to wait for: ``python tools/quick.py build .``
"""

import sys

# It compiles a grammar of addresses whenever it is loaded, some seconds each time. jsonschema loads it for a
# check that no notebook asks for, and does without it where it is not installed.
sys.modules.setdefault("rfc3987_syntax", None)

if __name__ == "__main__":
    sys.path.pop(0)  # a tool's name must not stand before a package's
    from jupyter_book.cli.main import main

    sys.exit(main())
