"""Who a cookie belongs to: the two questions that every page of somebody signed in begins with.

Django builds both anew each time, which took a tenth of such a page; here each is a text that
PostgreSQL plans once. What is kept in a session, and when one ends, is as Django has it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db

from smartstart.base import clock
from smartstart.people import queries
from smartstart.people.models import Account


class SessionStore(db.SessionStore):
    """Django's sessions in the database."""

    def load(self) -> dict[str, Any]:
        """Return what this session holds; nothing, and a new key, when it ended."""
        kept = queries.kept_in_session(str(self.session_key), now=clock.now())
        if kept is None:
            self._session_key = None
            return {}
        return self.decode(kept)

    def get_expiry_date(self, **known: Any) -> datetime:
        """Return when this session ends, by the clock that :meth:`load` asks."""
        return super().get_expiry_date(**{"modification": clock.now(), **known})


class Accounts(ModelBackend):
    """Django's sign-in with a password."""

    def get_user(self, user_id: int) -> Account | None:
        """Return the account of a session; None when it is gone or may not sign in."""
        account = queries.account_of_session(user_id)
        return account if self.user_can_authenticate(account) else None
