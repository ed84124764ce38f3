"""Signing in: by password, by card, with a second key; what a stranger can learn from it."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_sign_in_page_opens() -> None:
    page = Client().get("/account/sign-in/")
    assert page.status_code == 200
