"""The parser of every command: Indonesian help, and wrong usage in one Indonesian sentence."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from typing import Any, NoReturn

_TYPES = {"int": "bilangan bulat", "fromisoformat": "tanggal seperti 2026-12-02"}
_Say = Callable[[re.Match[str]], str]
# What argparse says (Lib/argparse.py of 3.11 to 3.13), and how a user here reads it.
_SENTENCES: tuple[tuple[str, _Say], ...] = (
    (r"the following arguments are required: (.+)", lambda m: f"isian wajib belum ada: {m[1]}"),
    (r"one of the arguments (.+) is required", lambda m: f"sebutkan salah satu dari {m[1]}"),
    (r"unrecognized arguments: (.+)", lambda m: f"tidak dikenal: {m[1]}"),
    (
        r"invalid choice: (?:'(.*)'|(.*)) \(choose from (.+)\)",
        lambda m: f"“{m[1] or m[2] or ''}” tidak dikenal, pilih {m[3].replace(chr(39), '')}",
    ),
    (
        r"invalid (\w+) value: '(.*)'",
        lambda m: f"“{m[2]}” bukan {_TYPES.get(m[1], 'isian yang benar')}",
    ),
    (r"expected one argument", lambda m: "isinya belum disebut"),
    (r"expected at least one argument", lambda m: "sebutkan paling sedikit satu"),
    (r"expected (\d+) arguments?", lambda m: f"sebutkan {m[1]} isian"),
    (r"not allowed with argument (.+)", lambda m: f"tidak dapat bersama {m[1]}"),
    (r"ignored explicit argument '(.*)'", lambda m: f"tidak menerima isian “{m[1]}”"),
)


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, "Pemakaian: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that takes `--data DIR`, as do its subcommands, wherever it is written."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{"formatter_class": _Formatter, "allow_abbrev": False, "add_help": False, **options}
        )
        self._positionals.title, self._optionals.title = "Isian", "Pilihan"
        self.add_argument("-h", "--help", action="help", help="tampilkan bantuan ini")
        self.add_argument(
            "--data",
            metavar="DIR",
            default=argparse.SUPPRESS,
            help="folder instalasi (atau SINAMBUNG_DATA)",
        )

    def error(self, message: str) -> NoReturn:
        """End with 2 and one sentence."""
        sentence = said(message)
        self.exit(2, f"{sentence[:1].upper()}{sentence[1:]}; lihat {self.prog} --help.\n")


def said(message: str) -> str:
    """Return a message of argparse in Indonesian; what is Indonesian already stays."""
    found = re.fullmatch(r"argument ([^:]+): (.*)", message, re.DOTALL)
    where, what = (f"{found[1]}: ", found[2]) if found else ("", message)
    for pattern, say in _SENTENCES:
        if match := re.fullmatch(pattern, what, re.DOTALL):
            what = say(match)
            break
    return " ".join(f"{where}{what}".split()).rstrip(".")
