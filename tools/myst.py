"""Translate the course's MyST Markdown into what Jupyter and Colab show.

The subset is small and listed in CONTRIBUTING.md. Anything else is a `Fault` with file and line, so that no
raw directive or role ever reaches a reader.
"""

import re

from bank import as_markdown
from source import Fault, Line, Source

ADMONITIONS = {
    "note": "Note",
    "tip": "Tip",
    "important": "Important",
    "warning": "Warning",
    "seealso": "See also",
    "admonition": None,
}
SUBSET = "the subset that notebooks know is listed in CONTRIBUTING.md"

FENCE = re.compile(r"^(?P<indent>\s*)(?P<fence>`{3,}|~{3,}|:{3,})(?P<info>.*)$")
DIRECTIVE = re.compile(r"^\{(?P<name>[\w:.+-]+)\}\s*(?P<argument>.*)$")
OPTION = re.compile(r"^\s*:(?P<name>[\w-]+):\s*(?P<value>.*)$")
LABEL = re.compile(r"^\s*\((?P<name>[\w:.+ -]+)\)=\s*$")
RAW_HTML = re.compile(r"^\s*</?(details|summary)\b")
MATH_LABEL = re.compile(r"^\s*\((?P<name>[\w:.+-]+)\)\s*$")
INLINE = re.compile(
    r"""
      (?P<escape>\\.)
    | \{(?P<role>[A-Za-z][\w:.+-]*)\}(?P<ticks>`+)(?P<content>.+?)(?<!`)(?P=ticks)(?!`)
    | (?P<code>(?P<code_ticks>`+).+?(?<!`)(?P=code_ticks)(?!`))
    | (?P<comment><!--.*?-->)
    | (?P<math>\$\$?(?:\\.|[^$\\])+?\$\$?)
    | (?P<link>(?P<bang>!?)\[(?P<text>(?:`[^`]+`|[^\[\]`]|\[[^\[\]]*\])*)\]
        \((?P<target>[^()\s]*)(?P<title>\s+"[^"]*")?\)(?P<attributes>\{[^}\n]*\})?)
    | (?P<substitution>\{\{)
    | (?P<footnote>\[\^)
    | (?P<reference>(?<=\])\[)
    | (?P<html><(?:img|a|iframe|script|video|audio|object|embed)\b)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
FORBIDDEN = {
    "substitution": "a substitution is not translated",
    "footnote": "a footnote is not translated; write it into the text",
    "reference": "a link by reference is not translated; write [text](target)",
    "html": "raw HTML with an address is not translated; write a Markdown link or image",
}


def indentation(text: str) -> int:
    """Return the number of blanks that a line begins with."""
    return len(text) - len(text.lstrip())


class Translator:
    """Translate one page. What it refers to is looked up in a `references.References`."""

    def __init__(self, source: Source, references):
        self.source = source
        self.references = references

    def translate(self, lines: list[Line]) -> str:
        """Return the translated text of one Markdown cell."""
        return "\n".join(self.blocks(list(lines))).strip("\n")

    # ---- blocks ----

    def blocks(self, lines: list[Line]) -> list[str]:
        """Translate lines block by block."""
        done: list[str] = []
        paragraph: list[Line] = []

        def flush():
            if paragraph:
                done.extend(self.inline(paragraph).split("\n"))
                paragraph.clear()

        at = 0
        while at < len(lines):
            line = lines[at]
            text = line.text
            stripped = text.strip()
            if fence := FENCE.match(text):
                flush()
                at = self.fenced(lines, at, fence, done)
            elif stripped.startswith("$$"):
                flush()
                at = self.display_math(lines, at, done)
            elif stripped.startswith("<!--"):
                flush()
                at = self.comment(lines, at)
            elif RAW_HTML.match(text):
                flush()
                at = self.raw_html(lines, at, done)
            elif LABEL.match(text):
                flush()
                at += 1
            elif re.match(r"^\{[^{}`]*\}\s*$", stripped):
                raise self.fault(line, f"attributes such as {stripped} are not translated; {SUBSET}.")
            elif re.match(r"^%(\s|$)", text):
                raise self.fault(line, "a comment with % shows in notebooks; write <!-- … --> instead.")
            elif re.match(r"^\s*\[[^\]]+\]:\s", text):
                raise self.fault(line, "a link by reference is not translated; write [text](target).")
            elif not stripped:
                flush()
                # what was left out leaves no gap
                if not done or done[-1]:
                    done.append("")
                at += 1
            else:
                paragraph.append(line)
                at += 1
        flush()
        return done

    def fenced(self, lines, at, fence, done) -> int:
        """Translate an admonition, or copy a block of code; return where to go on."""
        opening, marks = lines[at], fence["fence"]
        if marks[0] == "`" and "`" in fence["info"]:
            raise self.fault(opening, "the first line of a block in backticks can hold no further backtick.")
        closing = re.compile(rf"^\s*{re.escape(marks[0])}{{{len(marks)},}}\s*$")
        end = next((n for n in range(at + 1, len(lines)) if closing.match(lines[n].text)), None)
        if end is None:
            raise self.fault(opening, f"this block has no closing {marks} in its cell.")
        body = lines[at + 1 : end]
        directive = DIRECTIVE.match(fence["info"].strip())
        if directive is None:
            if marks[0] == ":":
                raise self.fault(
                    opening, f"a block of colons without a directive is not translated; {SUBSET}."
                )
            done.extend(line.text for line in lines[at : end + 1])
        else:
            width = len(fence["indent"])
            body = [Line(line.number, line.text[min(width, indentation(line.text)) :]) for line in body]
            translated = self.admonition(opening, directive, body)
            done.extend(f"{fence['indent']}{line}".rstrip() for line in translated)
        return end + 1

    def admonition(self, opening: Line, directive, body: list[Line]) -> list[str]:
        """Return an admonition as a block quote with a bold title, or folded where its class is dropdown.

        A quiz becomes its questions, each with a folded answer.
        """
        name, argument = directive["name"], directive["argument"].strip()
        if name == "quiz":
            return self.quiz(opening, argument.split(), body)
        if name not in ADMONITIONS:
            raise self.fault(opening, f"the directive {{{name}}} is not translated; {SUBSET}.")
        folded = False
        while body and (option := OPTION.match(body[0].text)):
            if option["name"] != "class":
                raise self.fault(body[0], f'the option "{option["name"]}" of {{{name}}} is not translated.')
            folded = "dropdown" in option["value"].split()
            body = body[1:]
        if body and body[0].text.strip() == "---":
            raise self.fault(body[0], "write an admonition's options as :class: …, not between lines of ---.")
        title = ADMONITIONS[name]
        if title is None and not argument:
            raise self.fault(opening, "an admonition needs a title: {admonition} Title.")
        if title is not None and argument:
            raise self.fault(opening, f"{{{name}}} takes no title; use {{admonition}} {argument}.")
        if title is None:
            title = self.inline([Line(opening.number, argument)])
        content = self.blocks(body)
        while content and not content[0].strip():
            content.pop(0)
        while content and not content[-1].strip():
            content.pop()
        if not content:
            raise self.fault(opening, f"this {{{name}}} is empty.")
        if folded:
            return ["<details>", f"<summary>{title}</summary>", "", *content, "", "</details>"]
        return [f"> {line}".rstrip() for line in (f"**{title}**", "", *content)]

    def quiz(self, opening: Line, names: list[str], body: list[Line]) -> list[str]:
        """Return questions of the bank, translated as if they stood on the page."""
        if any(line.text.strip() for line in body):
            raise self.fault(opening, "a {quiz} is empty: it names questions or pages on its first line.")
        try:
            questions = self.references.questions(names)
        except LookupError as missing:
            raise self.fault(opening, missing.args[0]) from None
        text = "\n\n".join(as_markdown(question) for question in questions)
        return self.blocks([Line(opening.number, line) for line in text.split("\n")])

    def display_math(self, lines, at, done) -> int:
        """Copy an equation set apart on one line, numbered where it has a label; return where to go on."""
        opening = lines[at]
        indent = opening.text[: indentation(opening.text)]
        collected = [opening.text.strip()[2:]]
        end = at
        while "$$" not in collected[-1]:
            end += 1
            if end == len(lines) or not lines[end].text.strip():
                raise self.fault(
                    opening, "this equation has no closing $$ before a blank line or its cell's end."
                )
            collected.append(lines[end].text.strip())
        collected[-1], rest = collected[-1].split("$$", 1)
        body = " ".join(part.strip() for part in collected if part.strip())
        if re.search(r"(?<!\\)%", body):
            raise self.fault(opening, "a % in an equation would swallow the rest of it in notebooks.")
        tag = ""
        if rest.strip():
            label = MATH_LABEL.match(rest)
            if label is None:
                raise self.fault(lines[end], "after the closing $$ only a label in brackets may follow.")
            if re.search(r"\\begin\{(align|gather|equation)", body):
                raise self.fault(
                    opening, "an equation with a label uses aligned or gathered, not align or gather."
                )
            tag = f" \\tag{{{self.number(label['name'])}}}"
        # on one line, since Jupyter would take the marks of a block quote for a part of the equation
        done.append(f"{indent}$$ {body}{tag} $$")
        return end + 1

    def number(self, label: str) -> int:
        """Return the number of an equation of this page."""
        return self.references.numbers[label]

    def raw_html(self, lines, at, done) -> int:
        """Copy the lines of a folded block's tags, up to a blank line; return where to go on."""
        while at < len(lines) and lines[at].text.strip():
            for match in INLINE.finditer(lines[at].text):
                if not match["escape"] and not match["comment"]:
                    found = " ".join(match[0].split())
                    raise self.fault(
                        lines[at], f'"{found}" is not read inside HTML; leave a blank line before it.'
                    )
            done.append(lines[at].text)
            at += 1
        return at

    def comment(self, lines, at) -> int:
        """Leave out a comment; return where to go on."""
        for end in range(at, len(lines)):
            if "-->" in lines[end].text:
                if lines[end].text.split("-->", 1)[1].strip():
                    raise self.fault(lines[end], "text after a comment belongs on a line of its own.")
                return end + 1
        raise self.fault(lines[at], "this comment has no end in its cell.")

    # ---- inside a line ----

    def inline(self, lines: list[Line]) -> str:
        """Translate roles, links, images and formulas of a paragraph."""
        text = "\n".join(line.text for line in lines)

        def replace(match) -> str:
            line = lines[text.count("\n", 0, match.start())]
            if match["escape"] or match["code"]:
                return match[0]
            if match["role"]:
                return self.role(line, match["role"], " ".join(match["content"].split()))
            if match["comment"]:
                return ""
            if match["math"]:
                return re.sub(r"\s*\n\s*", " ", match["math"])
            if match["link"]:
                return self.link(line, match)
            what = next(name for name in FORBIDDEN if match[name])
            raise self.fault(line, f"{FORBIDDEN[what]}.")

        return INLINE.sub(replace, text)

    def role(self, line: Line, name: str, content: str) -> str:
        """Return the text that stands for a role."""
        try:
            if name == "cite:p":
                return self.references.citations(content)
            if name == "cite:t":
                return self.references.citations_in_text(content)
            if name == "term":
                return self.references.term(content)
            if name == "eq":
                return self.references.equation(content)
        except LookupError as missing:
            raise self.fault(line, missing.args[0]) from None
        raise self.fault(line, f"the role {{{name}}} is not translated; {SUBSET}.")

    def link(self, line: Line, match) -> str:
        """Return a link or an image whose target exists where the notebook is read."""
        target, image = match["target"], bool(match["bang"])
        if match["attributes"]:
            raise self.fault(line, f"attributes such as {match['attributes']} are not translated; {SUBSET}.")
        text = match["text"]
        if image and not text.strip():
            raise self.fault(line, "an image needs a text that says what it shows: ![text](target).")
        if not image:
            text = self.inline([Line(line.number, part) for part in text.split("\n")])
            if not text.strip():
                raise self.fault(line, "a link needs a text in notebooks: [text](target).")
        if not target:
            raise self.fault(line, "this link leads nowhere; write its target between the brackets.")
        try:
            address = self.references.image(target) if image else self.references.link(target)
        except LookupError as missing:
            raise self.fault(line, missing.args[0]) from None
        return f"{match['bang']}[{text}]({address}{match['title'] or ''})" if address else text

    def fault(self, line: Line, sentence: str) -> Fault:
        """Return a fault at a line."""
        return self.source.fault(line.number, sentence)


def equation_labels(source: Source) -> dict[str, int]:
    """Return the labels of a page's equations with their numbers, counted per page as Sphinx does.

    Blocks of code are left out; blocks inside an admonition count, in the order of the page.
    """
    labels: dict[str, int] = {}
    code: str | None = None
    inside = False
    for line in source.lines:
        fence = FENCE.match(line.text)
        if code:
            if fence and not fence["info"].strip() and fence["fence"].startswith(code):
                code = None
            continue
        if fence:
            directive = DIRECTIVE.match(fence["info"].strip())
            if fence["info"].strip() and (directive is None or directive["name"] not in ADMONITIONS):
                code = fence["fence"]
            continue
        stripped = line.text.strip()
        if inside or stripped.startswith("$$"):
            rest = stripped if inside else stripped[2:]
            inside = "$$" not in rest
            if not inside and (label := MATH_LABEL.match(rest.split("$$", 1)[1])):
                if label["name"] in labels:
                    raise source.fault(
                        line.number, f'the equation\'s label "{label["name"]}" stands here twice.'
                    )
                labels[label["name"]] = len(labels) + 1
    return labels


class SitePage(Translator):
    """Keep a page's MyST as it is, but for labels: a second page of the site holds them already."""

    def __init__(self, source: Source, numbers: dict[str, int]):
        super().__init__(source, None)
        self.numbers = numbers

    def number(self, label: str) -> int:
        """Return the number of an equation of this page."""
        return self.numbers[label]

    def admonition(self, opening: Line, directive, body: list[Line]) -> list[str]:
        """Keep an admonition; what stands in it is treated as the page is."""
        options = []
        while body and OPTION.match(body[0].text):
            options.append(body[0].text)
            body = body[1:]
        marks = FENCE.match(opening.text)["fence"]
        return [opening.text.strip(), *options, *self.blocks(body), marks]

    def role(self, line: Line, name: str, content: str) -> str:
        """Keep a role; the number of an equation of this page is written out."""
        if name == "eq" and content in self.numbers:
            return f"({self.numbers[content]})"
        return f"{{{name}}}`{content}`"

    def link(self, line: Line, match) -> str:
        """Keep a link: exercises lie beside solutions, so that it leads to the same place."""
        return match[0]
