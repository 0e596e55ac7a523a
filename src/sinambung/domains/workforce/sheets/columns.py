"""The columns of the SIASN export "data pegawai" that are read, under either style of heading."""

from django.utils.translation import gettext_lazy as _

from sinambung.platform.exchange.kinds import CellKind, Column

COLUMNS = (
    Column(
        *("nip", "NIP", ("nip_baru", "nipbaru", "nomor induk pegawai"), CellKind.IDENTIFIER),
        required=True,
        filled=True,
        limit=40,
        hint=_("Isi NIP 18 angka dari SK pengangkatan."),
    ),
    Column("siasn_id", _("PNS ID"), ("pns_id", "pnsorangid"), CellKind.IDENTIFIER, limit=40),
    Column(
        *("name", _("Nama"), ("nama", "nama pegawai", "nama lengkap")),
        required=True,
        filled=True,
        limit=200,
        hint=_("Isi nama tanpa gelar."),
        cause=_("ejaan nama yang diseragamkan atau kolom yang tertukar"),
    ),
    Column("title_before", _("Gelar depan"), ("gelar_depan",), limit=60),
    Column("title_after", _("Gelar belakang"), ("gelar_belakang",), limit=100),
    Column("birth_place", _("Tempat lahir"), ("tempat_lahir_nama",), limit=100),
    Column("birth_date", _("Tanggal lahir"), ("tanggal_lahir", "tgl_lahir"), CellKind.DAY),
    Column("sex", _("Jenis kelamin"), ("jenis_kelamin",), limit=20),
    Column("employment", _("Status kepegawaian"), ("status_cpns_pns", "status"), limit=30),
    Column("employee_kind", _("Jenis pegawai"), ("jenis_pegawai_nama",)),
    Column(
        *("legal_status", _("Kedudukan hukum"), ("kedudukan_hukum_nama", "kedudukan_hukum")),
        limit=80,
        cause=_("kolom status yang tertukar"),
    ),
    Column("legal_status_id", _("Kedudukan hukum ID"), ("kedudukan_hukum_id",), limit=4),
    Column(
        *("rank", _("Golongan"), ("gol_akhir_nama", "golongan ruang", "pangkat golongan")),
        limit=60,
        cause=_("kenaikan pangkat serentak atau kolom yang tertukar"),
    ),
    Column("rank_id", _("Golongan ID"), ("gol_akhir_id",), limit=4),
    Column("rank_since", _("TMT golongan"), ("tmt_golongan",), CellKind.DAY),
    Column("position_kind", _("Jenis jabatan ID"), ("jenis_jabatan_id",), limit=4),
    Column("position_kind_name", _("Jenis jabatan"), ("jenis_jabatan_nama",), limit=80),
    Column(
        *("position", _("Jabatan"), ("jabatan_nama", "nama jabatan")),
        cause=_("susunan jabatan baru atau kolom yang tertukar"),
    ),
    Column("position_since", _("TMT jabatan"), ("tmt_jabatan",), CellKind.DAY),
    Column("echelon", _("Eselon"), ("eselon_id", "eselon_nama"), limit=10),
    Column("level_id", _("Tingkat pendidikan ID"), ("tingkat_pendidikan_id",), limit=4),
    Column("level", _("Tingkat pendidikan"), ("tingkat_pendidikan_nama",), limit=60),
    Column("field", _("Pendidikan"), ("pendidikan_nama",), limit=200),
    Column("school", _("Nama sekolah"), ("nama_sekolah",), limit=200),
    Column("graduated_in", _("Tahun lulus"), ("tahun_lulus",), limit=10),
    Column(
        *("unit", _("Unit kerja"), ("unor_nama", "nama unit kerja", "unit")),
        required=True,
        limit=200,
        hint=_("Isi nama atau kode unit kerja."),
        cause=_("susunan unit baru atau kolom yang tertukar"),
    ),
    Column("unit_siasn_id", _("Unor ID"), ("unor_id",), CellKind.IDENTIFIER, limit=40),
    Column(
        *("agency", _("Perangkat daerah")),
        ("satuan_kerja_kerja_nama", "satuan_kerja_induk_nama", "satuan kerja", "opd"),
        limit=200,
    ),
    Column("government", _("Instansi"), ("instansi_kerja_nama", "instansi_induk_nama"), limit=200),
    Column("email", _("Email"), ("email_gov",), limit=254),
    Column("phone", _("Nomor HP"), ("nomor_hp", "no_hp", "telepon"), limit=30),
)
