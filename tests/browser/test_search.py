"""The site's own search finds each term of the glossary, over HTTP and from disk."""

from markup import ids_of

# asks as the page does when it opens, and waits until it says that it has finished
ASK = """async (term) => {
    const place = document.getElementById("search-results");
    place.replaceChildren();
    Search.performSearch(term);
    while (document.querySelector("#search-results > h2")?.textContent !== "Search Results")
        await new Promise(resolve => setTimeout(resolve, 5));
    return [...place.querySelectorAll("li a")].map(link => link.getAttribute("href"));
}"""
TERMS = """() => [...document.querySelectorAll("dl.glossary dt")].map(
    term => [term.id, term.firstChild.textContent.trim()]
)"""


def test_the_search_finds_every_term_of_the_glossary(visit, site, home):
    page = visit(home + "book/glossary.html", home)
    terms = page.evaluate(TERMS)
    assert {name for name, _ in terms} == {
        name for name in ids_of(site / "book/glossary.html") if "term-" in name
    }
    # the first as a reader asks, the others on the same page
    page.goto(f"{home}search.html?q={terms[0][1]}", wait_until="load")
    page.locator(f"#search-results li a[href$='#{terms[0][0]}']").wait_for()
    lost = [term for name, term in terms if f"book/glossary.html#{name}" not in page.evaluate(ASK, term)]
    assert lost == []


def test_the_search_says_so_when_it_finds_nothing(visit, home):
    page = visit(home + "search.html?q=zyzzyva", home)
    page.get_by_text("did not match any documents").wait_for()
