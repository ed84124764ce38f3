"""What granian serves: the pages, and beside them the files whose name holds their digest."""

import os
from typing import cast

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartstart.config.settings")
os.environ.setdefault("SMARTSTART_SERVED", "yes")
_pages = get_wsgi_application()

from django.conf import settings  # noqa: E402 - Django is set up first

from smartstart.config.assets import Application, Assets  # noqa: E402

application = Assets(
    cast("Application", _pages), below=settings.STATIC_URL, folder=settings.STATIC_ROOT
)
