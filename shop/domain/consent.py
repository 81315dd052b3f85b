"""What a person agrees to, purpose by purpose (UU PDP 27/2022). Each stands alone and can be taken back."""

from __future__ import annotations

from enum import StrEnum

from shop.domain.words import N_


class Purpose(StrEnum):
    ACCOUNT = "account"
    NEWS = "news"
    PROFILE = "profile"


CONSENT_LABELS = {
    Purpose.ACCOUNT: N_("Nama dan kontak saya disimpan untuk akun, pesanan, dan pemberitahuannya."),
    Purpose.NEWS: N_("Saya mau menerima kabar tentang karya baru."),
    Purpose.PROFILE: N_("Nama kelompok atau bengkel, desa, cerita, dan fotonya boleh tampil di situs ini."),
}
CONSENT_MEANS = {
    Purpose.ACCOUNT: N_("Diperlukan selama Anda punya akun. Menariknya berarti menghapus akun."),
    Purpose.NEWS: N_("Tidak diperlukan. Paling banyak dua pesan sebulan."),
    Purpose.PROFILE: N_(
        "Diperlukan untuk perajin. Bila ditarik, Galeri diberi tahu dan menyembunyikan profilnya."
    ),
}
