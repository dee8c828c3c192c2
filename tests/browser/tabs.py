"""Tabs of one browser that go from test to test, with a watch over what goes wrong in them.

A tab that has shown a page of the site shows the next one in less than half the processor's time that a new
tab takes: it has started already, and has compiled the scripts that all pages share. Each tab has a profile
of its own, and nothing that a page has stored there stays.
"""

from urllib.parse import urlsplit

from playwright.sync_api import Error

TIMEOUT = 30_000  # milliseconds
# what every site may ask for without asking anybody
NEAR = ("blob:", "data:")


def turn(page, scheme: str):
    """Have the machine's colours become ``light`` or ``dark``, and wait until the page follows."""
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function("scheme => document.documentElement.dataset.theme === scheme", arg=scheme)


class Tab:
    """A page in a profile of its own; what goes wrong there is added to ``problems`` in a sentence."""

    def __init__(self, browser, problems: list[str], options: dict):
        self.problems = problems
        self.inside, self.sockets = "", ()
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        # whoever asks for something outside gets no answer (tools/browser.py), and is named here
        self.context.on("request", lambda request: self.check("asked for", request.url, self.inside, *NEAR))
        # what no request shows: a worker that stays, a socket, another window
        self.context.on("serviceworker", lambda worker: self.note(f"left {worker.url}"))
        self.page.on("websocket", lambda socket: self.check("opened", socket.url, *self.sockets))
        self.page.on("popup", lambda window: self.note(f"opened {window.url}"))
        self.page.on("console", lambda line: line.type in ("error", "warning") and self.note(line.text))
        self.page.on("pageerror", lambda error: self.note(str(error)))
        self.page.on("requestfailed", self.note_failure)
        self.page.on("response", lambda answer: answer.status >= 400 and self.note(f"missing: {answer.url}"))

    def note(self, problem: str):
        """Add a sentence to what fails the test that holds the tab."""
        self.problems.append(problem)

    def check(self, what: str, address: str, *allowed: str):
        """Note an address, unless it begins as one that is allowed."""
        if not address.startswith(allowed):
            self.note(f"{what} {address}")

    def note_failure(self, request):
        """Note a request that failed, unless the page was left before it was answered."""
        if request.failure != "net::ERR_ABORTED":
            self.note(f"failed: {request.url} ({request.failure})")

    def show(self, address: str, inside: str, sockets: tuple, size: dict, media: dict):
        """Open an address; ``inside`` begins all that it may ask for, ``sockets`` what it may keep open."""
        self.inside, self.sockets = inside, sockets
        self.page.set_default_timeout(TIMEOUT)
        self.page.set_viewport_size(size)
        self.page.emulate_media(media="null", **media)
        self.page.goto(address, wait_until="load")

    def leave(self) -> bool:
        """Forget the page and all that it has stored; return whether the tab can be used again."""
        try:
            self.page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
            self.context.clear_cookies()
            self.page.mouse.move(0, 0)
            self.page.goto("about:blank")
        except Error:
            return False
        return len(self.context.pages) == 1


class Tabs:
    """The tabs of one browser: those that a test holds, and those that are free again."""

    def __init__(self, browser):
        self.browser = browser
        self.problems = []
        self.held = []
        self.free = {}

    def open(self, address, inside, *, sockets=(), width=1280, height=900, fresh=False, **options):
        """Open an address in a tab that no test holds and return its page.

        ``sockets``: how the addresses of sockets begin that the page may open; a page of the site opens none.
        ``fresh``: a tab of its own, for a test that changes more than a page (scripts that run before it).
        Options go to the profile (``has_touch``, ``java_script_enabled``) or say what a page is shown with.
        """
        media = {
            "color_scheme": options.pop("color_scheme", "light"),
            "reduced_motion": options.pop("reduced_motion", "no-preference"),
        }
        key = None if fresh else (urlsplit(inside).scheme, repr(sorted(options.items())))
        tab = self.free[key].pop() if self.free.get(key) else Tab(self.browser, self.problems, options)
        self.held.append((key, tab))
        tab.show(address, inside, sockets, {"width": width, "height": height}, media)
        return tab.page

    def leave(self):
        """Take back the tabs that a test has held."""
        while self.held:
            key, tab = self.held.pop()
            if key and tab.leave():
                self.free.setdefault(key, []).append(tab)
            else:
                tab.context.close()
