import pytest
from django.core.management import call_command

from smartstart.language.models import Term


@pytest.mark.django_db
def test_terms_come_once_and_a_persons_words_stay(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("language", "load")
    first = Term.objects.count()
    Term.objects.filter(word="melding").update(plain="een eigen woord")
    call_command("language", "load")

    assert first > 40
    assert capsys.readouterr().out.splitlines() == [
        f"{first} woorden kwamen in het woordenboek.",
        "0 woorden kwamen in het woordenboek.",
    ]
    assert Term.objects.get(word="melding").plain == "een eigen woord"
