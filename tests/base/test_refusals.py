from django.utils.translation import gettext_lazy as _

from smartstart.base.refusals import NotAllowed, NotFound, Refusal, RulesChanged, TryLater


class TooMany(Refusal):
    sentence = _("You may add %(most)s at most.")


def test_a_refusal_says_one_sentence_with_its_details() -> None:
    refusal = TooMany(most=3)

    assert "3" in str(refusal)
    assert refusal.details == {"most": 3}
    assert "%" not in str(refusal)


def test_each_refusal_has_its_status_and_its_own_words() -> None:
    kinds = [Refusal, NotFound, NotAllowed, RulesChanged, TryLater]

    assert [kind.status for kind in kinds] == [409, 404, 403, 409, 503]
    assert len({str(kind()) for kind in kinds}) == len(kinds)
