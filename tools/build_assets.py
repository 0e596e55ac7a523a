"""Build the design system's served files: one style sheet, one icon sprite, one font.

`python tools/build_assets.py` joins the style parts; with `--packages DIR` (a `node_modules`
that holds `@tabler/icons`, `inter-ui` and `htmx.org`) it also refreshes the vendored files.
"""

import argparse
import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UI = ROOT / "src/sinambung/platform/ui"
STATIC = UI / "static"
STYLE_SHEET = STATIC / "ui/sinambung.css"
SPRITE = STATIC / "vendor/tabler/icons.svg"
COMPRESSED = (STYLE_SHEET, SPRITE, STATIC / "vendor/htmx/htmx.min.js")
LAYERS = ("tokens", "base", "layout", "components", "print")
LATIN = "U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2000-200B,U+2010-2027"
LATIN += ",U+2030,U+2032-2033,U+2039-203A,U+2044,U+20AC,U+2122,U+2190-2193,U+2212,U+2248,U+2260"
LATIN += ",U+2264-2265"


def style_sheet() -> str:
    """Return the one served style sheet, made of the parts in `styles/`."""
    parts = [f"@layer {', '.join(LAYERS)};"]
    for layer in LAYERS:
        sources = [path.read_text() for path in sorted((UI / "styles" / layer).glob("*.css"))]
        parts.append(f"@layer {layer} {{{_compact(''.join(map(_with_both_darks, sources)))}}}")
    return "\n".join(parts) + "\n"


def compressed(path: Path) -> bytes:
    """Return the file as browsers receive it; the same bytes each time."""
    return gzip.compress(path.read_bytes(), compresslevel=9, mtime=0)


def icon_names() -> list[str]:
    """Return the icons that the sprite must hold."""
    with (UI / "icons.toml").open("rb") as file:
        return sorted(set(tomllib.load(file)["icons"]))


def _with_both_darks(source: str) -> str:
    """Repeat the dark tokens for devices that prefer dark; paper is always light."""
    chosen = ':root[data-theme="dark"]'
    if chosen not in source:
        return source
    preferred = source.replace(chosen, ':root:not([data-theme="light"])')
    return (
        f"@media screen {{{source}}}\n"
        f"@media screen and (prefers-color-scheme: dark) {{{preferred}}}\n"
    )


def _compact(source: str) -> str:
    """Drop comments and the spaces that mean nothing."""
    bare = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL))
    tight = re.sub(r"\s*([{};,])\s*", r"\1", bare).replace(";}", "}")
    return re.sub(r"(?<=[\w)]): ", ":", tight).strip()


def _sprite(tabler: Path) -> str:
    symbols = []
    for name in icon_names():
        source = (tabler / "icons/outline" / f"{name}.svg").read_text()
        body = re.search(r"<svg[^>]*>(.*)</svg>", source, flags=re.DOTALL)
        if body is None:
            raise SystemExit(f"No drawing in {name}.svg")
        paths = re.sub(r"\s+", " ", body.group(1)).strip().replace(" />", "/>")
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{paths}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def _font(inter: Path, target: Path) -> None:
    """Subset Inter to Latin, weights 400 to 600, and the figures that the product uses."""
    narrowed = target.with_suffix(".ttf")
    instancer = [sys.executable, "-m", "fontTools.varLib.instancer", "--no-recalc-timestamp"]
    source = inter / "variable/InterVariable.woff2"
    limits = ["wght=400:600", "opsz=14"]
    subprocess.run([*instancer, str(source), *limits, "-o", str(narrowed)], check=True)
    subset = [sys.executable, "-m", "fontTools.subset", str(narrowed), f"--unicodes={LATIN}"]
    features = "--layout-features=kern,mark,mkmk,calt,ccmp,locl,tnum,pnum,zero,case"
    options = [features, "--no-recalc-timestamp", "--flavor=woff2", f"--output-file={target}"]
    subprocess.run([*subset, *options], check=True)
    narrowed.unlink()


def _refresh(packages: Path) -> None:
    vendor = STATIC / "vendor"
    tabler, inter, htmx = (packages / name for name in ("@tabler/icons", "inter-ui", "htmx.org"))
    SPRITE.write_text(_sprite(tabler))
    shutil.copy(tabler / "LICENSE", vendor / "tabler/LICENSE.txt")
    _font(inter, vendor / "inter/inter-latin.woff2")
    shutil.copy(inter / "LICENSE.txt", vendor / "inter/LICENSE.txt")
    shutil.copy(htmx / "dist/htmx.min.js", vendor / "htmx/htmx.min.js")
    shutil.copy(htmx / "LICENSE", vendor / "htmx/LICENSE.txt")
    entries = [
        ("htmx/htmx.min.js", htmx, "0BSD"),
        ("inter/inter-latin.woff2", inter, "OFL-1.1"),
        ("tabler/icons.svg", tabler, "MIT"),
    ]
    text = "# Files of others that we ship. Written by tools/build_assets.py.\n"
    for path, package, licence in entries:
        version = json.loads((package / "package.json").read_text())["version"]
        digest = hashlib.sha256((vendor / path).read_bytes()).hexdigest()
        text += f'\n[[file]]\npath = "{path}"\npackage = "{package.relative_to(packages)}"\n'
        text += f'version = "{version}"\nlicence = "{licence}"\nsha256 = "{digest}"\n'
    (vendor / "vendor.toml").write_text(text)


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=Path, help="a node_modules folder")
    arguments = parser.parse_args()
    if arguments.packages:
        _refresh(arguments.packages)
    STYLE_SHEET.write_text(style_sheet())
    for path in COMPRESSED:
        path.with_name(f"{path.name}.gz").write_bytes(compressed(path))


if __name__ == "__main__":
    main()
