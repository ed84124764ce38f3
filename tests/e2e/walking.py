"""Walking through the house: which pages there are, found by following links as each person.

``walk`` reads pages without drawing them; the tests draw what it found. A page no link leads to
(it asks for a state, or hides behind a form) stands in ``BY_HAND``; a page another test looks at
stands in ``ELSEWHERE`` with that test. Whatever is left must be an address one can only press.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final
from uuid import UUID

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse
from playwright.sync_api import APIRequestContext, APIResponse, Browser

VISITOR: Final = "visitor"
PEOPLE: Final = (
    *(VISITOR, "anouk", "yara", "omar", "karin", "els", "willem"),
    *("hatice", "fatima", "joost", "lin"),
    *("dennis", "noor", "ria", "naima", "esra"),
)
# So many addresses of one name are read per person, and by so many people.
READ: Final = 3
READERS: Final = 4
READ_MORE: Final = {"thread:knot": 10}  # the quotes come first, and have fewer ways on
A_PERSONS_PACE: Final = 3.2  # seconds; who is faster is asked again

BY_HAND: Final[tuple[tuple[str, str], ...]] = (
    (VISITOR, "/plain/"),
    (VISITOR, "/example/"),
    (VISITOR, "/account/organisation/stopped/"),
    (VISITOR, "/my-story/"),
    ("els", "/people/second-key/"),
    ("els", "/people/restores/"),
    ("omar", "/interviews/1/text/"),
    ("omar", "/interviews/2/text/"),
    ("yara", "/desk/voedselbank/stand/"),
    ("karin", "/words/proposals/"),
    (VISITOR, "/invited/"),
    (VISITOR, "/my-request/"),
    ("fatima", "/decisions/"),
    (VISITOR, "/board/"),
    ("omar", "/sessions/2/attendance/let-in/"),
)

# Pages that ask for a state or a key: the test that brings them there looks at them.
SIGN_IN_PAGES: Final = "tests/e2e/test_sign_in_pages.py"
SIGN_IN: Final = "tests/e2e/test_sign_in.py"
BOARD: Final = "tests/e2e/test_board.py"
ELSEWHERE: Final[dict[str, str]] = {
    "gallery:index": "tests/web/test_gallery_browser.py",
    "gallery:turned": "tests/web/test_gallery_browser.py",
    "gallery:frame": "tests/web/test_gallery_browser.py",
    "gallery:error": "tests/web/test_gallery_browser.py",
    "design_boards:group": BOARD,
    "design_boards:join_with": BOARD,
    "design_boards:phone": BOARD,
    "design_boards:screen": BOARD,
    "account_change_password": SIGN_IN_PAGES,
    "account_reauthenticate": SIGN_IN_PAGES,
    "mfa_authenticate": SIGN_IN_PAGES,
    "mfa_deactivate_totp": SIGN_IN_PAGES,
    "mfa_generate_recovery_codes": SIGN_IN_PAGES,
    "mfa_list_webauthn": SIGN_IN_PAGES,
    "mfa_reauthenticate": SIGN_IN_PAGES,
    "people:position": SIGN_IN_PAGES,
    "people:unlock": SIGN_IN_PAGES,
    "people:unsent": SIGN_IN,
    "mfa_reauthenticate_webauthn": SIGN_IN_PAGES,
    "mfa_view_recovery_codes": SIGN_IN,
    "voices:names": "tests/e2e/test_main_job.py",
    "thread:gap": "tests/e2e/test_thread.py",
    "thread:new_insight": "tests/e2e/test_thread.py",
    **dict.fromkeys(
        (
            "findings:guest_card",
            "findings:persona",
            "story:correct",
            "story:own_card",
            "story:thought",
            "story:thought_say",
            "story:thought_take_back",
            "voices:letter",
        ),
        "tests/web/test_findings.py",
    ),
    "consult:answer": "tests/e2e/test_consult.py",
    "consult:bring": "tests/circle/test_from_consult.py",
    "consult:check": "tests/e2e/test_consult.py",
    "consult:draw_in": "tests/e2e/test_consult.py",
    "consult:give": "tests/e2e/test_consult.py",
    "consult:mine": "tests/e2e/test_consult.py",
    "consult:send": "tests/e2e/test_consult.py",
    "consult:teach": "tests/web/test_consult_profile.py",
    "post:link": "tests/circle/test_mail.py",
    "post:confirm": "tests/post/test_confirmed_addresses.py",
    "circle:part_correct": "tests/web/test_circle_beside.py",
    "circle:request_rest": "tests/circle/test_mentions.py",
    "circle:strain_seen": "tests/circle/test_strain.py",
    "circle:stopped": "tests/e2e/test_circle_family.py",
    "circle:waiting": "tests/web/test_circle_family.py",
    "circle:answer": "tests/e2e/test_circle_question.py",
    "circle:kept_decline": "tests/web/test_circle_withheld.py",
    "circle:kept_entry": "tests/web/test_circle_withheld.py",
    "circle:kept_look_again": "tests/web/test_circle_withheld.py",
    "circle:kept_one": "tests/web/test_circle_withheld.py",
    "circle:kept_open": "tests/web/test_circle_withheld.py",
    "circle:kept_write": "tests/web/test_circle_withheld.py",
    "circle:meeting": "tests/web/test_circle_meetings.py",
    "circle:meeting_minutes": "tests/web/test_circle_meetings.py",
    "circle:request": "tests/web/test_circle_rights.py",
    "circle:request_answer": "tests/web/test_circle_rights.py",
    "circle:request_longer": "tests/web/test_circle_rights.py",
    "circle:said": "tests/web/test_circle_child.py",
    "library:decide": "tests/web/test_library.py",
    "library:reported": "tests/web/test_library.py",
    "library:write": "tests/web/test_library.py",
    "circle:after_ask": "tests/web/test_circle_deciding.py",
    "circle:authority_ended": "tests/web/test_circle_deciding.py",
    "circle:authority_saw": "tests/web/test_circle_deciding.py",
    "circle:authority_work": "tests/web/test_circle_deciding.py",
    "circle:basis_end": "tests/web/test_circle_deciding.py",
    "circle:decision": "tests/web/test_circle_guardian.py",
    "circle:kept_another": "tests/web/test_circle_withheld.py",
    "circle:kept_second": "tests/web/test_circle_withheld.py",
    "circle:left": "tests/web/test_circle_deciding.py",
    "circle:left_decide": "tests/web/test_circle_deciding.py",
    "circle:must": "tests/web/test_circle_guardian.py",
    "circle:refuse": "tests/web/test_circle_deciding.py",
    "circle:rest_ends": "tests/web/test_circle_deciding.py",
}
# Addresses for the browser itself or for another house: there is no page to look at.
NO_PAGE: Final[dict[str, str]] = {
    "post:notices_worker": "a script that a browser keeps; see tests/post/test_push.py",
    "post:waits": "sends on to one's own page; see tests/post/test_push.py",
    "circle:file": "a file to keep; see test_circle_files.py",
    "circle:all_files": "a file to keep, where there are files; see test_circle_files.py",
    "design_boards:photo": "a photo; see tests/design/test_board_photos.py",
    "story:thought_calendar": "a date to keep; see tests/web/test_findings.py",
    "circle:file_shown": "a drawing or a voice within a page; see test_circle_files.py",
    "circle:meeting_calendar": "a file for a calendar; see test_circle_meetings.py",
    "design_boards:export": "a file to keep; see tests/web/test_boards.py",
    "design_boards:news": "answers script in JSON; see tests/web/test_boards.py",
    "design:calendar": "a file for a calendar; see test_design_session.py",
    "account_logout": "sends on; signing out is pressed at people:sign_out",
    "mfa_login_webauthn": "answers the browser's own passkey dialogue in JSON",
    "mfa_remove_webauthn": "asks for a passkey of one's own; nobody in the example has one",
    "openid_connect_login": "sends on to another house",
    "openid_connect_callback": "comes back from another house",
    "socialaccount_connections": "exists when another house is set up",
    "socialaccount_login_error": "shown when another house refuses; see test_people_outside.py",
    "set_language": "sends back",
}


@dataclass(frozen=True, order=True)
class Stop:
    """One page as one person reaches it."""

    name: str
    person: str
    path: str


@dataclass
class Walk:
    """What a walk found: pages that answer, pages that do not, and their words."""

    stops: list[Stop] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    words: dict[Stop, str] = field(default_factory=dict)
    asked: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def drawn(self, room: str, *, most: int) -> list[Stop]:
        """The pages of a room to draw: ``most`` addresses of a name, each by another person."""
        chosen: dict[str, list[Stop]] = defaultdict(list)
        for stop in sorted(self.stops, key=lambda stop: -len(self.words[stop])):
            there = chosen[stop.name]
            known = {other.path for other in there} | {other.person for other in there}
            if len(there) < most and not known & {stop.path, stop.person}:
                there.append(stop)
        return [stop for name, stops in chosen.items() if room_of(name) == room for stop in stops]


def names() -> list[str]:
    """The name of every address of the house."""
    return sorted(set(_names(get_resolver().url_patterns, "")))


def _names(patterns: list[Any], space: str) -> Iterator[str]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from _names(entry.url_patterns, space + _space(entry))
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}"


def _space(entry: URLResolver) -> str:
    return f"{entry.namespace}:" if entry.namespace else ""


def room_of(name: str) -> str:
    return name.split(":")[0] if ":" in name else "account"


def enter_by_request(browser: Browser, address: str, person: str) -> tuple[APIRequestContext, str]:
    """A reader of pages without a window, stepped in as somebody, and where that one begins."""
    inside = browser.new_context(base_url=address, locale="nl-NL").request
    page = inside.get("/example/").text()
    path = "/example/public/" if person == VISITOR else "/example/step-in/"
    return inside, press(inside, path, page, person=person).url.removeprefix(address)


def press(inside: APIRequestContext, path: str, page: str, **words: str) -> APIResponse:
    """Send a form of a page."""
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token, f"no form on the page before {path}"
    form: Any = {"csrfmiddlewaretoken": token[1], **words}
    return inside.post(path, form=form, headers={"Referer": inside.get("/example/").url})


def walk(browser: Browser, address: str) -> Walk:
    """Follow every link as every person, once somebody proposed a pilot."""
    found = Walk()
    for person in PEOPLE:
        inside, begins = enter_by_request(browser, address, person)
        first = [begins, "/", *(path for who, path in BY_HAND if who == person)]
        if person == VISITOR:
            first.append(propose(inside).removeprefix(address))
        _follow(inside, person, first, found)
        inside.dispose()
    return found


def propose(inside: APIRequestContext) -> str:
    """Propose a pilot, so that one waits; return the page that says what happens next."""
    page = inside.get("/pilots/propose/").text()
    asked = inside.get("/pilots/propose/").url
    inputs = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    inputs.pop("csrfmiddlewaretoken", None)
    words = {**inputs, "sees": "Kinderen komen zonder ontbijt op school."}
    time.sleep(A_PERSONS_PACE)
    answer = press(inside, asked, page, **words)
    assert answer.ok, answer.text()
    return answer.url


def _follow(inside: APIRequestContext, person: str, first: list[str], found: Walk) -> None:
    to_do, seen, times = list(first), set[str](), defaultdict[str, int](int)
    while to_do:
        path = to_do.pop(0)
        name = name_of(path)
        if path in seen or name is None or name in ELSEWHERE:
            continue
        if times[name] >= READ_MORE.get(name, READ):
            continue
        if path not in first and len(found.asked[name] - {person}) >= READERS:
            continue
        seen.add(path)
        times[name] += 1
        to_do += _links(inside, Stop(name, person, path), found)


def _links(inside: APIRequestContext, stop: Stop, found: Walk) -> list[str]:
    """Read one page, keep what it is, and return the addresses it leads to."""
    answer = inside.get(stop.path)
    found.asked[stop.name].add(stop.person)
    if answer.status != 200:
        found.broken.append(f"{stop} answers {answer.status}")
        return []
    if "text/html" not in answer.headers["content-type"]:
        return []
    words = answer.text()
    arrived = name_of(re.sub(r"^https?://[^/]+", "", answer.url)) or stop.name
    there = Stop(arrived, stop.person, stop.path)
    found.stops.append(there)
    found.words[there] = words
    return [link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"#]*)', words)]


def name_of(path: str) -> str | None:
    try:
        return resolve(path.split("?")[0]).view_name
    except Resolver404:
        return None


def can_only_be_pressed(looking: list[APIRequestContext], name: str) -> bool:
    """Whether an address says to one of these, who only look, that it wants a press."""
    path = _anywhere(name)
    return any(inside.get(path, max_redirects=0).status == 405 for inside in looking)


def _anywhere(name: str) -> str:
    """An address of this name, with nothing behind its words."""
    for words in _words(get_resolver().url_patterns, "", name):
        return reverse(name, kwargs=words)
    raise AssertionError(name)


def _words(patterns: list[Any], space: str, name: str) -> Iterator[dict[str, Any]]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from _words(entry.url_patterns, space + _space(entry), name)
        elif f"{space}{entry.name}" == name:
            values = {"IntConverter": 987_654, "UUIDConverter": UUID(int=7)}
            yield {
                word: values.get(type(converter).__name__, "nowhere")
                for word, converter in entry.pattern.converters.items()
            }


class Outline(HTMLParser):
    """The language, title, number of headings and words of a page, but those marked as English."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.language, self.title, self.headings = "", "", 0
        self.words: list[str] = []
        self._inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "html":
            self.language = named.get("lang") or ""
        self.headings += tag == "h1"
        if tag in {"title", "script", "style"} or (tag != "html" and named.get("lang")):
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    @property
    def is_for_the_family(self) -> bool:
        """Whether the page stands in the neutral frame, which does not tell what site this is."""
        return "Smart Start" not in self.title

    def handle_data(self, data: str) -> None:
        where = self._inside[-1] if self._inside else ""
        if where == "title":
            self.title += data.strip()
        elif not where and data.strip():
            self.words.append(data.strip())
