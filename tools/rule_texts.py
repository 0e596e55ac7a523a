"""The texts of the rulebook, read from its source: it is pure and knows no gettext.

Its sentences are plain Indonesian f-strings. Each becomes a message with named places, as in
`%(name)s belum dinilai%(by)s.`; `sinambung.platform.foundation.recorded` finds the message that a
sentence was made of and says it in another language. The names of bands and of raters come from
the tables of the programmes.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

RULEBOOK = Path(__file__).resolve().parent.parent / "src" / "sinambung" / "pure" / "rulebook"
WITHOUT_TEXTS = {"glossary.py", "numbers_in_words.py", "names.py"}
NAMING = {"field", "number", "objects", "Step"}
DICTIONARIES = re.compile(r"(LABELS|WORDS|TOKENS)$")
_LETTERS = re.compile(r"[A-Za-z]{2}")
_PLACE = re.compile(r"\{([a-z_]+)\}")
_NOT_TEXT = re.compile(r"[\\\n]|-contoh$|\.toml$|\[A-|\{urut:|^#|^sinambung\.")


def texts() -> Iterator[str]:
    """Yield every message of the rulebook and every name of a band or rater."""
    for path in sorted(RULEBOOK.rglob("*.py")):
        if path.name not in WITHOUT_TEXTS:
            yield from _in_module(ast.parse(path.read_text()), is_nip=path.name == "nip.py")
    for path in sorted(RULEBOOK.rglob("law/tables/programmes/*.toml")):
        yield from _names(tomllib.loads(path.read_text()))


def template_of(node: ast.JoinedStr) -> str:
    """Return an f-string as a message with named places."""
    parts: list[str] = []
    used: set[str] = set()
    for value in node.values:
        if isinstance(value, ast.Constant):
            parts.append(str(value.value).replace("%", "%%"))
        elif isinstance(value, ast.FormattedValue):
            name = _name_of(value.value, used)
            used.add(name)
            parts.append(f"%({name})s")
    return "".join(parts)


def _name_of(node: ast.expr, used: set[str]) -> str:
    words = re.findall(r"[A-Za-z_]+", ast.unparse(node))
    name = words[-1].lower() if words else "value"
    while name in used:
        name += "_"
    return name


def _in_module(tree: ast.Module, *, is_nip: bool) -> Iterator[str]:
    skipped = _inside_or_documentation(tree)
    short = _short_texts(tree)
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.JoinedStr):
            template = template_of(node)
            if _LETTERS.search(re.sub(r"%\(\w+\)s", "", template)) and _is_text(template):
                yield template
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
            if _is_text(text) and (id(node) in short or (" " in text.strip())):
                yield _PLACE.sub(r"%(\1)s", text) if is_nip else text


def _is_text(text: str) -> bool:
    return bool(_LETTERS.search(text)) and not _NOT_TEXT.search(text)


def _short_texts(tree: ast.Module) -> set[int]:
    """The single words that people see: in dictionaries of labels and where parts are named."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            if any(DICTIONARIES.search(name) for name in names):
                found |= {id(value) for value in node.value.values}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in NAMING:
                found |= {id(argument) for argument in node.args[:1]}
            found |= {id(word.value) for word in node.keywords if word.arg == "title"}
        elif isinstance(node, ast.FunctionDef) and node.name == "label":
            found |= {id(part) for part in ast.walk(node)}
    return found


def _inside_or_documentation(tree: ast.Module) -> set[int]:
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            found |= {id(part) for part in ast.walk(node) if part is not node}
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            found.add(id(body[0].value))
    return found


def _names(part: object, key: str = "") -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from _names(each, key)
    elif isinstance(part, dict):
        if key in {"bands", "raters"} and isinstance(part.get("name"), str):
            yield part["name"]
        for inner, value in part.items():
            yield from _names(value, inner)
