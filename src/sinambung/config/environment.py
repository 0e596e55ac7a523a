"""Every variable of the installation, read once and documented."""

from __future__ import annotations

import os
import secrets
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

LANGUAGES = ("id", "en")
TIME_ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


class EnvironmentIncomplete(Exception):
    """A setting is missing or wrong; the text says which and what to do."""


def _setting(default: Any, text: str) -> Any:
    return field(default=default, metadata={"text": text})


@dataclass(frozen=True)
class Environment:
    """Settings come from variables named `SINAMBUNG_…`, else from `installation.toml` in the data
    folder, else from the defaults here."""

    data: str = _setting("data", "Folder of the installation: database, files, keys.")
    database_url: str = _setting(
        "", "Empty for SQLite in the data folder, or postgresql://user:password@host:port/name."
    )
    secret_key: str = _setting(
        "", "Key for sessions and links; made in keys/secret-key when empty and not in production."
    )
    production: bool = _setting(
        False, "Refuse to start without secret key and hosts; cookies only over HTTPS."
    )
    debug: bool = _setting(False, "Developer's error pages. Never in production.")
    hosts: str = _setting("127.0.0.1,localhost,[::1]", "Host names, separated by commas.")
    base_url: str = _setting("http://127.0.0.1:8000", "Address that certificates and mail name.")
    agency: str = _setting("BPSDM Provinsi Contoh", "Name of the training agency.")
    government: str = _setting("Pemerintah Provinsi Contoh", "Name of the government.")
    place: str = _setting("Kota Contoh", "Place named beside dates on letters and certificates.")
    brand_colour: str = _setting("#2663a3", "The agency's own colour, as #rrggbb.")
    emblem: str = _setting("", "Path of the emblem as SVG or PNG; empty for none.")
    sample: bool = _setting(False, "Mark every page and paper as sample data.")
    time_zone: str = _setting("Asia/Jakarta", "Asia/Jakarta, Asia/Makassar or Asia/Jayapura.")
    language: str = _setting("id", "Language of a first visit: id or en.")
    second_factor: str = _setting(
        "",
        "Who must add a second factor at the next sign-in: roles (whoever holds a far-reaching "
        "role), all, or none. Empty: roles, but none where sample data is shown.",
    )
    proxies: str = _setting(
        "",
        "How many reverse proxies of your own stand before the server; their X-Forwarded-For is "
        "believed. Empty: 1 in production, else 0.",
    )
    mail_url: str = _setting(
        "", "smtp://user:password@host:port; empty keeps mail in the outbox only."
    )
    mail_from: str = _setting("sinambung@localhost", "Sender of mail.")
    signer: str = _setting(
        "", "Path of a PKCS#12 file with the signing certificate; empty for the demo authority."
    )
    signer_password: str = _setting("", "Password of the signing file.")
    timestamp_url: str = _setting(
        "", "Address of a time stamping authority (RFC 3161) for signatures; empty for none."
    )

    @property
    def second_factor_rule(self) -> str:
        return self.second_factor or ("none" if self.sample else "roles")

    @property
    def trusted_proxies(self) -> int:
        return int(self.proxies) if self.proxies else int(self.production)

    @property
    def host_names(self) -> list[str]:
        return [host.strip() for host in self.hosts.split(",") if host.strip()]

    @property
    def data_folder(self) -> Path:
        return Path(self.data).expanduser().resolve()


def read_environment() -> Environment:
    """Return the settings; raise `EnvironmentIncomplete` when production lacks a secret."""
    data = os.environ.get("SINAMBUNG_DATA", "data")
    stored = _stored(Path(data))
    values: dict[str, Any] = {"data": data}
    for entry in fields(Environment):
        name = f"SINAMBUNG_{entry.name.upper()}"
        if name in os.environ:
            values[entry.name] = _typed(name, os.environ[name], entry.default)
        elif entry.name in stored:
            values[entry.name] = _checked(entry.name, stored[entry.name], entry.default)
    environment = Environment(**values)
    _require_readable(environment)
    if environment.language not in LANGUAGES:
        raise EnvironmentIncomplete(f"language harus {' atau '.join(LANGUAGES)}.")
    if environment.time_zone not in TIME_ZONES:
        raise EnvironmentIncomplete(f"time_zone harus salah satu dari {', '.join(TIME_ZONES)}.")
    if environment.production:
        _require_production(environment)
    return environment


def secret_key(environment: Environment) -> str:
    """Return the configured key, or the one kept in the data folder (made on first use)."""
    if environment.secret_key:
        return environment.secret_key
    path = environment.data_folder / "keys" / "secret-key"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        return _new_key(path)
    except OSError as error:
        raise EnvironmentIncomplete(f"{path} tidak dapat dibaca: {error.strerror}.") from error


def _new_key(path: Path) -> str:
    key = secrets.token_urlsafe(48)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(key)
    except OSError as error:
        raise EnvironmentIncomplete(f"{path} tidak dapat ditulis: {error.strerror}.") from error
    return key


def _stored(folder: Path) -> dict[str, Any]:
    try:
        return tomllib.loads((folder / "installation.toml").read_text())
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentIncomplete("installation.toml tidak dapat dibaca sebagai teks.") from error
    except tomllib.TOMLDecodeError as error:
        raise EnvironmentIncomplete(f"installation.toml tidak dapat dibaca: {error}.") from error


def _checked(name: str, value: Any, default: Any) -> Any:
    if type(value) is not type(default):
        kind = "true atau false" if isinstance(default, bool) else "teks dalam tanda petik"
        raise EnvironmentIncomplete(f"{name} pada installation.toml harus {kind}.")
    return value


def _typed(name: str, text: str, default: Any) -> Any:
    if not isinstance(default, bool):
        return text
    if text.lower() in {"1", "true", "yes", "ya"}:
        return True
    if text.lower() in {"", "0", "false", "no", "tidak"}:
        return False
    raise EnvironmentIncomplete(f"{name} harus 1 atau 0, bukan {text!r}.")


def _require_readable(environment: Environment) -> None:
    if environment.second_factor not in {"", "roles", "all", "none"}:
        raise EnvironmentIncomplete("SINAMBUNG_SECOND_FACTOR harus roles, all, none, atau kosong.")
    if environment.proxies not in {"", *"0123456789"}:
        raise EnvironmentIncomplete("SINAMBUNG_PROXIES harus satu angka, 0 sampai 9, atau kosong.")


def _require_production(environment: Environment) -> None:
    if len(environment.secret_key) < 32:
        raise EnvironmentIncomplete(
            "SINAMBUNG_SECRET_KEY harus diisi paling sedikit 32 karakter pada instalasi produksi."
        )
    if not environment.host_names or any("*" in host for host in environment.host_names):
        raise EnvironmentIncomplete(
            "SINAMBUNG_HOSTS harus menyebut nama tuan rumah satu per satu pada instalasi produksi."
        )
    if environment.debug:
        raise EnvironmentIncomplete("SINAMBUNG_DEBUG harus 0 pada instalasi produksi.")
    if not environment.base_url.startswith("https://"):
        raise EnvironmentIncomplete(
            "SINAMBUNG_BASE_URL harus berawalan https:// pada instalasi produksi."
        )
