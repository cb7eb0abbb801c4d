from __future__ import annotations

import re
from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.languages.lookup import LANGUAGES
from domain.hours import CATCH_UP
from morningpost.settings import ENVIRONMENT_NAMES, Settings, SettingsError

EXAMPLE = Path(__file__).resolve().parents[3] / ".env.example"
TOKEN = "123456:AAAAbbbbCCCCddddEEEEffffGGGGhhhhIII"


def problems(environ: dict[str, str], folder: Path) -> list[str]:
    with pytest.raises(SettingsError) as error:
        Settings.from_env(environ, folder)
    return error.value.problems


def test_every_problem_is_told_at_once_by_the_name_of_its_variable(tmp_path: Path) -> None:
    wrong = {
        "TELEGRAM_BOT_TOKEN": "nonsense",
        "TELEGRAM_ADMINS": "1, me",
        "TELEGRAM_RATE": "fast",
        "AUTO_APPROVE": "ture",
        "PAPER_TIMEZONE": "Mars/Olympus",
        "COLLECT_EVERY": "often",
        "PRESS_AT": "25:00",
        "UNCERTAIN": "maybe",
        "DATABASE_URL": "mysql://x",
        "GITHUB_URL": "ftp://github.com",
        "TELEGRAM_CHANNEL": "my channel",
    }
    named = {problem.split(":")[0] for problem in problems(wrong, tmp_path)}
    assert named == set(wrong)


@pytest.mark.parametrize("name", ["TELEGRAM_BOT_TOKEN", "DATABASE_URL"])
def test_a_wrong_secret_is_never_repeated_in_the_problem(name: str, tmp_path: Path) -> None:
    assert "very secret words" not in " ".join(problems({name: "very secret words"}, tmp_path))


def test_a_secret_comes_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    settings = Settings.from_env({"TELEGRAM_BOT_TOKEN_FILE": str(tmp_path / "token")}, tmp_path)
    assert settings.token == TOKEN


def test_a_missing_secret_file_is_told(tmp_path: Path) -> None:
    assert "can't be read" in problems({"GITHUB_TOKEN_FILE": str(tmp_path / "none")}, tmp_path)[0]


def test_a_secret_and_its_file_together_are_refused(tmp_path: Path) -> None:
    both = {"GITHUB_TOKEN": "a", "GITHUB_TOKEN_FILE": "b"}
    assert problems(both, tmp_path) == ["GITHUB_TOKEN and GITHUB_TOKEN_FILE are both set; set one of them"]


def test_secrets_are_not_in_the_repr(tmp_path: Path) -> None:
    given = {"TELEGRAM_BOT_TOKEN": TOKEN, "DATABASE_URL": "postgresql://paper:pass-word@db/paper"}
    settings = Settings.from_env(given, tmp_path)
    assert TOKEN not in repr(settings)
    assert "pass-word" not in repr(settings)
    assert set(settings.secrets()) == {TOKEN, "pass-word"}


def test_the_environment_wins_over_dotenv_and_dotenv_over_the_paper_file(tmp_path: Path) -> None:
    (tmp_path / "paper.toml").write_text('title = "Our Post"\ntime_zone = "Europe/Berlin"\npress_at = "07:00"\n')
    (tmp_path / ".env").write_text("PAPER_TIMEZONE=Asia/Tokyo\nASSEMBLE_AT=05:00\n")
    settings = Settings.from_env({"ASSEMBLE_AT": "04:00"}, tmp_path)
    assert (settings.title, settings.paper_timezone) == ("Our Post", "Asia/Tokyo")
    assert (settings.assemble_at, settings.press_at) == (time(4), time(7))


def test_an_unknown_key_of_the_paper_file_is_told_with_the_known_ones(tmp_path: Path) -> None:
    (tmp_path / "paper.toml").write_text('titel = "x"\n')
    assert problems({}, tmp_path) == [
        "paper.toml: unknown titel; it may hold title, motto, language, time_zone, assemble_at, press_at, feeds"
    ]


def test_a_paper_file_that_is_no_toml_is_told(tmp_path: Path) -> None:
    (tmp_path / "paper.toml").write_text("title =")
    assert problems({}, tmp_path)[0].startswith("paper.toml can't be read")


def test_press_time_must_follow_assembly(tmp_path: Path) -> None:
    assert problems({"PRESS_AT": "05:00", "ASSEMBLE_AT": "06:00"}, tmp_path) == [
        "PRESS_AT must come after ASSEMBLE_AT on the same day"
    ]


def test_a_paid_rate_needs_the_word_of_the_operator(tmp_path: Path) -> None:
    assert "TELEGRAM_PAID_BROADCAST=true" in problems({"TELEGRAM_RATE": "500"}, tmp_path)[0]
    assert Settings.from_env({"TELEGRAM_RATE": "500", "TELEGRAM_PAID_BROADCAST": "yes"}, tmp_path).telegram_rate == 500


def test_good_settings_are_read_and_blank_ones_count_as_not_given(tmp_path: Path) -> None:
    given = {
        "TELEGRAM_ADMINS": "1, 22",
        "COLLECT_EVERY": "90m",
        "TELEGRAM_CHANNEL": "",
        "GITHUB_URL": "http://127.0.0.1:1/gh/",
    }
    settings = Settings.from_env(given, tmp_path)
    assert settings.telegram_admins == (1, 22)
    assert settings.collect_every == timedelta(minutes=90)
    assert settings.telegram_channel is None
    assert settings.github_url == "http://127.0.0.1:1/gh"


def test_without_a_token_the_error_says_where_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="@BotFather"):
        _ = Settings.from_env({}, tmp_path).token


def test_the_example_names_every_setting_once_in_order_and_nothing_else() -> None:
    named = re.findall(r"^([A-Z_]+)=", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)
    assert named == list(ENVIRONMENT_NAMES)


def test_the_example_shows_the_defaults(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    assert Settings.from_env({}, tmp_path) == Settings.from_env({}, tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("environ", "word"),
    [
        ({"LLM_URL": "https://api.example/v1"}, "LLM_MODEL"),
        ({"LLM_MODEL": "some-model"}, "LLM_URL"),
        ({"LLM_URL": "https://api.example/v1", "LLM_MODEL": "m", "LLM_BUDGET": "1"}, "LLM_PRICE_PROMPT"),
        ({"LLM_URL": "ftp://api.example", "LLM_MODEL": "m"}, "LLM_URL"),
        ({"LLM_URL": "https://me:secret@api.example/v1", "LLM_MODEL": "m"}, "LLM_URL"),
        ({"LLM_PRICE_PROMPT": "-1"}, "LLM_PRICE_PROMPT"),
    ],
)
def test_a_model_is_set_up_whole_or_not_at_all(environ: dict[str, str], word: str, tmp_path: Path) -> None:
    [problem] = problems(environ, tmp_path)
    assert word in problem
    assert "secret" not in problem


def test_the_key_of_a_model_is_struck_out_like_every_secret(tmp_path: Path) -> None:
    environ = {"LLM_URL": "https://api.example/v1", "LLM_MODEL": "m", "LLM_API_KEY": "sk-very-secret"}
    settings = Settings.from_env(environ, tmp_path)
    assert "sk-very-secret" in settings.secrets()
    assert "sk-very-secret" not in repr(settings)


@pytest.mark.parametrize(("text", "grace"), [("0", timedelta(0)), ("45m", timedelta(minutes=45)), ("", CATCH_UP)])
def test_a_missed_hour_is_caught_up_as_long_as_it_is_set(text: str, grace: timedelta, tmp_path: Path) -> None:
    assert Settings.from_env({"CATCH_UP": text}, tmp_path).catch_up == grace


@pytest.mark.parametrize("text", ["25h", "-1h", "soon"])
def test_a_grace_that_reaches_into_the_next_morning_is_refused(text: str, tmp_path: Path) -> None:
    assert problems({"CATCH_UP": text}, tmp_path)[0].startswith("CATCH_UP: ")


@pytest.mark.parametrize("rate", ["0", "1001", "29.5"])
def test_a_rate_is_a_whole_number_that_telegram_grants(rate: str, tmp_path: Path) -> None:
    given = {"TELEGRAM_RATE": rate, "TELEGRAM_PAID_BROADCAST": "true"}
    assert problems(given, tmp_path)[0].startswith("TELEGRAM_RATE: ")


def test_the_papers_language_may_be_any_that_the_bot_speaks(tmp_path: Path) -> None:
    for language in LANGUAGES:
        (tmp_path / "paper.toml").write_text(f'language = "{language}"\n')
        assert Settings.from_env({}, tmp_path).language == language
    (tmp_path / "paper.toml").write_text('language = "tlh"\n')
    assert problems({}, tmp_path)[0].startswith("LANGUAGE: must be 'en', 'ru'")
