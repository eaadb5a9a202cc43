"""Every setting of an installation: typed, from the environment, with a default that works on a laptop.

`docs/settings.md` is generated from the descriptions here.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Config(BaseSettings):
    """What the operator may set. Empty means: the default does."""

    model_config = SettingsConfigDict(extra="ignore", env_ignore_empty=True)

    host: str = Field("127.0.0.1", validation_alias="HOST", description="Address the web server listens on.")
    port: int = Field(8000, validation_alias="PORT", ge=1, le=65535, description="Port the web server listens on.")
    database_url: str = Field(
        "",
        validation_alias="DATABASE_URL",
        description="postgresql://user:password@host:port/name. Empty: the embedded PostgreSQL below the data folder.",
    )
    data: Path = Field(
        Path("var"), validation_alias="ZUEINANDER_DATA", description="Folder for database, keys and published files."
    )
    base_url: str = Field(
        "",
        validation_alias="ZUEINANDER_BASE_URL",
        description="Public address without a slash at the end, used in links we send. Empty: http://localhost:PORT.",
    )
    production: bool = Field(
        False,
        validation_alias="ZUEINANDER_PRODUCTION",
        description="1 on a server: secure cookies, and unsafe settings refuse to start.",
    )
    keys: Path | None = Field(
        None,
        validation_alias="ZUEINANDER_KEYS",
        description="Folder of the secret keys, outside the database and its backups. Empty: keys/ in the data folder.",
    )
    organisation: str = Field(
        "Ein Hilfsverein",
        validation_alias="ZUEINANDER_ORGANISATION",
        description="Name of the organisation as people read it.",
    )
    contact: str = Field(
        "",
        validation_alias="ZUEINANDER_CONTACT",
        description="Mail address that a human reads; shown in the imprint and in every automatic message.",
    )
    imprint: str = Field(
        "", validation_alias="ZUEINANDER_IMPRINT", description="Address lines of the imprint, separated by semicolons."
    )
    smtp_url: str = Field(
        "",
        validation_alias="ZUEINANDER_SMTP_URL",
        description="smtp://user:password@host:port for invitations; people's messages go out by the mail account.",
    )
    web_workers: int = Field(
        2, validation_alias="ZUEINANDER_WEB_WORKERS", ge=1, le=64, description="Processes of the web server."
    )
    publishes: bool = Field(
        True,
        validation_alias="ZUEINANDER_PUBLISHES",
        description="0 for a worker on a further machine: pages are written where they are served.",
    )
    trust_proxy: bool = Field(
        False,
        validation_alias="ZUEINANDER_TRUST_PROXY",
        description="1 behind a reverse proxy that sets X-Forwarded-Proto and X-Forwarded-For itself.",
    )
    visit_log: str = Field(
        "", validation_alias="ZUEINANDER_VISIT_LOG",
        description="Log of the pages nginx served, written as deploy/nginx.conf says, without addresses. Empty: only "
        "what our own server serves is counted.",
    )  # fmt: skip
    keep_listing_days: int = Field(
        30, validation_alias="ZUEINANDER_KEEP_LISTING_DAYS", ge=1, le=90,
        description="Days after its last occasion for which a listing stays, with its post and its matches.",
    )  # fmt: skip
    keep_message_days: int = Field(
        30, validation_alias="ZUEINANDER_KEEP_MESSAGE_DAYS", ge=1, le=90,
        description="Days for which stays what was written: by two people to each other, counted from their occasion, "
        "and by us, counted from when it was sent.",
    )  # fmt: skip
    keep_minor_days: int = Field(
        7, validation_alias="ZUEINANDER_KEEP_MINOR_DAYS", ge=1, le=90,
        description="Days after their last word for which somebody under 18 is kept.",
    )  # fmt: skip
    keep_at_most_days: int = Field(
        90, validation_alias="ZUEINANDER_KEEP_AT_MOST_DAYS", ge=1, le=90,
        description="Days after the later of last word and last occasion until nothing about a person is left.",
    )  # fmt: skip
    keep_giver_days: int = Field(
        730, validation_alias="ZUEINANDER_KEEP_GIVER_DAYS", ge=90, le=3660,
        description="Days for which stays who gave what, counted from when it was booked; then day and amount alone.",
    )  # fmt: skip
    opinion_url: str = Field(
        "", validation_alias="ZUEINANDER_OPINION_URL", pattern=r"^(https://\S+|http://(localhost|127\.0\.0\.1)\S*)?$",
        description="OpenAI-compatible endpoint, ending in /v1, that is asked about texts the reader is unsure of, "
        "with contact data masked, never about danger or minors. Empty: nobody is asked.",
    )  # fmt: skip
    opinion_key: str = Field("", validation_alias="ZUEINANDER_OPINION_KEY", description="Key for that endpoint.")
    opinion_model: str = Field(
        "", validation_alias="ZUEINANDER_OPINION_MODEL", max_length=100, description="Name of the model to ask there."
    )
    opinion_below: float = Field(
        0.45, validation_alias="ZUEINANDER_OPINION_BELOW", ge=0.0, le=0.6,
        description="Confidence of the reader below which it is asked, 0 to 0.6.",
    )  # fmt: skip

    pay_key: str = Field(
        "", validation_alias="ZUEINANDER_PAY_KEY", pattern=r"^(access_\w{8,})?$",
        description="Access token of Mollie with the rights payments.read, payments.write, balances.read and "
        "settlements.read: people can give online; without ZUEINANDER_PRODUCTION play money. Empty: they cannot.",
    )  # fmt: skip
    pay_profile: str = Field(
        "", validation_alias="ZUEINANDER_PAY_PROFILE", pattern=r"^(pfl_\w{4,})?$",
        description="Profile at Mollie by which people give.",
    )  # fmt: skip
    pay_url: str = Field(
        "", validation_alias="ZUEINANDER_PAY_URL", pattern=r"^(http://(localhost|127\.0\.0\.1)(:\d+)?)?$",
        description="Mollie's API on this machine, for tests. Empty: Mollie itself.",
    )  # fmt: skip

    @property
    def address(self) -> str:
        return (self.base_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def key_folder(self) -> Path:
        return self.keys or self.data / "keys"

    @model_validator(mode="after")
    def _pays_by_a_profile(self) -> Self:
        if bool(self.pay_key) != bool(self.pay_profile):
            raise ValueError("ZUEINANDER_PAY_KEY and ZUEINANDER_PAY_PROFILE go together.")
        return self

    def unsafe(self) -> list[str]:
        """What keeps a production installation from starting; sentences for the operator."""
        if not self.production:
            return []
        found = []
        if urlsplit(self.address).scheme != "https":
            found.append("ZUEINANDER_BASE_URL must begin with https:// in production.")
        if not self.contact:
            found.append("ZUEINANDER_CONTACT must name a mail address that a human reads.")
        if not self.imprint:
            found.append("ZUEINANDER_IMPRINT must hold the address lines the law asks for.")
        if self.pay_url:
            found.append("ZUEINANDER_PAY_URL is for tests: money would be counted that nobody gave.")
        return found


class UnsafeConfig(SystemExit):
    """Settings are wrong or unsafe; the message is for the operator."""


@lru_cache(maxsize=1)
def config() -> Config:
    """The settings of this process. Raises `UnsafeConfig` with one line for each thing that is wrong."""
    try:
        return Config()
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise UnsafeConfig("The settings cannot be used:\n  " + "\n  ".join(lines)) from None
