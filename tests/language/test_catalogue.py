"""The catalogue tool, on catalogues and code written into a folder of the test."""

from __future__ import annotations

import gettext
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartstart.language.catalogue import check, places, po
from smartstart.language.catalogue.__main__ import compile_all, extract_all, main

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0\4\r"), min_size=1, max_size=40)
HEAD = po.write([po.Entry("", texts=[po.HEADER])])


@pytest.fixture
def house(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write one file of a small package; answer the package."""
    root = tmp_path / "smartstart"
    root.mkdir()

    def put(path: str, text: str) -> Path:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
        return root

    return put


def told(root: Path) -> list[tuple[str, str, str]]:
    return [
        (fault.path.relative_to(root).as_posix(), fault.kind, fault.text)
        for fault in check.faults(root)
    ]


@given(st.lists(st.tuples(TEXT, TEXT), max_size=6, unique_by=lambda pair: pair[0]))
def test_what_is_written_is_read_back_and_found_by_gettext(pairs: list[tuple[str, str]]) -> None:
    entries = [po.Entry(msgid, texts=[text]) for msgid, text in pairs]

    read = po.parse(po.write(entries))
    assert [(entry.msgid, entry.texts) for entry in read] == [(m, [t]) for m, t in pairs]
    translations = gettext.GNUTranslations(io.BytesIO(po.compiled(read)))
    assert [translations.gettext(msgid) for msgid, _text in pairs] == [t for _m, t in pairs]


def test_an_entry_of_every_form_comes_back_as_it_was() -> None:
    entries = [
        po.Entry("", texts=[po.HEADER]),
        po.Entry("a", "in a list", "many", ["één", "twee\nregels"], ["#. for a reader", "#: x.py"]),
        po.Entry("b", None, "more", ["", ""]),
        po.Entry('say "no" \\ yes\n', None, None, ["zeg\t“nee”\n"], ["#, fuzzy"]),
    ]

    read = po.parse(po.write(entries))
    assert [(e.msgid, e.context, e.plural, e.texts, e.comments) for e in read] == [
        (e.msgid, e.context, e.plural, e.texts, e.comments) for e in entries
    ]
    assert [e.is_translated for e in read] == [True, True, False, True]
    assert [e.is_fuzzy for e in read] == [False, False, False, True]


def test_a_plural_may_leave_its_number_out_of_one_and_not_out_of_many() -> None:
    def same(*texts: str) -> bool:
        return check.same_placeholders(po.Entry("one day", None, "%(n)s days", list(texts)))

    assert same("één dag", "%(n)s dagen")
    assert same("%(n)s dag", "%(n)s dagen")
    assert not same("één dag", "veel dagen")
    assert not same("één dag %(x)s", "%(n)s dagen")
    assert check.same_placeholders(po.Entry("50 %% of {all}", texts=["50 %% van {all}"]))
    assert not check.same_placeholders(po.Entry("{all} days", texts=["{alle} dagen"]))


def test_a_text_that_stands_twice_in_one_catalogue_is_told(
    house: Callable[[str, str], Path],
) -> None:
    house("voices/errors.py", '_("a")\n')
    own = "voices/locale/nl/LC_MESSAGES/django.po"
    root = house(own, HEAD + '\nmsgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "b"\n')

    assert told(root) == [(own, "stands twice", "a")]


def test_a_text_of_a_library_is_not_unused(house: Callable[[str, str], Path]) -> None:
    own = "voices/locale/nl/LC_MESSAGES/django.po"
    entries = '\n#. of a library\nmsgid "Sign In"\nmsgstr "a"\n\nmsgid "Other"\nmsgstr "b"\n'
    root = house(own, HEAD + entries)

    assert told(root) == [(own, "used nowhere", "Other")]


def test_plurals_and_contexts_are_found_by_gettext_and_guesses_are_not() -> None:
    entries = po.parse(
        HEAD + '\nmsgid "one day"\nmsgid_plural "%(n)s days"\n'
        'msgstr[0] "een dag"\nmsgstr[1] "%(n)s dagen"\n'
        'msgctxt "month"\nmsgid "May"\nmsgstr "mei"\n\n#, fuzzy\nmsgid "house"\nmsgstr "huls"\n'
    )
    translations = gettext.GNUTranslations(io.BytesIO(po.compiled(entries)))

    assert [translations.ngettext("one day", "%(n)s days", n) for n in (0, 1, 2)] == [
        "%(n)s dagen",
        "een dag",
        "%(n)s dagen",
    ]
    assert translations.pgettext("month", "May") == "mei"
    assert translations.gettext("house") == "house"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('msgid "a"\nmsgstr "b', 2),
        ('"loose"', 1),
        ('msgid "a"\nmsgwhat "b"', 2),
        ('msgid "a"\nmsgstr "b"\nmsgstr "c"', 3),
        ('msgstr "b"\n', 1),
        ("msgid 'a'", 1),
    ],
)
def test_a_broken_catalogue_names_its_line(text: str, line: int) -> None:
    with pytest.raises(po.BrokenCatalogueError, match=f"^line {line}:"):
        po.parse(text)


def test_every_way_of_asking_is_found(house: Callable[[str, str], Path]) -> None:
    house(
        "voices/errors.py",
        "from django.utils.translation import gettext_lazy as _, ngettext, pgettext\n"
        'a = _("one " "text")\nb = ngettext("%d day", "%d days", 2)\n'
        'c = pgettext("month", "May")\nd = _(a)\n',
    )
    root = house(
        "web/templates/voices/list.html",
        "{% load i18n %}{% translate 'say \"no\"' %}\n"
        '{% include "x.html" with label=_("label") only %}{{ a|default:_("none") }}\n'
        "{% blocktranslate trimmed count n=a.n %}\n  {{ n }} voice\n{% plural %}\n"
        "  {{ n }} voices\n{% endblocktranslate %}{% translate 'May' context 'month' %}"
        "{% blocktranslate %}50 % done{% endblocktranslate %}{# _('not this') #}",
    )

    asked = {key: messages[0].plural for key, messages in check.wanted(root).items()}
    assert asked == {
        (None, "one text"): None,
        (None, "%d day"): "%d days",
        ("month", "May"): None,
        (None, 'say "no"'): None,
        (None, "label"): None,
        (None, "none"): None,
        (None, "%(n)s voice"): "%(n)s voices",
        (None, "50 %% done"): None,
    }


def test_each_fault_is_told_with_its_place(house: Callable[[str, str], Path]) -> None:
    house("voices/errors.py", '_("new")\n_("here %(who)s")\n_("both")\n_("guess")\n_("empty")\n')
    house("voices/queries.py", 'ngettext("one", "more", 2)\n')
    house(
        "voices/locale/nl/LC_MESSAGES/django.po",
        HEAD + '\nmsgid "here %(who)s"\nmsgstr "hier %(wie)s"\n\nmsgid "both"\nmsgstr "beide"\n\n'
        '#, fuzzy\nmsgid "guess"\nmsgstr "gok"\n\nmsgid "empty"\nmsgstr ""\n\n'
        'msgid "old"\nmsgstr "oud"\n\nmsgid "one"\nmsgstr "een"\n',
    )
    root = house(
        "web/locale_look/nl/LC_MESSAGES/django.po", HEAD + '\nmsgid "both"\nmsgstr "allebei"\n'
    )

    own = "voices/locale/nl/LC_MESSAGES/django.po"
    assert told(root) == [
        ("voices/errors.py", "not in a catalogue", "new"),
        (own, "other placeholders than the source", "here %(who)s"),
        (own, "marked as a guess (fuzzy)", "guess"),
        (own, "has no Dutch text", "empty"),
        (own, "used nowhere", "old"),
        ("voices/queries.py", "its plural is not in the catalogue", "one"),
        (
            "web/locale_look/nl/LC_MESSAGES/django.po",
            "translated otherwise in voices/locale",
            "both",
        ),
    ]
    assert main(["check", "--root", str(root)]) == 1


def test_extract_puts_each_text_in_the_catalogue_of_its_room(
    house: Callable[[str, str], Path],
) -> None:
    house("voices/errors.py", '_("refused")\n')
    house("web/voices/views.py", '_("saved")\n_("refused")\n')
    house("web/templates/voices/list.html", '{% translate "voices" %}')
    house("web/templates/account/login.html", '{% translate "sign in" %}')
    house("web/templates/base.html", '{% translate "menu" %}')
    house("web/templates/components/card.html", '{% translate "card" %}')
    root = house("web/middleware.py", '_("wait")\n')

    assert extract_all(root) == 7
    assert extract_all(root) == 0
    assert {
        path.relative_to(root).as_posix().split("/nl/")[0]: sorted(entry.msgid for entry in entries)
        for path, entries in check.read_all(root).items()
    } == {
        "voices/locale": ["refused"],
        "web/locale_voices": ["saved", "voices"],
        "web/locale_people": ["sign in"],
        "web/locale_look": ["card", "menu"],
        "web/locale_web": ["wait"],
    }
    assert {kind for _path, kind, _text in told(root)} == {"has no Dutch text"}


def test_compiling_twice_writes_once(house: Callable[[str, str], Path]) -> None:
    root = house("base/locale/nl/LC_MESSAGES/django.po", HEAD + '\nmsgid "a"\nmsgstr "b"\n')
    target = root / "base/locale/nl/LC_MESSAGES/django.mo"

    assert compile_all(root) == [target]
    assert compile_all(root) == []
    assert [path.name for path in target.parent.iterdir()] == ["django.po", "django.mo"] or [
        path.name for path in target.parent.iterdir()
    ] == ["django.mo", "django.po"]
    with target.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("a") == "b"


def test_look_files_are_told_from_room_files() -> None:
    root = Path("smartstart")
    assert [
        places.catalogue_for(root, root / path).parts[-4]
        for path in (
            "web/templates/base.html",
            "web/templates/404.html",
            "web/templates/errors/refusal.html",
            "web/templates/programme/pilot.html",
            "web/templates/voices/parts/line.html",
            "web/programme/forms.py",
            "web/templatetags/look.py",
            "config/settings.py",
        )
    ] == [
        "locale_look",
        "locale_look",
        "locale_look",
        "locale_programme",
        "locale_voices",
        "locale_programme",
        "locale_web",
        "locale",
    ]


def test_only_one_room_is_told_and_filled(house: Callable[[str, str], Path]) -> None:
    house("voices/errors.py", '_("refused")\n')
    root = house("thread/errors.py", '_("broken")\n')

    assert extract_all(root, only="voices/") == 1
    assert [path.relative_to(root).parts[0] for path in places.catalogues(root)] == ["voices"]
    assert main(["check", "--root", str(root), "--only", "base/"]) == 0
    assert main(["check", "--root", str(root), "--only", "thread/"]) == 1
