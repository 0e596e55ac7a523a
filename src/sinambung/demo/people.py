"""The employees of Provinsi Contoh: believable, invented, always the same for a seed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from random import Random

from sinambung.demo.names import Name, invented_name
from sinambung.demo.units import PROVINCE, TRAINING_AGENCY, SampleUnit, sample_units

PLACES = ("Kota Contoh", "Contoh Hulu", "Contoh Hilir", "Contoh Pesisir", "Contoh Utara")
_RANKS = {
    "II/c": "Pengatur",
    "II/d": "Pengatur Tingkat I",
    "III/a": "Penata Muda",
    "III/b": "Penata Muda Tingkat I",
    "III/c": "Penata",
    "III/d": "Penata Tingkat I",
    "IV/a": "Pembina",
    "IV/b": "Pembina Tingkat I",
    "IV/c": "Pembina Utama Muda",
}
_SIASN_RANK = {
    "II/c": "23",
    "II/d": "24",
    "III/a": "31",
    "III/b": "32",
    "III/c": "33",
    "III/d": "34",
    "IV/a": "41",
    "IV/b": "42",
    "IV/c": "43",
}


@dataclass(frozen=True, slots=True)
class Post:
    """A kind of position: SIASN type of position and echelon, share of people, usual ranks."""

    name: str
    kind: str
    echelon: str
    ranks: tuple[str, ...]


HEAD = Post("Kepala {agency}", "1", "21", ("IV/b", "IV/c"))
ADMINISTRATOR = Post("Kepala {unit}", "1", "31", ("IV/a", "IV/b"))
SUPERVISORS = (
    Post("Kepala Subbagian Umum dan Kepegawaian {unit}", "1", "41", ("III/c", "III/d")),
    Post("Kepala Seksi Pelayanan {unit}", "1", "41", ("III/b", "III/c", "III/d")),
    Post("Kepala Seksi Evaluasi dan Pelaporan {unit}", "1", "41", ("III/c", "III/d")),
)
TRAINERS = (
    Post("Widyaiswara Ahli Muda", "2", "99", ("III/c", "III/d")),
    Post("Widyaiswara Ahli Madya", "2", "99", ("IV/a", "IV/b", "IV/c")),
)
STAFF = (
    Post("Analis Kebijakan Ahli Pertama", "2", "99", ("III/a", "III/b")),
    Post("Analis Sumber Daya Manusia Aparatur Ahli Muda", "2", "99", ("III/c", "III/d")),
    Post("Pranata Komputer Terampil", "2", "99", ("II/c", "II/d")),
    Post("Pengadministrasi Perkantoran", "4", "99", ("II/c", "II/d", "III/a")),
    Post("Penelaah Teknis Kebijakan", "4", "99", ("III/a", "III/b", "III/c")),
    Post("Pengolah Data dan Informasi", "4", "99", ("II/d", "III/a")),
)


@dataclass(frozen=True, slots=True)
class Person:
    nip: str
    name: Name
    is_female: bool
    birth_place: str
    born_on: dt.date
    appointed_on: dt.date
    rank: str
    rank_since: dt.date
    post: Post
    position: str
    position_since: dt.date
    unit: SampleUnit
    email: str

    @property
    def rank_name(self) -> str:
        return _RANKS[self.rank]

    @property
    def siasn_rank(self) -> str:
        return _SIASN_RANK[self.rank]


def sample_people(*, seed: int, people: int) -> list[Person]:
    """Return `people` employees spread over the units; the first ones hold the leading posts.

    The leading people (heads, administrators, supervisors, trainers) are the same in every
    province: the rosters in `examples/` name some of them. The others follow from the seed.
    Sequence numbers of NIP are 900 and more, which marks them as invented.
    """
    found = list(_leading_people())
    taken = {person.nip for person in found}
    units = sample_units()
    chance = Random(seed)  # noqa: S311 - a sample, not a secret
    while len(found) < people:
        found.append(_person(chance.choice(units), chance.choice(STAFF), chance, taken))
    return found


def sample_roster(number: int) -> list[Person]:
    """Return the supervisors of PKP Angkatan `number` (9, 10 or 11), the same in every province.

    Angkatan IX and X have 40: 18 from agencies of the province, 22 from the governments beside
    it. Angkatan XI has the 28 who are left.
    """
    chance = Random(26)  # noqa: S311
    supervisors = [person for person in _leading_people() if person.post.echelon == "41"]
    chance.shuffle(supervisors)
    own = [person for person in supervisors if person.unit.government == PROVINCE]
    others = [person for person in supervisors if person.unit.government != PROVINCE]
    turn = number - 9
    chosen = own[turn * 18 : turn * 18 + 18] + others[turn * 22 : turn * 22 + 22]
    return sorted(chosen, key=lambda person: person.name.name)


def sample_trainers() -> list[Person]:
    """Return the trainers of the training agency, who coach and examine."""
    return [person for person in _leading_people() if person.post in TRAINERS]


def superior_of(person: Person) -> Person:
    """Return the administrator who heads a supervisor's division: the direct superior."""
    for other in _leading_people():
        if other.unit.code == person.unit.code and other.post is ADMINISTRATOR:
            return other
    raise LookupError(person.unit.code)


@cache
def _leading_people() -> tuple[Person, ...]:
    chance = Random(2024)  # noqa: S311
    taken: set[str] = set()
    found: list[Person] = []
    for unit in sample_units():
        posts = [ADMINISTRATOR, *SUPERVISORS]
        if unit.code.endswith("SEKR"):
            posts.insert(0, HEAD)
        if unit.agency == TRAINING_AGENCY:
            posts.extend(TRAINERS[index % 2] for index in range(5))
        found.extend(_person(unit, post, chance, taken) for post in posts)
    return tuple(found)


def _person(unit: SampleUnit, post: Post, chance: Random, taken: set[str]) -> Person:
    is_female = chance.random() < 0.5
    age = 50 if post is HEAD else 44 if post.kind == "1" else 36
    born = dt.date(2026 - age, 1, 1) + dt.timedelta(days=chance.randrange(-2200, 2200))
    appointed = dt.date(born.year + chance.randrange(23, 27), chance.randrange(1, 13), 1)
    nip, born = _nip(born, appointed, is_female, chance, taken)
    name = invented_name(chance, is_female=is_female, learned=0.95 if post.kind == "1" else 0.6)
    since = dt.date(chance.randrange(2021, 2026), chance.choice((1, 4, 7, 10)), 1)
    position = post.name.format(agency=unit.agency, unit=unit.name)
    return Person(
        nip=nip,
        name=name,
        is_female=is_female,
        birth_place=chance.choice(PLACES),
        born_on=born,
        appointed_on=appointed,
        rank=chance.choice(post.ranks),
        rank_since=dt.date(chance.randrange(2020, 2026), chance.choice((4, 10)), 1),
        post=post,
        position=position,
        position_since=since,
        unit=unit,
        email=f"{nip}@contoh.invalid",
    )


def _nip(
    born: dt.date, appointed: dt.date, is_female: bool, chance: Random, taken: set[str]
) -> tuple[str, dt.date]:
    while True:
        sex = "2" if is_female else "1"
        nip = f"{born:%Y%m%d}{appointed:%Y%m}{sex}{chance.randrange(900, 1000)}"
        if nip not in taken:
            taken.add(nip)
            return nip, born
        born += dt.timedelta(days=1)
