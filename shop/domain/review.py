"""How a work is judged: five gates, eight scores, reason codes with a sentence and a how-to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shop.domain.words import N_

PASS_TOTAL = 16
HIGHEST_SCORE = 3

GATES: dict[str, str] = {
    "origin": N_("Buatan daerah ini oleh pembuat yang disebut"),
    "handmade": N_("Bukan printing atau pabrikan"),
    "photos": N_("Foto adalah barang ini"),
    "text": N_("Tulisan benar"),
    "motif": N_("Bukan motif milik kelompok lain; pemakaiannya sudah ditanyakan kepada tetua atau kelompok"),
}

SCORES: dict[str, str] = {
    "material": N_("Bahan"),
    "technique": N_("Teknik, keaslian motif"),
    "workmanship": N_("Kerapian"),
    "finishing": N_("Finishing"),
    "photos_text": N_("Foto dan deskripsi"),
    "price": N_("Harga wajar"),
    "packaging": N_("Kemasan"),
    "story": N_("Cerita, asal-usul"),
}


@dataclass(frozen=True)
class Reason:
    """A reason code. `step` is the editor step it concerns; `severe` codes need a second curator."""

    code: str
    step: str
    label: str
    sentence: str
    how_to: str

    @property
    def severe(self) -> bool:
        return self.code.startswith("X")


_ALL = (
    Reason("F1", "photos", N_("Foto buram"), N_("Foto belum tajam sehingga pengerjaan tidak terlihat."),
           N_("Foto ulang di tempat terang, pegang telepon dengan dua tangan, ketuk layar pada barangnya.")),
    Reason("F2", "photos", N_("Kurang foto sisi balik"), N_("Foto sisi balik belum ada."),
           N_("Balik kainnya, foto dari atas dengan cahaya yang sama seperti foto utuh.")),
    Reason("F3", "photos", N_("Bukan barang ini"), N_("Ada foto yang bukan foto barang ini."),
           N_("Hapus foto itu, lalu foto barang yang akan dikirim ke pembeli.")),
    Reason("F4", "photos", N_("Latar mengganggu"), N_("Latar foto membuat barangnya sulit dilihat."),
           N_("Taruh barang di depan dinding atau kain polos, singkirkan benda lain.")),
    Reason("D1", "size", N_("Ukuran belum ada"), N_("Ukuran belum lengkap."),
           N_("Ukur panjang, lebar, dan tinggi dalam sentimeter, lalu isi di langkah Ukuran.")),
    Reason("D2", "material", N_("Bahan atau pewarna belum jelas"), N_("Bahan atau pewarna belum ditulis dengan jelas."),
           N_("Tulis nama benang, kayu, daun, atau tanah, dan tanaman pewarnanya.")),
    Reason("D3", "story", N_("Kalimat berlebihan"), N_("Ada kalimat yang tidak dapat dibuktikan."),
           N_("Tulis apa adanya: bahan, cara membuat, berapa lama. Hapus kata seperti terbaik atau termurah.")),
    Reason("M1", "motif", N_("Nama motif perlu dicek"), N_("Nama motif perlu dipastikan."),
           N_("Tanyakan nama motif kepada tetua atau ketua kelompok, lalu tulis menurut siapa.")),
    Reason("M2", "motif", N_("Motif milik kelompok lain"), N_("Motif ini dikenal sebagai milik kelompok atau daerah lain."),
           N_("Bicarakan dengan ketua kelompok dan galeri sebelum mengirim lagi.")),
    Reason("Q1", "photos", N_("Pinggiran belum rapi"), N_("Pinggiran atau rumbai belum rapi."),
           N_("Rapikan tepi dan potong benang lepas, lalu foto ulang bagian itu.")),
    Reason("Q2", "material", N_("Luntur"), N_("Warnanya luntur."),
           N_("Cuci contoh kain dengan air dingin; bila masih luntur, kunci warnanya sebelum dijual.")),
    Reason("Q3", "photos", N_("Sambungan longgar"), N_("Sambungan masih longgar."),
           N_("Kencangkan atau rekatkan ulang sambungan, lalu foto dari dekat.")),
    Reason("Q4", "photos", N_("Retak atau berjamur"), N_("Barangnya retak atau berjamur."),
           N_("Kirim barang lain yang utuh dan kering, lalu foto ulang.")),
    Reason("H1", "price", N_("Harga belum dihitung"), N_("Harga belum dihitung dari bahan dan hari kerja."),
           N_("Pakai alat hitung di langkah Harga: bahan, ditambah hari kerja kali upah, ditambah sepuluh persen.")),
    Reason("L1", "material", N_("Izin atau legalitas"), N_("Bahan ini memerlukan surat izin."),
           N_("Tunjukkan surat asal bahan kepada galeri; setelah itu karya dapat dikirim lagi.")),
    Reason("K1", "size", N_("Kemasan"), N_("Kemasan belum aman untuk dikirim."),
           N_("Isi ukuran dan berat paket, dan pastikan barang terbungkus sampai tidak bergerak.")),
    Reason("X1", "name", N_("Bukan buatan daerah ini"), N_("Karya ini bukan buatan daerah ini."),
           N_("Hanya karya yang dibuat di daerah ini oleh pembuat yang disebut dapat tampil. Hubungi galeri bila ini keliru.")),
    Reason("X2", "name", N_("Printing atau pabrikan"), N_("Karya ini cetakan atau buatan pabrik."),
           N_("Hanya karya buatan tangan dapat tampil. Hubungi galeri bila ini keliru.")),
    Reason("X3", "name", N_("Melanggar ketentuan"), N_("Karya ini melanggar ketentuan."),
           N_("Baca halaman Syarat, lalu hubungi galeri bila ini keliru.")),
)  # fmt: skip
REASONS: dict[str, Reason] = {reason.code: reason for reason in _ALL}


def total(scores: Mapping[str, int]) -> int:
    return sum(scores.get(name, 0) for name in SCORES)


def is_severe(codes: Iterable[str]) -> bool:
    """True when one of the reasons needs a second curator."""
    return any(REASONS[code].severe for code in codes)
