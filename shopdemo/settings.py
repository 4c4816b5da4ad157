"""Django's settings for the demo shop.

`DATABASE_URL`, `CELERY_BROKER_URL` and `CACHE_URL` move it to other services with nothing else changed; without them it needs
no server at all. Not for production: the secret key is public.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

env = environ.Env()

# Public, and so worthless: whoever serves this shop to others must set SECRET_KEY.
SECRET_KEY = env.str("SECRET_KEY", default="demo-only-and-known-to-everybody")
DEBUG = env.bool("DEBUG", default=True)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "rest_framework",
    "django_filters",
    "segmentation.apps.SegmentationConfig",
    "personalization.apps.PersonalizationConfig",
    "shopdemo.shop.apps.ShopConfig",
    "shopdemo.apps.ShopdemoConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "personalization.middleware.VisitorMiddleware",
    "personalization.middleware.SlotMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "shopdemo.urls"
WSGI_APPLICATION = "shopdemo.wsgi.application"
ASGI_APPLICATION = "shopdemo.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "personalization.visitor.context.visitor",
                "shopdemo.shop.context.shop",
            ]
        },
    }
]

# Readers never wait for the writer (WAL), a writer takes its lock at once instead of failing half-way (IMMEDIATE).
SQLITE_OPTIONS = {
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
}


def database(url: str) -> dict[str, Any]:
    """Django's database settings for `url`, with the options SQLite needs when a shop and a worker share it."""
    config: dict[str, Any] = environ.Env.db_url_config(url)
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {**SQLITE_OPTIONS, **config.get("OPTIONS", {})}
    return config


DATABASES = {"default": database(env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'demo.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}

AUTH_USER_MODEL = "shop.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "shop:login"
LOGIN_REDIRECT_URL = "shop:account"
LOGOUT_REDIRECT_URL = "shop:home"

# Nothing inline, nothing from elsewhere; the same for the shop and for the admin.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Behind HTTPS, browsers are to come back by HTTPS only.
HTTPS = env.bool("HTTPS", default=False)
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
LANGUAGE_COOKIE_SAMESITE = "Lax"

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("zh-hant", _("Traditional Chinese")),
    ("zh-hans", _("Simplified Chinese")),
    ("pl", _("Polish")),
    ("fr", _("French")),
]
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"

SEGMENTATION = {
    "SOURCE": "shopdemo.source.DemoSource",
    "TIME_ZONE": TIME_ZONE,
    "BASE_CURRENCY": "GBP",
    "CHANGES": env.str("SEGMENTATION_CHANGES", default="inline"),
}

# The demo has no proxy in front: whoever speaks to it from this machine may say where the visitor is, as a CDN would.
PERSONALIZATION = {
    "TRUSTED_PROXIES": ["127.0.0.1/32", "::1/128"],
    "COUNTRY_HEADER": "CF-IPCountry",
    "GEOIP_PATH": BASE_DIR / "shopdemo" / "data" / "iptoasn-country-ipv4.mmdb",
    "COUNTRY": "GB",
    "CURRENCIES": ["GBP", "EUR", "PLN", "USD", "AUD", "CAD", "CHF", "JPY", "TWD", "CNY"],
    # The demo is looked at by browsers without a screen, in its own tests and elsewhere; in a real shop they are bots.
    "BOTS": {"headlesschrome": False},
    "BASE_TEMPLATE": "shop/base.html",
    # Bags and cake cases come in a dozen patterns each: two of a kind in a list are enough.
    "CATEGORY_CAP": 2,
    # Origins of headless fronts beside /headless/ itself.
    "FRONT_ORIGINS": env.list("FRONT_ORIGINS", default=[]),
}

# The embedded broker: messages are files in a folder, so the demo needs no server.
BROKER_DIR = VAR_DIR / "broker"
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="filesystem://localhost//")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
if CELERY_BROKER_URL.startswith("filesystem:"):
    for folder in ("messages", "control"):
        (BROKER_DIR / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "messages"),
        "data_folder_out": str(BROKER_DIR / "messages"),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.1,
    }

# Times are those of CELERY_TIMEZONE: day windows move at the shop's midnight, hour windows all the time.
CELERY_BEAT_SCHEDULE = {
    "refresh after midnight": {"task": "segmentation.tasks.refresh", "schedule": crontab(minute=1, hour=0)},
    "refresh every hour": {"task": "segmentation.tasks.refresh", "schedule": crontab(minute=5)},
    "sync every night": {"task": "segmentation.tasks.sync", "schedule": crontab(minute=30, hour=3)},
    "popularity every hour": {"task": "personalization.tasks.refresh_popularity", "schedule": crontab(minute=20)},
    "prices and stock every hour": {"task": "personalization.tasks.watch_products", "schedule": crontab(minute=15)},
    "recommendations every night": {"task": "personalization.tasks.train_recommender", "schedule": crontab(minute=10, hour=4)},
    "forget visitors every night": {"task": "segmentation.tasks.expire_visitors", "schedule": crontab(minute=50, hour=3)},
    "forget what was shown every night": {"task": "personalization.tasks.expire_shown", "schedule": crontab(minute=55, hour=3)},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "segmentation": {"level": "INFO"},
        "personalization": {"level": "INFO"},
        "shopdemo": {"level": "INFO"},
    },
}
