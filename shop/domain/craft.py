"""The crafts: their photo slots, kinds, techniques, and the one typed table of attributes.

The table drives the editor's form, the catalogue's filters and the specification list alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from shop.domain.words import N_


class Craft(StrEnum):
    WEAVING = "tenun-ikat"
    FURNITURE = "meubel"
    POTTERY = "gerabah"
    PLAITING = "anyaman"


CRAFT_LABELS = {
    Craft.WEAVING: N_("Tenun ikat"),
    Craft.FURNITURE: N_("Meubel"),
    Craft.POTTERY: N_("Gerabah"),
    Craft.PLAITING: N_("Anyaman"),
}


@dataclass(frozen=True)
class Slot:
    """A named place for a photo. A required one must be filled before submitting."""

    key: str
    label: str
    hint: str
    required: bool = True


class AttributeType(StrEnum):
    CHOICE = "choice"
    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Attribute:
    """One fact of a craft. `choices` maps the stored value to its label; `filtered` ones narrow lists."""

    key: str
    label: str
    type: AttributeType
    choices: Mapping[str, str] | None = None
    unit: str = ""
    required: bool = False
    filtered: bool = False
    smallest: int = 0
    largest: int = 0


_MORE = Slot("lain", N_("Foto lain"), N_("Bagian lain yang perlu dilihat pembeli"), required=False)
_SCALE = N_("Dengan tangan, kursi, atau benda lain yang dikenal ukurannya")
_WHOLE = N_("Seluruh barang dari depan")

SLOTS: dict[Craft, tuple[Slot, ...]] = {
    Craft.WEAVING: (
        Slot("utuh", N_("Utuh"), N_("Seluruh kain, rata, dari depan")),
        Slot("detail", N_("Detail motif"), N_("Dari dekat, sampai benang terlihat")),
        Slot("balik", N_("Sisi balik"), N_("Sisi belakang kain, cahaya yang sama")),
        Slot("tepi", N_("Tepi atau rumbai"), N_("Pinggiran dan ujung kain"), required=False),
        Slot("skala", N_("Dipakai atau dengan skala"), _SCALE, required=False),
        _MORE,
    ),
    Craft.FURNITURE: (
        Slot("depan", N_("Depan"), _WHOLE),
        Slot("samping", N_("Samping atau belakang"), N_("Seluruh barang dari samping atau belakang")),
        Slot("sambungan", N_("Sambungan"), N_("Satu sambungan kayu dari dekat")),
        Slot("finishing", N_("Finishing dekat"), N_("Permukaan kayu dari dekat"), required=False),
        Slot("skala", N_("Skala"), _SCALE, required=False),
        _MORE,
    ),
    Craft.POTTERY: (
        Slot("depan", N_("Depan"), _WHOLE),
        Slot("dalam", N_("Dalam"), N_("Bagian dalam dari atas")),
        Slot("dasar", N_("Dasar"), N_("Bagian bawah barang")),
        Slot("skala", N_("Skala"), _SCALE, required=False),
        _MORE,
    ),
    Craft.PLAITING: (
        Slot("depan", N_("Depan"), _WHOLE),
        Slot("dalam", N_("Dalam"), N_("Bagian dalam dari atas")),
        Slot("simpul", N_("Simpul"), N_("Simpul atau bibir anyaman dari dekat")),
        Slot("skala", N_("Skala"), _SCALE, required=False),
        _MORE,
    ),
}

KINDS: dict[Craft, dict[str, str]] = {
    Craft.WEAVING: {
        "tais": N_("Kain"), "tais-feto": N_("Tais feto"), "tais-mane": N_("Tais mane"),
        "selendang": N_("Selendang"), "bantal": N_("Sarung bantal"), "tas": N_("Tas"),
    },
    Craft.FURNITURE: {
        "kursi": N_("Kursi"), "meja": N_("Meja"), "lemari": N_("Lemari"), "rak": N_("Rak"),
        "bangku": N_("Bangku"), "tempat-tidur": N_("Tempat tidur"), "pintu": N_("Pintu dan kusen"),
    },
    Craft.POTTERY: {
        "periuk": N_("Periuk"), "kendi": N_("Kendi"), "tempayan": N_("Tempayan"), "mangkuk": N_("Mangkuk"),
        "vas": N_("Vas"), "stoples": N_("Stoples"), "tempat-lilin": N_("Tempat lilin"),
    },
    Craft.PLAITING: {
        "tanasak": N_("Tanasak"), "koba": N_("Koba"), "tas": N_("Tas"), "topi": N_("Topi"),
        "tikar": N_("Tikar"), "tampah": N_("Tampah"), "kotak": N_("Kotak"),
    },
}  # fmt: skip

TECHNIQUES: dict[Craft, dict[str, str]] = {
    Craft.WEAVING: {
        "futus": N_("Ikat (futus)"), "soru": N_("Tenun polos (soru)"), "fafoit": N_("Fafoit"),
        "sui": N_("Sui"), "sotis": N_("Sotis (lotis)"), "buna": N_("Buna"),
    },
    Craft.FURNITURE: {
        "pasak": N_("Sambungan pasak"), "purus": N_("Sambungan purus dan lubang"), "ukir": N_("Ukir tangan"),
        "rakit": N_("Rakit sekrup"), "bubut": N_("Bubut"),
    },
    Craft.POTTERY: {
        "pijit": N_("Bentuk tangan (pijit)"), "pilin": N_("Pilin"), "tatap": N_("Tatap batu"),
        "gores": N_("Hias gores"),
    },
    Craft.PLAITING: {
        "tunggal": N_("Anyam tunggal"), "ganda": N_("Anyam ganda"), "pilin": N_("Pilin"),
        "lingkar": N_("Lingkar (coil)"),
    },
}  # fmt: skip

MATERIALS: dict[Craft, dict[str, str]] = {
    Craft.WEAVING: {
        "kapas": N_("Kapas"), "pintal": N_("Benang pintal tangan"), "toko": N_("Benang toko"),
    },
    Craft.FURNITURE: {
        "jati": N_("Jati"), "mahoni": N_("Mahoni"), "kayu-merah": N_("Kayu merah (angsana)"),
        "gmelina": N_("Gmelina (jati putih)"), "trembesi": N_("Trembesi"),
    },
    Craft.POTTERY: {"tanah-liat": N_("Tanah liat"), "tanah-pasir": N_("Tanah liat dan pasir")},
    Craft.PLAITING: {
        "lontar": N_("Daun lontar"), "pandan": N_("Daun pandan"), "gewang": N_("Daun gewang"),
        "bambu": N_("Bambu"),
    },
}  # fmt: skip

DYED = frozenset({Craft.WEAVING, Craft.PLAITING})
WITH_MOTIF = frozenset({Craft.WEAVING})
# Woods that may not be sold before papers were seen (domain.md 1.8): a curator is warned.
REGULATED_WORDS = frozenset({"cendana", "sandalwood"})

_T = AttributeType
ATTRIBUTES: dict[Craft, tuple[Attribute, ...]] = {
    Craft.WEAVING: (
        Attribute("loom", N_("Alat tenun"), _T.CHOICE, {"gedogan": N_("Gedogan"), "atbm": N_("ATBM")},
                  required=True, filtered=True),
        Attribute("fringe", N_("Rumbai"), _T.YES_NO),
        Attribute("panels", N_("Lembar yang dijahit"), _T.NUMBER, smallest=1, largest=6),
    ),
    Craft.FURNITURE: (
        Attribute("drying", N_("Pengeringan kayu"), _T.CHOICE, {"oven": N_("Oven"), "angin": N_("Angin")},
                  required=True, filtered=True),
        Attribute("finish", N_("Finishing"), _T.CHOICE,
                  {"politur": N_("Politur"), "melamin": N_("Melamin"), "cat": N_("Cat"),
                   "minyak": N_("Minyak alami"), "tanpa": N_("Tanpa finishing")}, required=True, filtered=True),
        Attribute("knock_down", N_("Bongkar pasang"), _T.YES_NO, filtered=True),
        Attribute("warranty_months", N_("Garansi"), _T.NUMBER, unit=N_("bulan"), largest=60),
    ),
    Craft.POTTERY: (
        Attribute("firing", N_("Pembakaran"), _T.CHOICE,
                  {"terbuka": N_("Bakar terbuka"), "tungku": N_("Tungku")}, required=True, filtered=True),
        Attribute("capacity_ml", N_("Isi"), _T.NUMBER, unit=N_("ml"), smallest=1, largest=200_000),
        Attribute("watertight", N_("Kedap air"), _T.YES_NO),
    ),
    Craft.PLAITING: (
        Attribute("treatment", N_("Pencegah jamur"), _T.CHOICE,
                  {"jemur": N_("Dijemur"), "asap": N_("Diasap"), "rebus": N_("Direbus"), "belum": N_("Belum ada")},
                  required=True, filtered=True),
        Attribute("lid", N_("Bertutup"), _T.YES_NO, filtered=True),
        Attribute("lining", N_("Lapisan dalam"), _T.TEXT),
    ),
}  # fmt: skip


def required_slots(craft: str) -> tuple[Slot, ...]:
    """The photos without which a work of this craft cannot be submitted."""
    return tuple(slot for slot in SLOTS[Craft(craft)] if slot.required)


def attribute(craft: str, key: str) -> Attribute | None:
    return next((a for a in ATTRIBUTES[Craft(craft)] if a.key == key), None)
