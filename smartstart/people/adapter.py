"""How signing in works here: by user name, never by e-mail."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Allauth's rules, with ours: nobody signs up alone, everyone is invited."""

    def is_open_for_signup(self, request: Any) -> bool:
        """Accounts are made by invitation only."""
        return False
