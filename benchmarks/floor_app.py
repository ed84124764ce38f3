"""The floor of a page: Django with its usual middleware and a template of 50 rows, no database.

``floors.md`` found 673 of these a second on a quiet machine (2 workers, 4 connections). Served by
granian as ``benchmarks.floor_app:application``.
"""

from __future__ import annotations

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

TABLE = """<!doctype html><html lang="nl"><title>Rijen</title><table>{% for row in rows %}<tr>
<td>{{ row.number }}</td><td class="{% if row.is_even %}even{% else %}odd{% endif %}">
<a href="/rows/{{ row.number }}/">{{ row.name }}</a></td><td>{{ row.day|date:"j F Y" }}</td>
<td>{{ row.words|truncatewords:12 }}</td></tr>{% endfor %}</table></html>"""


def page(request: HttpRequest) -> HttpResponse:
    """Fifty rows."""
    from datetime import date

    rows = [
        {
            "number": number,
            "is_even": number % 2 == 0,
            "name": f"Rij {number}",
            "day": date(2026, 11, 1 + number % 28),
            "words": "Een regel met gewone woorden die niet van iemand zijn. " * 3,
        }
        for number in range(50)
    ]
    return HttpResponse(engines["django"].from_string(TABLE).render({"rows": rows}, request))


urlpatterns = [path("", page)]

settings.configure(
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="floor",
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    MESSAGE_STORAGE="django.contrib.messages.storage.cookie.CookieStorage",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes"],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
)
django.setup()
application = get_wsgi_application()
