"""Wrong usage is one Indonesian sentence, help is Indonesian, and --data may stand anywhere."""

from __future__ import annotations

import argparse
import importlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sinambung.cli.main import COMMANDS, main
from sinambung.cli.parser import Parser, said
from tests.cli.running import initialised, sinambung


def commands() -> Iterator[tuple[tuple[str, ...], Parser]]:
    """Yield every command with every action, from the parsers themselves."""
    for name, entry in COMMANDS.items():
        parser = Parser(prog=f"sinambung {name}")
        importlib.import_module(f"sinambung.cli.{entry.module}").configure(parser)
        actions = [
            action for action in parser._actions if isinstance(action, argparse._SubParsersAction)
        ]
        if not actions:
            yield (name,), parser
        for action in actions:
            for word, below in action.choices.items():
                yield (name, word), below


def needed(parser: Parser) -> list[str]:
    """Return words for everything that a command requires."""
    words: list[str] = []
    for action in parser._actions:
        value = next(iter(action.choices or ["x"]))
        if action.option_strings and action.required:
            words += [action.option_strings[0], str(value)]
        elif not action.option_strings and action.nargs not in ("?", "*"):
            words.append(str(value))
    return words


EVERY = [pytest.param(words, parser, id="-".join(words)) for words, parser in commands()]


def test_every_command_is_among_them() -> None:
    assert {parameter.values[0][0] for parameter in EVERY} == set(COMMANDS)  # type: ignore[index]
    assert len(EVERY) > len(COMMANDS)


@pytest.mark.parametrize(("words", "parser"), EVERY)
@pytest.mark.parametrize("place", ["before", "after the command", "at the end"])
def test_data_may_stand_anywhere(
    words: tuple[str, ...], parser: Parser, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = importlib.import_module(f"sinambung.cli.{COMMANDS[words[0]].module}")
    seen: list[str] = []
    monkeypatch.setenv("SINAMBUNG_DATA", "lain")

    def run(_arguments: argparse.Namespace) -> int:
        seen.append(os.environ["SINAMBUNG_DATA"])
        return 0

    monkeypatch.setattr(module, "run", run)
    given, all_words = ["--data", "folder-ini"], [*words, *needed(parser)]
    at = {"before": 0, "after the command": 1, "at the end": len(all_words)}[place]
    assert main([*all_words[:at], *given, *all_words[at:]]) == 0
    assert seen == ["folder-ini"]


def test_data_after_the_action_reaches_the_installation(tmp_path: Path) -> None:
    data = initialised(tmp_path / "data")
    elsewhere = tmp_path / "kosong"
    words = ("user", "list", "--data", str(data))
    assert "Administrator Contoh" in sinambung(elsewhere, *words).stdout
    words = ("trail", "verify", "--data", str(data))
    assert sinambung(elsewhere, *words).returncode == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "Isian wajib belum ada: PERINTAH; lihat sinambung --help."),
        ("apa", "PERINTAH: “apa” tidak dikenal, pilih init, serve, demo, "),
        ("rule", "Isian wajib belum ada: TINDAKAN; lihat sinambung rule --help."),
        ("rule show", "Isian wajib belum ada: NAMA; lihat sinambung rule show --help."),
        ("rule show nip --on 5", "--on: “5” bukan tanggal seperti 2026-12-02; lihat"),
        ("rule list --jso", "Tidak dikenal: --jso; lihat sinambung --help."),
        ("serve --port x", "--port: “x” bukan bilangan bulat; lihat sinambung serve --help."),
        ("serve --port", "--port: isinya belum disebut; lihat sinambung serve --help."),
        ("import x y", "JENIS: “x” tidak dikenal, pilih employees, roster, marks; lihat"),
        ("import marks y", "Sebutkan angkatan dengan --batch; lihat sinambung import --help."),
        ("user roles a --since 3", "--since: “3” bukan tanggal seperti 2026-12-02; lihat"),
        ("user roles a --grant leader --end leader", "--end: tidak dapat bersama --grant; lihat"),
        ("check --json=3", "--json: tidak menerima isian “3”; lihat sinambung check --help."),
        ("verify", "Isian wajib belum ada: BERKAS; lihat sinambung verify --help."),
    ],
)
def test_wrong_usage_is_one_indonesian_sentence(
    words: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(words.split())
    assert end.value.code == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert told.err.startswith(sentence)


@pytest.mark.parametrize(("words", "parser"), EVERY)
def test_help_is_indonesian(words: tuple[str, ...], parser: Parser) -> None:
    text = parser.format_help()
    assert text.startswith("Pemakaian: ")
    assert "tampilkan bantuan ini" in text
    for english in ("usage", "positional arguments", "options:", "show this help"):
        assert english not in text


def test_a_sentence_of_our_own_stays_as_it_is() -> None:
    assert said("argument --on: “x” bukan tanggal") == "--on: “x” bukan tanggal"


def test_export_says_which_endings_each_kind_takes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    text = " ".join(capsys.readouterr().out.split())
    assert "employees, roster, marks ke .xlsx atau .csv; certificates ke .zip" in text
    assert "atau .pdf" in text
