"""Who a cookie belongs to: the two questions that every page of somebody signed in begins with.

Django builds both anew each time, which took a tenth of such a page; here each is a text that
PostgreSQL plans once. What is kept in a session, and when one ends, is as Django has it.
"""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from smartstart.access.written import written
from smartstart.base.often import asked_often
from smartstart.people.models import Account

_OPEN: Final = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """Django's sessions in the database."""

    def load(self) -> dict[str, Any]:
        """Return what this session holds; nothing, and a new key, when it ended."""
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with asked_often() as cursor:
            cursor.execute(_OPEN, [self.session_key, now])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return {}
        return self.decode(found[0])


class Accounts(ModelBackend):
    """Django's sign-in with a password."""

    def get_user(self, user_id: int) -> Account | None:
        """Return the account of a session; None when it is gone or may not sign in."""
        account = next(iter(written(_account, account=user_id)), None)
        return account if self.user_can_authenticate(account) else None


def _account(*, account: int) -> QuerySet[Account]:
    return Account.objects.filter(pk=account)
