"""CPU, HTML and queries of every page, in a province of 5,000 and in one of 40,000 people.

Lists are measured on the first and on a middle page, for the whole province and for one agency.
SMALL and LARGE change the sizes.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from benchmarks.bound import bare_view_ms
from benchmarks.databases import chosen_databases, measured_on, server_clock
from benchmarks.figures import Figure, note, show
from benchmarks.province import build_province
from benchmarks.visiting import FAILED, TIMES, Visitor, cost_of

if TYPE_CHECKING:
    from benchmarks.province import Province

SMALL = int(os.environ.get("SMALL", "5000"))
LARGE = int(os.environ.get("LARGE", "40000"))
FLAT = 1.3
FEW = 10
BOUND = "a bare view of 50 employees"
LIST_MS, LOGIN_MS, HOME_MS, BOOK_MS = 15.0, 8.0, 20.0, 15.0
BOOK_KB, OTHER_KB = 40.0, 60.0
PEER_LIST = ("Kolibri/Moodle", 116.0)
PEER_LOGIN = ("Kolibri/Moodle", 16.0)
PEER_BOOK = ("Moodle", 80.0)

Costs = dict[str, dict[str, float]]


def main() -> int:
    """Print every figure; return 1 when one misses its goal."""
    all_ok = True
    for database in chosen_databases():
        small = measured_on(database, "benchmarks.pages", people=SMALL)
        large = measured_on(database, "benchmarks.pages", people=LARGE)
        for figure in figures(small, large, database):
            show(figure)
            all_ok &= figure.ok
    return 0 if all_ok else 1


def measure(*, people: int) -> dict[str, Costs]:
    """Build a province and return the cost of each page by name, in three groups."""
    return measured_pages(build_province(people=people))


def measured_pages(province: Province) -> dict[str, Costs]:
    from benchmarks import addresses

    server = server_clock()
    groups = {
        "lists": addresses.lists(province),
        "named": addresses.named(province),
        "others": addresses.others(province),
    }
    visitors: dict[str, Visitor] = {}
    costs: dict[str, Costs] = {}
    for group, pages in groups.items():
        costs[group] = {}
        for page in pages:
            visitor = visitors.setdefault(page.account, Visitor(page.account))
            times = FEW if group == "others" else TIMES
            try:
                cost = cost_of(visitor, page.address, server=server, times=times)
            except AssertionError as error:
                note(str(error))
                cost = FAILED
            costs[group][page.name] = cost.plain()
    costs["bound"] = {BOUND: {"milliseconds": bare_view_ms(server=server)}}
    return costs


def figures(small: dict[str, Costs], large: dict[str, Costs], database: str) -> list[Figure]:
    found = []
    bound = (BOUND, large["bound"][BOUND]["milliseconds"])
    for name, cost in large["lists"].items():
        before = small["lists"].get(name) or small["lists"][_first_page(name)]
        value = cost["milliseconds"]
        ratio = value / before["milliseconds"]
        found += [
            Figure(f"{name}, {database}", value, "ms", LIST_MS, PEER_LIST, bound),
            Figure(f"  grown from {SMALL} to {LARGE} people", ratio, "x", FLAT),
            Figure("  queries", cost["queries"], "", before["queries"]),
            Figure("  HTML", cost["kilobytes"], "kB", OTHER_KB),
        ]
    for name, cost in large["named"].items():
        found += _named(name, cost, small["named"][name], database)
    for name, cost in large["others"].items():
        note(f"     {name}: {cost['milliseconds']:.1f} ms, {cost['queries']:g} queries")
        found.append(Figure(f"{name}: HTML, {database}", cost["kilobytes"], "kB", OTHER_KB))
    return found


def _first_page(name: str) -> str:
    """A short list has no page in the middle: its first one, as long, stands for it."""
    return name.replace("middle page", "first page")


def _named(
    name: str, cost: dict[str, float], before: dict[str, float], database: str
) -> list[Figure]:
    goal, html, peer = _goal(name)
    return [
        Figure(f"{name}, {database}", cost["milliseconds"], "ms", goal, peer),
        Figure("  queries", cost["queries"], "", max(before["queries"], 1)),
        Figure("  HTML", cost["kilobytes"], "kB", html),
    ]


def _goal(name: str) -> tuple[float, float, Any]:
    if name.startswith("home"):
        return HOME_MS, OTHER_KB, None
    if name.startswith("grade book"):
        return BOOK_MS, BOOK_KB, PEER_BOOK
    return LOGIN_MS, OTHER_KB, PEER_LOGIN


if __name__ == "__main__":
    sys.exit(main())
