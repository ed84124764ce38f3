"""Where sentences begin and end in Dutch text, for coding without a mouse."""

import re
from collections.abc import Iterator

_ENDINGS = ".?!…؟۔。！？"
_CLOSERS = "\"'”’»›)\\]}"
# One end mark or a run of them, what closes after it, then a blank: linear on any input.
_END = re.compile(
    rf"(?<![{_ENDINGS}])[{_ENDINGS}]++[{_CLOSERS}]*+(?=\s|\Z)|[。！？]++[{_CLOSERS}」』]*+"
)
_LINE = re.compile(r"[^\n]+")
_OPENERS = "\"'“‘„‚«‹([{–—-•*¿¡ \t"
_LAST_WORD = re.compile(r"[^\s\"'“‘„‚«(\[{/]+\Z")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\Z")
_LONGEST_WORD = 40
# Abbreviations that are followed by more of the same sentence, written without their last dot.
_ABBREVIATIONS = (
    "a.d a.h.w a.s a.u.b aant afb afd alg apr art aug b.g.g b.v bijl bijv bl blz br bt bv bvb ca "
    "cf chr d.d d.i d.m.v d.w.z dd dec dhr dir div dr dra drs ds e.v ed eig evt excl fa feb fig fr "
    "fam geb gebr gem gez gld hfdst i.c i.e i.h.a i.h.b i.o i.o.v i.p.v i.s.m i.t.t i.v.m incl ing "
    "ir jan jhr jl jr jul jun k.k l.v.m m.a.w m.b.t m.b.v m.i m.i.v m.m.v m.n m.u.v max mej mevr "
    "mgr min mln mnd mr mrt mst mw mnr n.a.v n.b n.t.b nl no nov nr nrs o.a o.b.v o.g.v o.i.v "
    "o.l.v o.m o.v.v okt ong opm p.a p.m p.p p.p.p pag par plm plv pres prof r.k ref resp s.v.p "
    "sept sp st t.a.v t.b.v t.g.v t.h.v t.n.v t.o.v t.w tel temp toel u.d v.a v.d v.h v.l.n.r vb "
    "verg vgl vlg vnl voorz vs w.o wnd zgn zg z.g z.o.z z.s.m"
)
_GOES_ON = frozenset(_ABBREVIATIONS.split())
# The same with a capital at the start of a sentence; not "Jan.", "Max." and other names.
_CAPITAL_ABBREVIATIONS = (
    "Bijv Bijl Blz Ca Dhr Dr Dra Drs Evt Excl Fam Incl Ing Ir M.a.w M.b.t M.n Mej Mevr Mr Mw Mnr "
    "N.a.v N.b Nr O.a Prof Resp S.v.p St T.a.v T.o.v Tel Verg Vgl Zgn"
)
_GOES_ON_CAPITAL = frozenset(_CAPITAL_ABBREVIATIONS.split())


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a text as (start, end), end exclusive, in order.

    A line end always ends a sentence. Together they hold every character that is not blank
    exactly once; none is blank or starts or ends with a blank. Empty text gives an empty list.
    """
    return [
        trimmed
        for line in _LINE.finditer(text)
        for trimmed in _trimmed(text, _cuts(text, line.start(), line.end()))
    ]


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """One line cut at the ends of its sentences."""
    begin = start
    for mark in _END.finditer(text, start, end):
        if _ends_here(text, begin, mark.start(), mark.end(), end):
            yield begin, mark.end()
            begin = mark.end()
    yield begin, end


def _ends_here(text: str, begin: int, dot: int, after: int, end: int) -> bool:
    following = text[after : after + 12 if after + 12 < end else end].lstrip(_OPENERS)[:1]
    if following.islower():
        return text[after - 1] in "?!"
    only_a_dot = after - dot == 1 and text[dot] == "."
    return not (only_a_dot and _dot_belongs_to_word(text, begin, dot))


def _dot_belongs_to_word(text: str, begin: int, dot: int) -> bool:
    """Whether the dot at this place abbreviates: "dhr.", "A.B.", "1." at the start of a line."""
    found = _LAST_WORD.search(text[max(begin, dot - _LONGEST_WORD) : dot])
    if not found:
        return False
    word = found.group()
    if word.isdecimal():
        return not text[begin : dot - len(word)].strip() and len(word) < 4
    is_short = word in _GOES_ON or word in _GOES_ON_CAPITAL
    return is_short or (word[:1].isupper() and bool(_INITIALS.match(word)))


def _trimmed(text: str, cuts: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for begin, end in cuts:
        piece = text[begin:end]
        words = piece.strip()
        if words:
            start = begin + len(piece) - len(piece.lstrip())
            yield start, start + len(words)
