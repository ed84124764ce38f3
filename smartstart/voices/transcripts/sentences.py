"""Where sentences begin and end in Dutch text, for coding without a mouse."""

import re

_ENDINGS = ".?!…؟۔。！？"
_CLOSERS = "\"'”’»›)\\]}"
# A line end; or one end mark or a run of them, what closes after it, then a blank. Possessive,
# so linear on any input.
_CUT = re.compile(
    rf"\n|(?<![{_ENDINGS}])[{_ENDINGS}]++[{_CLOSERS}]*+(?=\s|\Z)|[。！？]++[{_CLOSERS}」』]*+"
)
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
    found: list[tuple[int, int]] = []
    begin = 0
    for mark in _CUT.finditer(text):
        cut = mark.end()
        if text[cut - 1] == "\n" or _ends_here(text, begin, mark.start(), cut):
            _keep(found, text, begin, cut)
            begin = cut
    _keep(found, text, begin, len(text))
    return found


def _keep(found: list[tuple[int, int]], text: str, begin: int, end: int) -> None:
    """Add what stands between, without the blanks around it; nothing when it is blank."""
    piece = text[begin:end]
    words = piece.strip()
    if words:
        start = begin + len(piece) - len(piece.lstrip())
        found.append((start, start + len(words)))


def _ends_here(text: str, begin: int, dot: int, after: int) -> bool:
    following = text[after : after + 12].lstrip(_OPENERS)[:1]
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
