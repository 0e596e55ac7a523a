"""Names of invented people, in the mixture of a province where many peoples live together."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

_MALE = (
    "Agustinus Abdul Ahmad Albertus Andreas Anton Arifin Bambang Benediktus Budi Burhan "
    "Dominikus Edi Fransiskus Gusti Hadi Hamdan Hendra Herman Idris Irfan Iskandar Joko "
    "Junaidi Kristianus Lukman Markus Marselus Mulyadi Muslim Nazarudin Nurdin Paulus Petrus "
    "Rahmat Ridwan Rusdi Saiful Samsul Stefanus Sugeng Suharto Sulaiman Syahrul Syarif Taufik "
    "Thomas Usman Wahyu Yohanes Yulius Yusuf Zainal Zulkifli"
).split()
_FEMALE = (
    "Agustina Aisyah Ana Anastasia Aniek Asmah Bernadeta Besse Cahaya Dayang Dewi Dwi Eka "
    "Elisabet Endang Fatimah Fitri Florentina Hartini Hasnah Herlina Ida Indah Kartika "
    "Katarina Laksmi Lidia Lina Margareta Maria Marselina Masayu Maya Mei Nadia Nur Nurhayati "
    "Nurmala Puspita Rabiah Ratna Rini Rosalina Siti Sri Suhartini Susana Syarifah Theresia "
    "Utin Veronika Wahyuni Yuliana Zainab Zubaidah"
).split()
_LAST_MALE = (
    "Abdillah Akil Alamsyah Anggrek Batubara Bulan Burhanudin Busideh Daeng Danau Djarot "
    "Effendi Fauzi Firmansyah Gani Gunawan Hakim Halim Hidayat Ikhwan Irawan Jelani Jong "
    "Kurniawan Kusuma Lantang Lejau Lesmana Liem Mahmud Marpaung Mattola Matutu Musa Nasution "
    "Ngumbang Nugroho Palloge Parani Permana Prabowo Pranata Purnama Rahman Raharjo Ramadhan "
    "Rinding Saputra Sanusi Setiawan Siregar Subagyo Sujana Susanto Syahputra Tamen Tjhin "
    "Unyang Utomo Wibowo Wijaya Yusran"
).split()
_LAST_FEMALE = (
    "Amalia Anggraini Anindita Astuti Bulan Cantika Chai Damayanti Fitrianti Goreti Handayani "
    "Hapsari Hartina Hasanah Indriani Jelita Karlina Kartikasari Kencana Khairani Kusumawati "
    "Lestari Liem Mahdalena Marlina Melati Mustika Mulyani Ngalai Ningsih Nurmala Oktavia "
    "Palupi Permatasari Prameswari Puspitasari Rahmadhani Rahayu Rinding Safitri Salsabila "
    "Sambasi Saraswati Sari Setyowati Sulastri Suryani Tjhin Unyang Utami Wahdah Widyastuti "
    "Wulandari Yanti Yuniarti"
).split()
_TITLES_AFTER = (
    "S.E. S.Sos. S.H. S.T. S.P. S.Kom. S.Pd. S.KM. S.I.P. S.STP. S.Hut. S.Si. S.A.P. A.Md. S.Kep."
).split()
_MASTERS = ("M.Si.", "M.M.", "M.A.P.", "M.H.", "M.T.", "M.Kes.", "M.Pd.")


@dataclass(frozen=True, slots=True)
class Name:
    name: str
    title_before: str
    title_after: str


def invented_name(chance: Random, *, is_female: bool, learned: float = 0.6) -> Name:
    """Return a name with titles; `learned` is the share of people who hold a degree."""
    first = chance.choice(_FEMALE if is_female else _MALE)
    last = chance.choice(_LAST_FEMALE if is_female else _LAST_MALE)
    middle = chance.choice(_LAST_MALE) if chance.random() < 0.18 else ""
    name = " ".join(part for part in (first, middle if middle != last else "", last) if part)
    if chance.random() > learned:
        return Name(name, "", "")
    after = chance.choice(_TITLES_AFTER)
    if after != "A.Md." and chance.random() < 0.35:
        after = f"{after}, {chance.choice(_MASTERS)}"
    before = chance.choice(("Drs.", "Ir.", "dr.", "Dr.")) if chance.random() < 0.05 else ""
    return Name(name, before, after)
