"""What goes on in the background: the language helper knows what is ranked."""

from __future__ import annotations

from django.conf import settings

from smartstart.consult.expertise import known
from smartstart.consult.expertise.queries import EXPERTISES, POSITIONS
from smartstart.language import meaning


def teach_helper() -> bool:
    """Teach the language helper what changed; return whether it knows everything now.

    A helper that was started anew knows nothing: it is taught all. Without its encoder, or without
    the helper, nothing happens and questions are ranked by words.
    """
    memory = known.up_to_date()
    path = settings.LANGUAGE_SOCKET
    now = meaning.near("", [EXPERTISES, POSITIONS], socket_path=path)
    if now is None:
        return False
    if set(now.stamps.values()) == {memory.stamp}:
        return True
    says = list(known.sayings_by_key().items())
    of_themselves = [(one.key, [one.text]) for one in memory.candidates if one.text]
    corpora: dict[str, list[tuple[str, list[str]]]] = {EXPERTISES: says, POSITIONS: of_themselves}
    return all(
        meaning.learn(name, items, stamp=memory.stamp, socket_path=path)
        for name, items in corpora.items()
    )
