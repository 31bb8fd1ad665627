"""Django settings. An operator's choices are environment variables: DATABASE_URL and NIGHTBRIEF_*."""

from pathlib import Path
from typing import Any

import dj_database_url

from reviewapp.site import environment

BASE_DIR = Path(__file__).resolve().parents[2]
DATA = Path(environment.text("NIGHTBRIEF_DATA", str(BASE_DIR / "var"))).resolve()
DATA.mkdir(parents=True, exist_ok=True)

DEBUG = environment.flag("NIGHTBRIEF_DEBUG")
SECRET_KEY_GIVEN = bool(environment.text("NIGHTBRIEF_SECRET_KEY"))
SECRET_KEY = environment.text("NIGHTBRIEF_SECRET_KEY") or environment.kept_secret(DATA / "secret_key")
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = environment.names("NIGHTBRIEF_ALLOWED_HOSTS", LOCAL_HOSTS)
PORT = environment.integer("NIGHTBRIEF_PORT", 8000, least=1)
BIND = environment.text("NIGHTBRIEF_BIND", "127.0.0.1")
HTTPS = environment.flag("NIGHTBRIEF_HTTPS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "reviewapp.events",
    "reviewapp.matters",
    "reviewapp.people",
    "reviewapp.directory",
    "reviewapp.documents",
    "reviewapp.kin",
    "reviewapp.intake",
    "reviewapp.states",
    "reviewapp.briefs",
    "reviewapp.questions",
    "reviewapp.reviews",
    "reviewapp.grids",
    "reviewapp.exports",
    "reviewapp.lab",
    "reviewapp.loads",
    "reviewapp.moving",
    "reviewapp.clio",
    "reviewapp.notices",
    "reviewapp.catalogue",
    "reviewapp.jobs",
    "reviewapp.webhooks",
    "reviewapp.api",
    "reviewapp.ending",
    "reviewapp.demo",
    "reviewapp.frame",
    "reviewapp.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "reviewapp.frame.middleware.protect_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "reviewapp.people.middleware.as_preferred",
    "reviewapp.people.second_factor.as_required",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "reviewapp.site.urls"
ASGI_APPLICATION = "reviewapp.site.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reviewapp.notices.showing.bell",
            ]
        },
    }
]

DATABASE_URL = environment.text("DATABASE_URL", f"sqlite:///{DATA / 'nightbrief.sqlite3'}")
DATABASES: dict[str, Any] = {"default": dict(dj_database_url.parse(DATABASE_URL))}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # NB: immediate transactions wait for the write lock at their start; a deferred one that upgrades from
    # reading to writing fails at once when another process wrote in between.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = ["reviewapp.people.signing_in.Accounts"]
# How long a link works by which a person sets a password.
PASSWORD_RESET_TIMEOUT = 3 * 86_400
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# How people sign in, by django-allauth. Accounts are made by people who manage people, never by a stranger.
ACCOUNT_ADAPTER = "reviewapp.people.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_TIMEOUT = 600
# NB: `key` is an account and an address together, so that who guesses elsewhere locks nobody out.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "30/m/ip,5/5m/key", "reauthenticate": "20/m/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = environment.integer("NIGHTBRIEF_TRUSTED_PROXIES", 0)
MFA_ADAPTER = "reviewapp.people.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
# Whom two factors are required of: "nobody", "admins" (who manage people) or "everyone".
TWO_FACTOR = environment.choice("NIGHTBRIEF_TWO_FACTOR", ["nobody", "admins", "everyone"])
# The company's own sign-in. Where it is down, accounts with a password sign in as ever.
SOCIALACCOUNT_ADAPTER = "reviewapp.directory.sso.CompanySignIn"
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
SSO_NAME = environment.text("NIGHTBRIEF_SSO_NAME", "the company's sign-in")
# Whether who signs in there the first time gets an account here, and which groups (any of them) one has to be in.
SSO_ACCOUNTS = environment.flag("NIGHTBRIEF_SSO_ACCOUNTS")
SSO_GROUPS = environment.names("NIGHTBRIEF_SSO_GROUPS", [])
SSO_GROUPS_CLAIM = environment.text("NIGHTBRIEF_SSO_GROUPS_CLAIM", "groups")
SSO_USERNAME_CLAIM = environment.text("NIGHTBRIEF_SSO_USERNAME_CLAIM", "preferred_username")
# Members of these groups manage people; nobody else of the directory does. Without any, groups say nothing about it.
ADMIN_GROUPS = environment.names("NIGHTBRIEF_ADMIN_GROUPS", [])
OIDC_SERVER = environment.text("NIGHTBRIEF_OIDC_SERVER")
OIDC_CLIENT_ID = environment.text("NIGHTBRIEF_OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = environment.text("NIGHTBRIEF_OIDC_CLIENT_SECRET")
OIDC_SCOPES = environment.names("NIGHTBRIEF_OIDC_SCOPES", ["openid", "profile", "email"])
SAML_ENTITY_ID = environment.text("NIGHTBRIEF_SAML_ENTITY_ID")
SAML_URL = environment.text("NIGHTBRIEF_SAML_URL")
SAML_CERTIFICATE = environment.text("NIGHTBRIEF_SAML_CERTIFICATE")
SAML_IDP_STARTED = environment.flag("NIGHTBRIEF_SAML_IDP_STARTED")
# What attempts to sign in are counted in: shared by processes, and there when the broker is away.
# NB: a small table would be emptied by who attempts much, and the counts with it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_attempts",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "login"

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# Asked for by number, not by HTTPS alone: a host that once said so cannot be reached without TLS for as long.
SECURE_HSTS_SECONDS = environment.integer("NIGHTBRIEF_HSTS_SECONDS", 0)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS and host != "*"]
X_FRAME_OPTIONS = "DENY"

# Files in one request: each is stored as it comes and costs a row and a job.
DATA_UPLOAD_MAX_NUMBER_FILES = 2000
# Documents chosen for one question; the form has some fields besides.
MOST_CHOSEN = 1000
DATA_UPLOAD_MAX_NUMBER_FIELDS = MOST_CHOSEN + 10

MAX_FILE_MIB = environment.integer("NIGHTBRIEF_MAX_FILE_MIB", 100, least=1)
PARSE_SECONDS = environment.integer("NIGHTBRIEF_PARSE_SECONDS", 60, least=1)
PARSE_MIB = environment.integer("NIGHTBRIEF_PARSE_MIB", 1024, least=64)
OCR_SECONDS = environment.integer("NIGHTBRIEF_OCR_SECONDS", 600, least=0)
OCR_LANGUAGES = environment.text("NIGHTBRIEF_OCR_LANGUAGES", "eng")
PAGES_AT_ONCE = environment.integer("NIGHTBRIEF_PAGES_AT_ONCE", 200, least=1)
MAX_PAGES = environment.integer("NIGHTBRIEF_MAX_PAGES", 5000, least=1)
ZIP_DEPTH = environment.integer("NIGHTBRIEF_ZIP_DEPTH", 3, least=0)
ZIP_FILES = environment.integer("NIGHTBRIEF_ZIP_FILES", 2000, least=1)
ZIP_MIB = environment.integer("NIGHTBRIEF_ZIP_MIB", 1024, least=1)
ARCHIVE_MIB = environment.integer("NIGHTBRIEF_ARCHIVE_MIB", 102_400, least=1)
WATCH = environment.text("NIGHTBRIEF_WATCH")
WATCH_SECONDS = environment.number("NIGHTBRIEF_WATCH_SECONDS", 5, least=0.1)
DRAW_SECONDS = environment.integer("NIGHTBRIEF_DRAW_SECONDS", 10, least=1)
REPORT_TEMPLATE = environment.text("NIGHTBRIEF_REPORT_TEMPLATE")
PICTURES_MIB = environment.integer("NIGHTBRIEF_PICTURES_MIB", 1024, least=16)
# The memory of questions and of this process's worker, and all that documents are consolidated for.
# Records know a memory by its name; where its checkpoint is, after a colon, is for its worker alone.
MEMORY, _, MEMORY_PLACE = environment.text("NIGHTBRIEF_MEMORY", "embedded").partition(":")
MEMORIES = list(
    dict.fromkeys(
        [MEMORY, *(name.partition(":")[0] for name in environment.names("NIGHTBRIEF_MEMORIES", []))]
    )
)
MEMORY_ASKED = {
    "revision": environment.text("NIGHTBRIEF_MEMORY_REVISION"),
    "dtype": environment.text("NIGHTBRIEF_MEMORY_DTYPE"),
}
MEMORY_OPTIONS = {name: said for name, said in MEMORY_ASKED.items() if said}
METRICS_TOKEN = environment.text("NIGHTBRIEF_METRICS_TOKEN")
DEVICE = environment.text("NIGHTBRIEF_DEVICE", "auto")
# When matters whose admin allows it are consolidated, from one full hour (UTC) to another.
NIGHT = environment.hours("NIGHTBRIEF_NIGHT", "22-6")
NIGHT_SECONDS = environment.number("NIGHTBRIEF_NIGHT_SECONDS", 60, least=0.1)
# How many share a worker: questions at once, of which half may be for many documents; documents consolidated at
# once; states answered from in one batch and their bytes; bytes of states kept in memory, and on a card.
QUESTIONS_AT_ONCE = environment.integer("NIGHTBRIEF_QUESTIONS_AT_ONCE", 4, least=2)
CONSOLIDATED_AT_ONCE = environment.integer("NIGHTBRIEF_CONSOLIDATED_AT_ONCE", 1, least=1)
BATCH_STATES = environment.integer("NIGHTBRIEF_BATCH_STATES", 256, least=1)
BATCH_MIB = environment.integer("NIGHTBRIEF_BATCH_MIB", 4096, least=1)
STATES_MIB = environment.integer("NIGHTBRIEF_STATES_MIB", 512, least=0)
STATES_CARD_MIB = environment.integer("NIGHTBRIEF_STATES_CARD_MIB", 2048, least=0)
# Beyond these, nobody can ask more until there is less to do.
MOST_WAITING = environment.integer("NIGHTBRIEF_MOST_WAITING", 2000, least=1)
LEAST_FREE_MIB = environment.integer("NIGHTBRIEF_LEAST_FREE_MIB", 256, least=0)
API_REQUESTS_PER_MINUTE = environment.integer("NIGHTBRIEF_API_REQUESTS_PER_MINUTE", 6000, least=1)
# A causal model that reads and judges in words, in place of the shipped reader and judge.
GENERATING_READER = environment.text("NIGHTBRIEF_READER")
READER_DTYPE = environment.text("NIGHTBRIEF_READER_DTYPE")

# Mail goes out only where a server is named, and links in it lead to where people open this installation.
PUBLIC_ADDRESS = environment.text("NIGHTBRIEF_ADDRESS")
DEFAULT_FROM_EMAIL = environment.text("NIGHTBRIEF_MAIL_FROM", "nightbrief@localhost")
EMAIL_TIMEOUT = 20
_mail = environment.mail("NIGHTBRIEF_MAIL_URL")
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.starttls, _mail.tls

REDIS_URL_GIVEN = bool(environment.text("NIGHTBRIEF_REDIS_URL"))
REDIS_PORT = environment.integer("NIGHTBRIEF_REDIS_PORT", 6399, least=1)
REDIS_URL = environment.text("NIGHTBRIEF_REDIS_URL", f"redis://127.0.0.1:{REDIS_PORT}/0")
JOB_HEARTBEAT_SECONDS = environment.number("NIGHTBRIEF_HEARTBEAT_SECONDS", 5, least=0.05)
JOB_STALE_SECONDS = environment.number("NIGHTBRIEF_STALE_SECONDS", 30, least=0.2)
WEBHOOK_SECONDS = environment.number("NIGHTBRIEF_WEBHOOK_SECONDS", 5, least=0.1)
CLIO_ADDRESS = environment.text("NIGHTBRIEF_CLIO_ADDRESS", "https://app.clio.com").rstrip("/")
CLIO_CLIENT_ID = environment.text("NIGHTBRIEF_CLIO_CLIENT_ID")
CLIO_CLIENT_SECRET = environment.text("NIGHTBRIEF_CLIO_CLIENT_SECRET")
WEBHOOK_NETWORKS = environment.networks("NIGHTBRIEF_WEBHOOK_NETWORKS")
NOTICE_SECONDS = environment.number("NIGHTBRIEF_NOTICE_SECONDS", 5, least=0.1)
JOB_SWEEP_SECONDS = environment.number("NIGHTBRIEF_SWEEP_SECONDS", 10, least=0.1)
JOB_RESEND_SECONDS = environment.number("NIGHTBRIEF_RESEND_SECONDS", 60, least=0.1)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # Jobs log their own life; Celery would add two lines for every sweep.
    "loggers": {
        "celery.app.trace": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.utils.functional": {"level": "WARNING"},
        # These would log what assistants and programs search for.
        "mcp": {"level": "WARNING"},
        "httpx2": {"level": "WARNING"},
        # Tells the ids of passkeys.
        "fido2": {"level": "WARNING"},
    },
}
