"""Settings: read once from a mapping, checked, frozen; every problem is reported at once, in words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import time, timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError, model_validator

from domain.editions import Style
from domain.errors import MorningPostError
from domain.hours import CATCH_UP
from domain.price import FREE_RATE, MOST_RATE

#: Settings that hold secrets: each may also come from the file that ``NAME_FILE`` names, and none is ever printed.
SECRETS = ("TELEGRAM_BOT_TOKEN", "DATABASE_URL", "GITHUB_TOKEN", "HUGGINGFACE_TOKEN", "LLM_API_KEY", "WEBHOOK_SECRET")

_DURATION = re.compile(r"(\d{1,4})\s*(s|m|h|d)")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{10,100}")
_CHANNEL = re.compile(r"@[A-Za-z][A-Za-z0-9_]{3,31}|-100\d{5,15}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_TRUE, _FALSE = {"true", "1", "yes", "on"}, {"false", "0", "no", "off"}


class SettingsError(MorningPostError):
    """The settings are wrong; ``problems`` says each one in a line."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def _flag(value: object) -> object:
    word = str(value).strip().lower()
    if word in _TRUE | _FALSE:
        return word in _TRUE
    raise ValueError(f"say true or false, not {value!r}")


def _duration(value: object) -> object:
    if isinstance(value, timedelta):
        return value
    match = _DURATION.fullmatch(str(value).strip())
    if match is None or int(match[1]) == 0:
        raise ValueError(f"give a duration such as 3h or 45m, not {value!r}")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def _grace(value: object) -> object:
    return timedelta(0) if str(value).strip() == "0" else _duration(value)


def _clock_time(value: object) -> object:
    if isinstance(value, time):
        return value
    match = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", str(value).strip())
    if match is None:
        raise ValueError(f"give a time of day such as 05:30, not {value!r}")
    return time(int(match[1]), int(match[2]))


def _zone(value: object) -> object:
    try:
        ZoneInfo(str(value))
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{value!r} is no time zone; give a name such as Europe/Berlin or UTC") from None
    return str(value)


def _admins(value: object) -> object:
    words = [word.strip() for word in str(value).split(",") if word.strip()]
    wrong = [word for word in words if not word.isascii() or not word.isdigit()]
    if wrong:
        raise ValueError(f"give numeric user ids, comma separated (ask @userinfobot); wrong: {', '.join(wrong)}")
    return tuple(int(word) for word in words)


def _channel(value: object) -> object:
    if not _CHANNEL.fullmatch(str(value).strip()):
        raise ValueError(f"give @name or -100… (the id of a channel), not {value!r}")
    return str(value).strip()


def _token(value: object) -> object:
    if not _TOKEN.fullmatch(str(value).strip()):
        raise ValueError("this is not a bot token; BotFather gives one such as 123456:ABC-DEF…")
    return str(value).strip()


def _address(value: object) -> object:
    text = str(value).strip().rstrip("/")
    if not re.fullmatch(r"https?://[^\s/@]+(/[^\s?#]*)?", text):
        raise ValueError("give an address such as https://example.org, without user name, query or fragment")
    return text


def _database(value: object) -> object:
    text = str(value).strip()
    if not re.match(r"(sqlite:///.|postgres(ql)?(\+psycopg)?://.)", text):
        raise ValueError("give sqlite:///path/to/file or postgresql://user:password@host/name")
    return text


def _webhook_secret(value: object) -> object:
    if not _SECRET.fullmatch(str(value).strip()):
        raise ValueError(
            "give 16 to 256 of A-Z, a-z, 0-9, _ and -; or leave it out, then one is derived from the token"
        )
    return str(value).strip()


def _networks(value: object) -> object:
    words = [word.strip() for word in str(value).split(",") if word.strip()]
    try:
        return tuple(ip_network(word) for word in words)
    except ValueError as error:
        raise ValueError(f"give networks such as 10.0.0.0/8, comma separated: {error}") from None


Flag = Annotated[bool, BeforeValidator(_flag)]
Duration = Annotated[timedelta, BeforeValidator(_duration)]
Grace = Annotated[timedelta, BeforeValidator(_grace)]
ClockTime = Annotated[time, BeforeValidator(_clock_time)]
Zone = Annotated[str, BeforeValidator(_zone)]
Address = Annotated[str, BeforeValidator(_address)]
Admins = Annotated[tuple[int, ...], BeforeValidator(_admins)]
Channel = Annotated[str, BeforeValidator(_channel)]
Token = Annotated[SecretStr, BeforeValidator(_token)]
WebhookSecret = Annotated[SecretStr, BeforeValidator(_webhook_secret)]
Networks = Annotated[tuple[IPv4Network | IPv6Network, ...], BeforeValidator(_networks)]
DatabaseUrl = Annotated[SecretStr, BeforeValidator(_database)]


class Settings(BaseModel):
    """Everything that an operator may set; a field is named as its variable, in lower case."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, hide_input_in_errors=True)

    telegram_bot_token: Token | None = None
    telegram_admins: Admins = ()
    telegram_channel: Channel | None = None
    telegram_api_url: Address = "https://api.telegram.org"
    telegram_rate: int = Field(FREE_RATE, ge=1, le=MOST_RATE)
    telegram_limit: Literal["strict", "bucket"] = "strict"
    telegram_paid_broadcast: Flag = False
    uncertain: Literal["resend", "leave"] = "resend"
    catch_up: Grace = Field(CATCH_UP, le=timedelta(hours=24))
    database_url: DatabaseUrl | None = None
    data_dir: Path = Path("data")
    paper_timezone: Zone = "UTC"
    collect_every: Duration = timedelta(hours=3)
    assemble_at: ClockTime = time(5, 30)
    press_at: ClockTime = time(6, 30)
    auto_approve: Flag = True
    channel_style: Literal["classic", "rich"] = "classic"
    poll: Flag = True
    huggingface_url: Address = "https://huggingface.co"
    github_url: Address = "https://github.com"
    github_api_url: Address = "https://api.github.com"
    ossinsight_url: Address = "https://api.ossinsight.io"
    arxiv_url: Address = "https://export.arxiv.org"
    arxiv_rss_url: Address = "https://rss.arxiv.org"
    hackernews_url: Address = "https://hn.algolia.com"
    github_token: SecretStr | None = None
    huggingface_token: SecretStr | None = None
    feeds_file: Path | None = None
    check_links: Flag = True
    llm_url: Address | None = None
    llm_model: str | None = None
    llm_api_key: SecretStr | None = None
    llm_price_prompt: float | None = Field(None, ge=0)
    llm_price_completion: float | None = Field(None, ge=0)
    llm_budget: float | None = Field(None, ge=0)
    webhook_url: Address | None = None
    webhook_secret: WebhookSecret | None = None
    webhook_sources: Literal["any", "telegram"] = "any"
    webhook_forwarders: Networks = ()
    web_host: str = "127.0.0.1"
    web_port: int = Field(8080, ge=1, le=65535)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["console", "json"] = "console"

    title: str = Field("The AI Morning Post", min_length=1, max_length=64)
    motto: str = Field("Artificial Intelligence • Machine Learning • Future Tech", max_length=128)
    language: Literal["en", "ru", "es", "ar", "hi", "zh", "pt", "de", "fr"] = "en"

    @model_validator(mode="after")
    def _times_in_order(self) -> Self:
        if self.press_at <= self.assemble_at:
            raise ValueError("PRESS_AT must come after ASSEMBLE_AT on the same day")
        if self.telegram_rate > FREE_RATE and not self.telegram_paid_broadcast:
            raise ValueError(
                f"TELEGRAM_RATE above {FREE_RATE} needs TELEGRAM_PAID_BROADCAST=true and costs Stars: Telegram allows "
                f"{FREE_RATE} a second free of charge"
            )
        return self

    @model_validator(mode="after")
    def _model_whole(self) -> Self:
        if (self.llm_url is None) != (self.llm_model is None):
            raise ValueError("LLM_URL and LLM_MODEL belong together: set both, or neither for the built-in writer")
        priced = self.llm_price_prompt is not None and self.llm_price_completion is not None
        if self.llm_budget is not None and not priced:
            raise ValueError(
                "LLM_BUDGET needs LLM_PRICE_PROMPT and LLM_PRICE_COMPLETION (per million tokens), or it bounds nothing"
            )
        return self

    @classmethod
    def from_env(cls, environ: Mapping[str, str], folder: Path = Path()) -> Self:
        """Read the settings from ``environ``, over ``.env`` and ``paper.toml`` in ``folder``.

        Raises SettingsError with every problem found.
        """
        problems: list[str] = []
        given: dict[str, Any] = _paper_file(folder / "paper.toml", problems)
        values = {**_dotenv(folder / ".env"), **environ}
        for name in ENVIRONMENT_NAMES:
            text = _value(name, values, problems)
            if text is not None:
                given[name.lower()] = text
        try:
            settings = cls.model_validate(given)
        except ValidationError as error:
            raise SettingsError(problems + [_in_words(problem) for problem in error.errors()]) from None
        if problems:
            raise SettingsError(problems)
        return settings

    @property
    def database(self) -> str:
        """The address of the database: as set, or a SQLite file in the data folder."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data_dir / 'morningpost.db'}"

    @property
    def channel_style_value(self) -> Style:
        """The style of the channel's posts."""
        return Style(self.channel_style)

    @property
    def token(self) -> str:
        """The bot token. Raises SettingsError when none is set."""
        if self.telegram_bot_token is None:
            raise SettingsError(
                ["TELEGRAM_BOT_TOKEN is not set: talk to @BotFather, send /newbot, put the token into .env"]
            )
        return self.telegram_bot_token.get_secret_value()

    def secrets(self) -> tuple[str, ...]:
        """Every secret text, to be struck out wherever it might be printed."""
        held = (
            self.telegram_bot_token,
            self.github_token,
            self.huggingface_token,
            self.llm_api_key,
            self.webhook_secret,
        )
        password = urlsplit(self.database).password
        return (
            *(secret.get_secret_value() for secret in held if secret is not None),
            *([password] if password else []),
        )


#: Fields of the paper itself, which only paper.toml sets.
PAPER_ONLY = frozenset({"title", "motto", "language"})

#: What paper.toml may hold, and which field each key sets.
PAPER_KEYS = {
    "title": "title",
    "motto": "motto",
    "language": "language",
    "time_zone": "paper_timezone",
    "assemble_at": "assemble_at",
    "press_at": "press_at",
    "feeds": "feeds_file",
}

#: The names of all environment variables, in the order of ``.env.example``.
ENVIRONMENT_NAMES = tuple(name.upper() for name in Settings.model_fields if name not in PAPER_ONLY)


def _dotenv(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    return {name: value for name, value in dotenv_values(path).items() if value is not None}


def _paper_file(path: Path, problems: list[str]) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problems.append(f"paper.toml can't be read: {error}")
        return {}
    unknown = sorted(set(table) - set(PAPER_KEYS))
    if unknown:
        problems.append(f"paper.toml: unknown {', '.join(unknown)}; it may hold {', '.join(PAPER_KEYS)}")
    return {PAPER_KEYS[key]: value for key, value in table.items() if key in PAPER_KEYS}


def _value(name: str, values: Mapping[str, str], problems: list[str]) -> str | None:
    """The text of a setting; an empty one counts as not given."""
    text = values.get(name, "").strip()
    file = values.get(f"{name}_FILE", "").strip() if name in SECRETS else ""
    if text and file:
        problems.append(f"{name} and {name}_FILE are both set; set one of them")
        return None
    if not file:
        return text or None
    try:
        return Path(file).read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError) as error:
        problems.append(f"{name}_FILE: {file} can't be read ({error.__class__.__name__})")
        return None


def _in_words(problem: Any) -> str:
    """One line of a validation problem, named as the operator's variable; the value itself is left out."""
    name = str(problem["loc"][0]).upper() if problem["loc"] else ""
    text = str(problem["msg"]).removeprefix("Value error, ").removeprefix("Input should be ")
    if problem["type"] == "value_error":
        return f"{name}: {text}" if name else text
    return f"{name}: must be {text}" if not text.startswith("String") else f"{name}: {text}"
