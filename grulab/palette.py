"""The colours of the course: one for each quantity of the cell, the same in figures and widgets.

They start from the palette of Okabe and Ito, which readers with any common kind of colour vision can tell
apart. ``LIGHT`` is for light paper (all matplotlib figures), ``DARK`` for the widgets in dark mode.
"""

LIGHT = {"x": "#5f6368", "h": "#7b3294", "z": "#0067a5", "r": "#b04800", "candidate": "#00795a"}
DARK = {"x": "#b3b8bf", "h": "#cf9be0", "z": "#6cb8ee", "r": "#f59a55", "candidate": "#4fcfa6"}

# a second mark beside the colour, so that no line is told by colour alone
DASH = {"x": (1, 2), "h": (), "z": (6, 2), "r": (2, 2), "candidate": (8, 2, 2, 2)}

# kinds of cells in comparisons: colour, mark, dash
CELLS = {
    "SimpleRNN": ("#946000", "s", (4, 1.5)),
    "GRU": ("#1b1b1b", "o", ()),
    "LSTM": ("#a3478c", "^", (1, 1.2)),
    "GRU, gate opened": ("#0067a5", "D", (7, 1.5, 1, 1.5)),
}
# the same kinds in dark mode
CELLS_DARK = {"SimpleRNN": "#d9a53f", "GRU": "#e8e8e8", "LSTM": "#e596d0", "GRU, gate opened": "#6cb8ee"}


# how a site, Colab, JupyterLab and VS Code say that they are dark; drawing.js looks at the same marks
DARK_PAGES = (
    'html[data-theme="dark"]',
    'html[theme="dark"]',
    'body[data-jp-theme-light="false"]',
    "body.vscode-dark",
    "body.vscode-high-contrast:not(.vscode-high-contrast-light)",
)


def css() -> str:
    """Return the colours as CSS custom properties for both colour schemes.

    ``--gru-z`` … are the colours of the quantities; ``--cell-simplernn`` … those of kinds of layers, with
    ``--dash-simplernn`` … for lines of 2 pixels.
    """
    kinds = {kind: kind.lower().replace(", ", "-").replace(" ", "-") for kind in CELLS}

    def block(colours, cells):
        lines = {f"gru-{name}": value for name, value in colours.items()}
        lines |= {f"cell-{name}": cells[kind] for kind, name in kinds.items()}
        return " ".join(f"--{name}: {value};" for name, value in lines.items())

    dashes = {f"dash-{kinds[kind]}": dash for kind, (_, _, dash) in CELLS.items()}
    dashed = " ".join(
        f"--{name}: {' '.join(f'{2 * part:g}' for part in dash) or 'none'};" for name, dash in dashes.items()
    )
    light, dark = (
        block(LIGHT, {kind: colour for kind, (colour, _, _) in CELLS.items()}),
        block(DARK, CELLS_DARK),
    )
    places = ", ".join(f"{page} .grulab" for page in DARK_PAGES)
    return f".grulab {{ {light} {dashed} }}\n{places} {{ {dark} }}\n"
