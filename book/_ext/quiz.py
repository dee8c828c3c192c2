"""The directive ``{quiz}``: questions of the bank as radio buttons, each with one folded answer.

A page is complete without JavaScript; ``quiz.js``, which only pages with a quiz load, makes it answer.
"""

from urllib.parse import urlencode

from course import ROOT  # puts tools/ on the path
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from bank import BANK, choose, read_bank  # isort: skip


class element(nodes.General, nodes.Element):
    """An element of HTML that docutils has no node for: ``tag``, and ``html`` with its attributes."""


def enter(self, node):
    """Write the first tag of an element."""
    self.body.append(self.starttag(node, node["tag"], "", **node["html"]))


def leave(self, node):
    """Write the last tag of an element."""
    if node["tag"] != "input":
        self.body.append(f"</{node['tag']}>\n")


def make(tag, *children, **html):
    """Return an element; ``class_`` and ``data_right`` stand for ``class`` and ``data-right``."""
    attributes = {name.rstrip("_").replace("_", "-"): str(value) for name, value in html.items()}
    return element("", *children, tag=tag, html=attributes)


class Quiz(SphinxDirective):
    """Ask the questions that the first line names, by id or by page; without names, those of this page."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = False

    def run(self):
        """Return a block for each question."""
        self.env.note_dependency(str(ROOT / BANK))
        names = self.arguments[0].split() if self.arguments else []
        try:
            questions = choose(read_bank(ROOT), names, self.env.docname.rpartition("/")[2])
        except LookupError as missing:
            raise self.error(missing.args[0]) from None
        self.env.metadata[self.env.docname]["quiz"] = True
        return [self.block(question) for question in questions]

    def block(self, question):
        """Return one question: fields to choose from, and the folded answer."""
        name = f"quiz-{question.id}"
        asks, *rest = self.parsed(question.asks)
        options = [
            make(
                "label",
                make("input", type="radio", name=name, value=place),
                make("span", *self.line(f"({letter}) {option.says}")),
                class_="quiz-option",
            )
            for place, (letter, option) in enumerate(question.lettered)
        ]
        whys = nodes.bullet_list(bullet="-", classes=["quiz-why"])
        for letter, option in question.lettered:
            whys += nodes.list_item("", *self.parsed(f"({letter}) {option.why}"))
        answer = make(
            "details",
            make("summary", nodes.Text("Answer")),
            nodes.paragraph("", question.verdict),
            whys,
            nodes.paragraph("", "Look again: ", *self.line(question.see), classes=["quiz-see"]),
        )
        legend = make("legend", *asks.children)
        block = make("div", make("fieldset", legend, *rest, *options), answer, data_right=question.right)
        block["classes"] += ["quiz"]
        block["ids"] += [name]
        return block

    def parsed(self, text):
        """Return the nodes of a piece of MyST."""
        found = nodes.Element()
        self.state.nested_parse(StringList(text.splitlines(), BANK), 0, found)
        return found.children

    def line(self, text):
        """Return the nodes of a single line of MyST, without the paragraph around them."""
        (paragraph,) = self.parsed(text)
        return paragraph.children


def ask_what_misled(app, doctree, docname):
    """Below each answer, link to a new issue; not before the course has an address."""
    address = app.config.html_theme_options.get("repository_url")
    if not address:
        return
    for block in doctree.findall(element):
        if "quiz" in block["classes"]:
            title = urlencode({"title": f"Misleading question: {block['ids'][0]}"})
            link = nodes.reference(
                "", "This question misled me", refuri=f"{address}/issues/new?{title}", internal=False
            )
            block.children[-1] += nodes.paragraph("", "", link, classes=["quiz-misled"])


def load_script(app, pagename, templatename, context, doctree):
    """Load script and style on pages with a quiz alone."""
    if app.env.metadata.get(pagename, {}).get("quiz"):
        app.add_js_file("quiz.js", loading_method="defer")
        app.add_css_file("quiz.css")


def setup(app):
    """Connect the directive to Sphinx."""
    app.add_node(element, html=(enter, leave))
    app.add_directive("quiz", Quiz)
    app.connect("doctree-resolved", ask_what_misled)
    app.connect("html-page-context", load_script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
