"""All settings in one file, read from the environment. Each is told in docs/operate/settings.md."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from urllib.parse import unquote, urlparse

from csp.constants import NONE, SELF

BASE_DIR = Path(__file__).resolve().parent.parent.parent
PACKAGE = BASE_DIR / "smartstart"


def _flag(name: str, *, default: bool = False) -> bool:
    return os.environ.get(name, "yes" if default else "no").lower() in {"yes", "true", "1"}


def _origin(address: str) -> str:
    found = urlparse(address)
    return f"{found.scheme}://{found.netloc}"


def _secret_key() -> str:
    """Return the secret: from the environment, else from a file in the data folder, made once."""
    given = os.environ.get("SMARTSTART_SECRET_KEY")
    if given:
        return given
    path = DATA_DIR / "secret"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        secret = secrets.token_urlsafe(50)
        with os.fdopen(handle, "w") as file:
            file.write(secret)
        return secret


DATA_DIR = Path(os.environ.get("SMARTSTART_DATA", BASE_DIR / "data")).resolve()
# What people attach, sealed under the keys of their folders: belongs in the backup of the database.
FILES_DIR = Path(os.environ.get("SMARTSTART_FILES", DATA_DIR / "files"))
KEYRING_DIR = Path(os.environ.get("SMARTSTART_KEYRING", DATA_DIR / "keyring"))
WRAPPING_DIR = os.environ.get("SMARTSTART_WRAPPING", "")
SIGNING_DIR = Path(os.environ.get("SMARTSTART_SIGNING", DATA_DIR / "signing"))
WITNESS_FILE = Path(os.environ.get("SMARTSTART_WITNESS", DATA_DIR / "witness.jsonl"))
RUN_DIR = Path(os.environ.get("SMARTSTART_RUN", DATA_DIR / "run"))
SMARTSTART_SITE = os.environ.get("SMARTSTART_SITE", "smartstart")
# How long a closed circle can still be read by its family before its keys are destroyed.
SMARTSTART_CIRCLE_KEPT_DAYS = int(os.environ.get("SMARTSTART_CIRCLE_KEPT_DAYS", "365"))
SMARTSTART_CIRCLE_TAKEN_DAYS = int(os.environ.get("SMARTSTART_CIRCLE_TAKEN_DAYS", "30"))
# How many years a story is kept at most, whatever day somebody chooses (decision 0014).
SMARTSTART_STORY_KEPT_YEARS = int(os.environ.get("SMARTSTART_STORY_KEPT_YEARS", "10"))
# A pooler that gives each transaction another connection of PostgreSQL loses plans that are kept.
SMARTSTART_POOLER = _flag("SMARTSTART_POOLER")
SMARTSTART_EXAMPLE = _flag("SMARTSTART_EXAMPLE")
SMARTSTART_BIND = os.environ.get("SMARTSTART_BIND", "127.0.0.1")
SMARTSTART_PORT = int(os.environ.get("SMARTSTART_PORT", "8000"))
# The streams of open boards: a port of their own, or an address behind the proxy.
SMARTSTART_LIVE_PORT = int(os.environ.get("SMARTSTART_LIVE_PORT", str(SMARTSTART_PORT + 1)))
SMARTSTART_LIVE_ADDRESS = os.environ.get("SMARTSTART_LIVE_ADDRESS", "")
SMARTSTART_WORKERS = int(os.environ.get("SMARTSTART_WORKERS", "2"))
SMARTSTART_ADDRESS = os.environ.get("SMARTSTART_ADDRESS", f"http://localhost:{SMARTSTART_PORT}")
LANGUAGE_SOCKET = RUN_DIR / "language.sock"
LANGUAGE_CACHE = Path(os.environ.get("SMARTSTART_LANGUAGE_CACHE", DATA_DIR / "language"))

SECRET_KEY = _secret_key()
# An error page for developers shows what was unsealed: only where everybody is invented.
SMARTSTART_DEBUG = _flag("SMARTSTART_DEBUG")
DEBUG = SMARTSTART_DEBUG and SMARTSTART_EXAMPLE
ALLOWED_HOSTS = os.environ.get("SMARTSTART_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [
    origin for origin in os.environ.get("SMARTSTART_ORIGINS", "").split(",") if origin
]
SITE_ID = 1

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "smartstart.access",
    "smartstart.people",
    "smartstart.language",
    "smartstart.post",
    "smartstart.holding",
    "smartstart.programme",
    "smartstart.thread",
    "smartstart.voices",
    "smartstart.consult",
    "smartstart.design",
    "smartstart.circle",
    "smartstart.jobs",
    "smartstart.web",
]

MIDDLEWARE = [
    "smartstart.config.proxy.Proxy",
    "django.middleware.security.SecurityMiddleware",
    "smartstart.config.headers.Headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "smartstart.web.plain.PlainWords",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "smartstart.web.door.Door",
    "smartstart.web.circle.reason.VisitReason",
]

ROOT_URLCONF = "smartstart.config.urls"
WSGI_APPLICATION = "smartstart.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "smartstart.web.context.frame",
            ],
            "builtins": ["django.templatetags.static"],
        },
    },
]

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("SMARTSTART_STATIC", DATA_DIR / "static"))
# Names with a digest in them once `smartstart setup` has collected the files; plain names before.
_NAMED = "ManifestStaticFilesStorage" if _flag("SMARTSTART_SERVED") else "StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": f"django.contrib.staticfiles.storage.{_NAMED}"},
}


PLANS = "-c plan_cache_mode=force_generic_plan -c jit=off"


def _database() -> dict[str, object]:
    """Return the store: SQLite in the data folder, or what SMARTSTART_DATABASE names."""
    address = urlparse(os.environ.get("SMARTSTART_DATABASE", ""))
    if address.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": address.path.lstrip("/"),
            "USER": unquote(address.username or ""),
            "PASSWORD": unquote(address.password or ""),
            "HOST": unquote(address.hostname or ""),
            "PORT": str(address.port or ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            # Plans are kept where ``base.often`` asks for it, and nowhere by themselves. One that
            # is kept is for all values: planning anew took longer than answering.
            "OPTIONS": {
                "connect_timeout": 5,
                "prepare_threshold": sys.maxsize,
                **({} if SMARTSTART_POOLER else {"options": PLANS}),
            },
        }
    return {
        "ENGINE": "smartstart.config.sqlite",
        "NAME": address.path or str(DATA_DIR / "smartstart.sqlite3"),
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                " PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;"
                # Decision 0004: only the tasks part checkpoints, while nobody writes.
                " PRAGMA wal_autocheckpoint=0;"
            ),
        },
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "brakes",
        # Full, it throws away entries that still count: a way around every brake.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["smartstart.web.people.sessions.Accounts"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SMARTSTART_HTTPS = _flag("SMARTSTART_HTTPS") and not SMARTSTART_EXAMPLE
SESSION_COOKIE_NAME = "__Host-session" if SMARTSTART_HTTPS else "session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SMARTSTART_HTTPS
CSRF_COOKIE_NAME = "__Host-form" if SMARTSTART_HTTPS else "form"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SMARTSTART_HTTPS
BOARD_COOKIE_NAME = "__Host-board" if SMARTSTART_HTTPS else "board"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = SMARTSTART_HTTPS
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_ENGINE = "smartstart.web.people.sessions"
SMARTSTART_IDLE_MINUTES = int(os.environ.get("SMARTSTART_IDLE_MINUTES", "30"))
CSRF_FAILURE_VIEW = "smartstart.web.people.unsent.forged_or_ended"

ACCOUNT_ADAPTER = "smartstart.web.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "smartstart.web.people.forms.SignInForm",
    "reauthenticate": "smartstart.web.people.forms.PasswordAgainForm",
    "change_password": "smartstart.web.people.forms.ChangePasswordForm",
    "set_password": "smartstart.web.people.forms.SetPasswordForm",
}

MFA_ADAPTER = "smartstart.web.people.adapter.KeyAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "smartstart.web.people.forms.SecondKeyForm",
    "reauthenticate": "smartstart.web.people.forms.SecondKeyAgainForm",
    "activate_totp": "smartstart.web.people.forms.PhoneAppForm",
    "add_webauthn": "smartstart.web.people.forms.PasskeyForm",
}

SMARTSTART_OIDC_SERVER = os.environ.get("SMARTSTART_OIDC_SERVER", "")
SMARTSTART_OIDC_STRONG_ACR = os.environ.get("SMARTSTART_OIDC_STRONG_ACR", "").split()
SOCIALACCOUNT_ADAPTER = "smartstart.web.people.adapter.OutsideAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "organisation",
                "name": os.environ.get("SMARTSTART_OIDC_NAME", "organisation"),
                "client_id": os.environ.get("SMARTSTART_OIDC_CLIENT", ""),
                "secret": os.environ.get("SMARTSTART_OIDC_SECRET", ""),
                "settings": {"server_url": SMARTSTART_OIDC_SERVER},
            }
        ]
        if SMARTSTART_OIDC_SERVER
        else [],
    }
}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
_ROOMS = (
    "base",
    "access",
    "people",
    "language",
    "post",
    "holding",
    "programme",
    "thread",
    "voices",
    "consult",
    "design",
    "circle",
    "jobs",
)
LOCALE_PATHS = [
    *(PACKAGE / room / "locale" for room in _ROOMS),
    *sorted((PACKAGE / "web").glob("locale_*")),
]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

SECURE_SSL_REDIRECT = SMARTSTART_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SMARTSTART_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
# Only when a proxy of your own stands in front and sets its headers on every request.
SMARTSTART_BEHIND_PROXY = _flag("SMARTSTART_BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SMARTSTART_BEHIND_PROXY else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [
            SELF,
            *([_origin(SMARTSTART_OIDC_SERVER)] if SMARTSTART_OIDC_SERVER else []),
        ],
    }
}


def _smtp() -> dict[str, object]:
    """Return where mail goes out; without SMARTSTART_SMTP no mail is ever sent."""
    address = urlparse(os.environ.get("SMARTSTART_SMTP", ""))
    if SMARTSTART_EXAMPLE or not address.hostname:
        return {}
    return {
        "host": address.hostname,
        "port": address.port or 25,
        "username": unquote(address.username or ""),
        "password": unquote(address.password or ""),
        "use_tls": address.scheme == "smtp+tls",
        "timeout": 20,
    }


SMTP = _smtp()
# Services of browser makers to which a notice may go: these and what stands below them.
_MAKERS = "fcm.googleapis.com push.services.mozilla.com notify.windows.com push.apple.com"
PUSH_SERVICES = os.environ.get("SMARTSTART_PUSH_SERVICES", _MAKERS).lower().split()
# A receiver on this machine. Nothing but a test sets it, and it counts in an example only.
PUSH_RECEIVER: dict[str, object] | None = None
PUSH_COOKIE_NAME = "__Host-notices" if SMARTSTART_HTTPS else "notices"
MAIL_FROM = os.environ.get("SMARTSTART_MAIL_FROM", "smartstart@localhost")

DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["out"], "level": "WARNING"},
    # An address can hold what somebody typed: a page not found is not logged.
    "loggers": {"smartstart": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}
