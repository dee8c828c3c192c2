"""Every directive, role and link that pages may use, as notebooks get it, and faults for all others."""

import pytest
from myst import SitePage, Translator, equation_labels
from references import Library, References
from settings import Address
from source import Fault, from_text

GITHUB = Address("https://github.com/owner/name", "main", "abc")
BIBLIOGRAPHY = """
@article{cho, author={Cho, Kyunghyun and van Merri{\\"e}nboer, Bart and Gulcehre, Caglar}, title={A},
  year={2014}, doi={10.1/x(1)}, eprint={1406.1078}}
@misc{dey, author={Dey, Rahul and Salem, Fathi}, title={B}, year={2017}, eprint={1701.05923}}
@misc{van, author={van Merri{\\"e}nboer, Bart}, title={C}, year={2015}, url={https://example.org/c}}
@misc{none, author={Jaeger, Herbert}, title={D}, year={2001}}
@misc{undated, author={Jaeger, Herbert}, title={D}}
"""


BANK = """
questions:
- id: held
  page: 01_a
  objective: 1
  asks: Which {term}`gate` keeps?
  options:
    - says: z
      right: true
      why: Yes, as in {cite:t}`none`.
    - says: r
      why: No. See ![it](_static/x.svg), [here](01_a.md#part).
  see: "[b](02_b.md#part)"
"""


@pytest.fixture
def translate(tmp_path):
    (tmp_path / "book/_static").mkdir(parents=True)
    (tmp_path / "book/quiz.yml").write_text(BANK)
    (tmp_path / "book/references.bib").write_text(BIBLIOGRAPHY)
    (tmp_path / "book/_static/x.svg").write_text("<svg/>")
    (tmp_path / "book/glossary.md").write_text("# Glossary\n")
    (tmp_path / "LICENSE").write_text("x")
    targets = {
        "book/01_a.md": "book/01_a.ipynb",
        "book/02_b.md": "book/02_b.ipynb",
        "solutions/01_a.md": "solutions/01_a.ipynb",
        "exercises/01_a.ipynb": "exercises/01_a.ipynb",
    }
    library = Library(tmp_path, targets, {"eq-far": ("book/02_b.md", 3)})

    def run(text, address=None, source="book/01_a.md", notebook="book/01_a.ipynb"):
        page = from_text(text, source)
        references = References(library, source, notebook, address or Address(), equation_labels(page))
        return Translator(page, references).translate(list(page.lines))

    return run


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("note", "Note"),
        ("tip", "Tip"),
        ("important", "Important"),
        ("warning", "Warning"),
        ("seealso", "See also"),
    ],
)
@pytest.mark.parametrize("marks", ["```", ":::"])
def test_an_admonition_becomes_a_block_quote(translate, name, title, marks):
    text = f"before\n\n{marks}{{{name}}}\none\n\ntwo\n{marks}\n\nafter"
    assert translate(text) == f"before\n\n> **{title}**\n>\n> one\n>\n> two\n\nafter"


def test_an_admonition_has_its_own_title_and_its_class_is_dropped(translate):
    text = "```{admonition} What $z$ does\n:class: objectives\n\n- one\n- two\n```"
    assert translate(text) == "> **What $z$ does**\n>\n> - one\n> - two"


def test_a_dropdown_is_folded(translate):
    text = "```{admonition} Hint\n:class: tip dropdown\nLook at z.\n```"
    assert translate(text) == "<details>\n<summary>Hint</summary>\n\nLook at z.\n\n</details>"


def test_blocks_inside_an_admonition_inside_a_list_stay_where_they_are(translate):
    text = (
        "1. one\n   ````{note}\n   ```python\n   {x}`y`\n   ```\n   $$\n   a\n   = b\n   $$\n   ````\n2. two"
    )
    expected = "1. one\n   > **Note**\n   >\n   > ```python\n   > {x}`y`\n   > ```\n   > $$ a = b $$\n2. two"
    assert translate(text) == expected


@pytest.mark.parametrize("names", ["", " held", " 01_a"])
def test_a_quiz_becomes_its_questions_translated_as_the_page_is(translate, names):
    assert translate(f"before\n\n```{{quiz}}{names}\n```\n\nafter") == (
        "before\n\n**Question.** Which [gate](glossary.md) keeps?\n\n- (a) z\n- (b) r\n\n"
        "<details>\n<summary>Answer</summary>\n\n(a) is right.\n\n"
        "- (a) Yes, as in Jaeger (2001).\n- (b) No. See ![it](_static/x.svg), here.\n\n"
        "Look again: [b](02_b.ipynb)\n\n</details>\n\nafter"
    )


@pytest.mark.parametrize(
    ("text", "source", "said"),
    [
        ("```{quiz} far\n```", "book/01_a.md", 'has no question and no page "far"'),
        ("```{quiz}\n```", "book/02_b.md", 'has no question and no page "02_b"'),
        ("```{quiz} held\nheld\n```", "book/01_a.md", "a {quiz} is empty"),
        ("```{quiz} held\n```", "solutions/01_a.md", "stands on pages of book/ only"),
    ],
)
def test_a_quiz_that_cannot_ask_is_a_fault_with_file_and_line(translate, text, source, said):
    with pytest.raises(Fault) as fault:
        translate(f"\n{text}", source=source)
    assert str(fault.value).startswith(f"{source}:2: ")
    assert said in str(fault.value)


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("{cite:p}`cho`", "([Cho et al., 2014](https://doi.org/10.1/x%281%29))"),
        (
            "{cite:p}`dey, van`",
            "([Dey and Salem, 2017](https://arxiv.org/abs/1701.05923); "
            "[van Merriënboer, 2015](https://example.org/c))",
        ),
        ("{cite:t}`none`", "Jaeger (2001)"),
        ("{cite:t}`dey`", "[Dey and Salem (2017)](https://arxiv.org/abs/1701.05923)"),
        ("{term}`gate`", "[gate](glossary.md)"),
        ("{term}`both gates <gate>`", "[both gates](glossary.md)"),
        ("{eq}`eq-far`", "[(3)](02_b.ipynb)"),
    ],
)
def test_roles(translate, role, shown):
    assert translate(f"See {role}, there.") == f"See {shown}, there."


def test_equations_are_numbered_where_they_have_a_label(translate):
    text = "$$ a $$\n\n$$\nb\n+ c\n$$ (eq-b)\n\n$$ d $$ (eq-d)\n\nBy {eq}`eq-d` and {eq}`eq-b`."
    assert translate(text) == "$$ a $$\n\n$$ b + c \\tag{1} $$\n\n$$ d \\tag{2} $$\n\nBy (2) and (1)."


@pytest.mark.parametrize(
    ("link", "local", "github"),
    [
        ("[b](02_b.md)", "[b](02_b.ipynb)", "[b](https://github.com/owner/name/blob/main/book/02_b.ipynb)"),
        (
            "[b](02_b.md#part)",
            "[b](02_b.ipynb)",
            "[b](https://github.com/owner/name/blob/main/book/02_b.ipynb)",
        ),
        (
            "[`e` of {cite:t}`none`](../exercises/01_a.ipynb)",
            "[`e` of Jaeger (2001)](../exercises/01_a.ipynb)",
            "[`e` of Jaeger (2001)](https://github.com/owner/name/blob/main/exercises/01_a.ipynb)",
        ),
        ("[l](../LICENSE)", "[l](../LICENSE)", "[l](https://github.com/owner/name/blob/main/LICENSE)"),
        ("[here](#part)", "here", "here"),
        ("[here](01_a.md#part)", "here", "here"),
        ("[`not in [0, 9)`](#not-in-0-9) or [`]`](#x)", "`not in [0, 9)` or `]`", "`not in [0, 9)` or `]`"),
        ("[out](https://example.org)", "[out](https://example.org)", "[out](https://example.org)"),
        (
            '![A gate](_static/x.svg "title")',
            '![A gate](_static/x.svg "title")',
            "![A gate](https://raw.githubusercontent.com/owner/name/main/book/_static/x.svg?sanitize=true "
            '"title")',
        ),
    ],
)
def test_links_and_images_lead_to_what_exists(translate, link, local, github):
    assert translate(f"Go {link}.") == f"Go {local}."
    assert translate(f"Go {link}.", GITHUB) == f"Go {github}."


def test_a_link_is_seen_from_the_folder_of_the_notebook(translate):
    text = "[b](../book/02_b.md) ![x](../book/_static/x.svg) {term}`gate`"
    expected = "[b](../book/02_b.ipynb) ![x](../book/_static/x.svg) [gate](../book/glossary.md)"
    assert translate(text, source="solutions/01_a.md", notebook="exercises/01_a.ipynb") == expected


@pytest.mark.parametrize(
    "text",
    [
        "`{role}` and ``{x}`y` `` stay",
        "```python\n{cite:p}`cho`\n[a](nowhere.md)\n```",
        "~~~\n$$\n~~~",
        r"\{x}\`y\` costs \$5, and \[a](b.md)",
        "a formula $a_{b} = {c}$ and *b*",
        "<details><summary>Answer</summary>\n\nYes, $x$.\n\n</details>",
        "| a | b |\n|---|---|\n| $z$ | 1 |",
        "a [bracket] and x[0]",
    ],
)
def test_what_jupyter_knows_stays_as_it_is(translate, text):
    assert translate(text) == text


def test_comments_and_labels_vanish_and_a_broken_formula_is_joined(translate):
    text = "(here)=\n# Title\n\n<!-- one\ntwo {x}`y` -->\nA <!-- three -->$a +\n  b$ b."
    assert translate(text) == "# Title\n\nA $a + b$ b."
    assert translate("one\n\n<!-- x -->\n\ntwo\n\n```\na\n\n\nb\n```") == "one\n\ntwo\n\n```\na\n\n\nb\n```"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("```{figure} x.svg\n```", "the directive {figure} is not translated"),
        (":::{toctree}\n:::", "the directive {toctree} is not translated"),
        ("```{code-cell} ipython3\n1\n```", "the directive {code-cell} is not translated"),
        ("````{note}\n```{image} x\n```\n````", "the directive {image} is not translated"),
        (":::\ntext\n:::", "a block of colons without a directive"),
        ("```{note}\n:name: x\ntext\n```", 'the option "name" of {note}'),
        ("```{note}\n---\nclass: x\n---\ntext\n```", "as :class: …"),
        ("```{note} Title\ntext\n```", "{note} takes no title"),
        ("```{admonition}\ntext\n```", "an admonition needs a title"),
        ("```{note}\n```", "this {note} is empty"),
        ("```{note}\ntext", "has no closing `"),
        ("```{admonition} The `z`\ntext\n```", "can hold no further backtick"),
        ("see {ref}`x`", "the role {ref} is not translated"),
        ("see {doc}`x`", "the role {doc} is not translated"),
        ("a **bold {numref}`x`**", "the role {numref} is not translated"),
        ("{cite:p}`nobody`", 'there is no paper "nobody"'),
        ("{cite:p}`undated`", "needs author and year"),
        ("{eq}`eq-none`", 'no equation with the label "eq-none"'),
        ("[x](nowhere.md)", '"nowhere.md" leads to book/nowhere.md, which does not exist'),
        ("![x](nowhere.svg)", "book/nowhere.svg, which does not exist"),
        ("[x](../../out.md)", "leads out of the repository"),
        ("[x](/etc/hosts)", "leads out of the repository"),
        ("[x]()", "this link leads nowhere"),
        ("[](02_b.md)", "a link needs a text"),
        ("![](_static/x.svg)", "an image needs a text"),
        ("![x](_static/x.svg){width=50%}", "attributes such as {width=50%}"),
        ("{.class}\ntext", "attributes such as {.class}"),
        ("[text][x]", "a link by reference"),
        ("[x]: 02_b.md", "a link by reference"),
        ("a note[^1]", "a footnote is not translated"),
        ("a {{ value }}", "a substitution is not translated"),
        ("% comment", "a comment with %"),
        ('<img src="_static/x.svg">', "raw HTML with an address"),
        ("<summary>{term}`gate`</summary>", "is not read inside HTML"),
        ("<details><summary>A $z$</summary>", "is not read inside HTML"),
        ("$$\na\n\nb\n$$", "has no closing $$"),
        ("$$ a $$ and so on", "only a label in brackets may follow"),
        ("$$ a % b $$", "a % in an equation"),
        ("$$ \\begin{align} a \\end{align} $$ (eq-a)", "uses aligned or gathered"),
        ("<!-- open", "this comment has no end"),
        ("<!-- one --> two", "text after a comment"),
    ],
)
def test_anything_else_stops_with_file_and_line(translate, text, sentence):
    with pytest.raises(Fault) as caught:
        translate(f"# Title\n\nSome text.\n\n{text}\n")
    message = str(caught.value)
    places = {f"book/01_a.md:{5 + number}:" for number in range(len(text.splitlines()))}
    assert message.split(" ", 1)[0] in places
    assert sentence in message
    assert "\n" not in message


def test_a_fault_names_the_line_in_a_paragraph(translate):
    with pytest.raises(Fault, match=r"^book/01_a\.md:4: the role \{ref\}"):
        translate("# Title\n\none\ntwo {ref}`x`\nthree\n")


def test_an_equation_label_twice_is_a_fault():
    with pytest.raises(Fault, match=r"^page:3: .*\"eq-a\" stands here twice"):
        equation_labels(from_text("$$ a $$ (eq-a)\n\n$$ b $$ (eq-a)\n", "page"))


def test_the_site_keeps_myst_but_for_labels():
    text = (
        "(top)=\n# Title\n\n````{admonition} Do\n:class: tip\n{eq}`eq-a` and {eq}`eq-far`, {term}`gate`.\n"
        "````\n\n$$ a $$ (eq-a)\n\n[b](02_b.md) ![x](_static/x.svg) {cite:p}`cho`"
    )
    page = from_text(text, "page")
    shown = SitePage(page, equation_labels(page)).translate(list(page.lines))
    expected = (
        text.removeprefix("(top)=\n").replace("{eq}`eq-a`", "(1)").replace("a $$ (eq-a)", "a \\tag{1} $$")
    )
    assert shown == expected
