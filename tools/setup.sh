#!/bin/sh
# Make .venv with every dependency at the version and hash of a lock file.
# Usage: tools/setup.sh [requirements.lock]
# Needs Python 3.11 or newer and nothing else: no root, no pip, no venv module.
set -eu
cd "$(dirname "$0")/.."
lock="${1:-requirements.lock}"
stamp=".venv/.ready-$(basename "$lock")"

say() { printf '%s\n' "$*" >&2; }

find_python() {
    for name in "${PYTHON:-}" python3.13 python3.12 python3.11 python3; do
        [ -n "$name" ] || continue
        path="$(command -v "$name" 2>/dev/null)" || continue
        if "$path" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s\n' "$path"
            return 0
        fi
    done
    say "Python 3.11 atau lebih baru tidak ditemukan. Pasang python3, lalu ulangi."
    return 1
}

# Debian's Python comes without pip; its wheel is fetched with apt's own tools, into this folder.
pip_from_debian() {
    apt="$PWD/.tools/apt"
    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
    options="-o Dir::State::lists=$apt/lists -o Dir::Cache=$apt/cache -o APT::Sandbox::User=$(id -un)"
    # shellcheck disable=SC2086
    apt-get $options update >/dev/null 2>&1 || return 1
    # shellcheck disable=SC2086
    (cd "$apt" && apt-get $options download python3-pip-whl >/dev/null 2>&1) || return 1
    dpkg-deb -x "$apt"/python3-pip-whl_*.deb "$apt/unpacked" || return 1
    ls "$apt"/unpacked/usr/share/python-wheels/pip-*.whl
}

find_uv() {
    if command -v uv >/dev/null 2>&1; then command -v uv; return 0; fi
    if [ -x .tools/uv/bin/uv ]; then printf '%s\n' "$PWD/.tools/uv/bin/uv"; return 0; fi
    quiet="--quiet --disable-pip-version-check --no-input"
    # shellcheck disable=SC2086
    if "$python" -m pip --version >/dev/null 2>&1; then
        "$python" -m pip install $quiet --root-user-action=ignore --target .tools/uv uv >&2 || return 1
    else
        wheel="$(pip_from_debian)" || {
            say "Tidak ada pip, dan paket python3-pip-whl tidak dapat diunduh dengan apt-get. Pasang uv atau python3-pip, lalu ulangi."
            return 1
        }
        "$python" "$wheel/pip" install $quiet --root-user-action=ignore --target .tools/uv uv >&2 || return 1
    fi
    printf '%s\n' "$PWD/.tools/uv/bin/uv"
}

if [ -f "$stamp" ] && [ "$stamp" -nt "$lock" ] && [ "$stamp" -nt pyproject.toml ]; then
    exit 0
fi
python="$(find_python)"
uv="$(find_uv)" || { say "uv tidak dapat dipasang. Periksa sambungan ke registri paket Python."; exit 1; }
export UV_PYTHON_DOWNLOADS=never UV_NO_PROGRESS=1 UV_SYSTEM_CERTS=1
[ -x .venv/bin/python ] || "$uv" venv --quiet --python "$python" .venv
if [ "$lock" = requirements.lock ] && [ -f .venv/.ready-requirements-dev.lock ]; then
    :
else
    "$uv" pip sync --quiet --python .venv/bin/python --require-hashes --compile-bytecode "$lock"
fi
"$uv" pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
touch "$stamp"
