"""Circle: the people around one family, in the middle child and parents (Dutch: kring).

A circle is what one home sees. Two homes of one child are two circles of one family: nothing
of the one reaches the other, because everything that is written lies in a folder, and a folder
belongs to one circle or, for what concerns both (the school), to the family. Who reads a folder
is said by dated grounds and by nothing else; who reads one question, by a ground on that question.

It must never show one person through another, never leave a question without a holder, and never
act on a yes that was not given, was taken back or ended.

Modules: ``models`` (nouns), ``regimes`` (the law, dated), ``rules`` (arithmetic), ``gate`` (the one
read predicate), ``operations_*`` (verbs), ``queries_*`` (what pages ask).
"""
