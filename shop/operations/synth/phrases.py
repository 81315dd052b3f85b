"""What invented works and makers are called and what is said about them."""

from __future__ import annotations

from random import Random

from shop.domain.craft import Craft

W, F, P, A = Craft.WEAVING, Craft.FURNITURE, Craft.POTTERY, Craft.PLAITING

#: Kind → how a title begins, in both languages.
BEGINNINGS = {
    W: {"tais": ("Tais", "Cloth"), "tais-feto": ("Tais Feto", "Woman's Cloth"), "tais-mane": ("Tais Mane", "Man's Cloth"),
        "selendang": ("Selendang", "Shawl"), "bantal": ("Sarung Bantal", "Cushion Cover"), "tas": ("Tas Tenun", "Woven Bag")},
    F: {"kursi": ("Kursi", "Chair"), "meja": ("Meja", "Table"), "lemari": ("Lemari", "Cupboard"), "rak": ("Rak", "Shelf"),
        "bangku": ("Bangku", "Bench"), "tempat-tidur": ("Tempat Tidur", "Bed"), "pintu": ("Pintu", "Door")},
    P: {"periuk": ("Periuk", "Cooking Pot"), "kendi": ("Kendi", "Water Jug"), "tempayan": ("Tempayan", "Water Jar"),
        "mangkuk": ("Mangkuk", "Bowl"), "vas": ("Vas", "Vase"), "stoples": ("Stoples", "Jar"),
        "tempat-lilin": ("Tempat Lilin", "Candle Holder")},
    A: {"tanasak": ("Tanasak", "Lidded Basket"), "koba": ("Koba", "Betel Basket"), "tas": ("Tas Anyam", "Plaited Bag"),
        "topi": ("Topi", "Hat"), "tikar": ("Tikar", "Mat"), "tampah": ("Tampah", "Winnowing Tray"), "kotak": ("Kotak", "Box")},
}  # fmt: skip
LOOKS = (
    ("Merah Tua", "Dark Red"), ("Nila", "Indigo"), ("Kunyit", "Turmeric"), ("Hitam Lumpur", "Mud Black"),
    ("Putih Kapas", "Cotton White"), ("Cokelat", "Brown"), ("Hijau Daun", "Leaf Green"), ("Jingga", "Orange"),
    ("Kelabu", "Grey"), ("Pagi", "Morning"), ("Malam", "Night"), ("Senja", "Dusk"), ("Hujan", "Rain"),
    ("Pantai", "Shore"), ("Bukit", "Hill"), ("Sungai", "River"), ("Kebun", "Garden"), ("Ladang", "Field"),
    ("Batu", "Stone"), ("Angin", "Wind"), ("Bintang", "Star"), ("Bulan", "Moon"), ("Matahari", "Sun"),
    ("Ombak", "Wave"), ("Akar", "Root"), ("Daun", "Leaf"), ("Bunga", "Flower"), ("Biji", "Seed"),
    ("Burung", "Bird"), ("Ikan", "Fish"), ("Kuda", "Horse"), ("Ayam", "Rooster"), ("Buaya", "Crocodile"),
    ("Tangga", "Step"), ("Lajur", "Lane"), ("Lingkar", "Ring"), ("Belah Ketupat", "Lozenge"), ("Kait", "Hook"),
    ("Besar", "Large"), ("Kecil", "Small"), ("Rendah", "Low"), ("Tinggi", "Tall"), ("Lebar", "Wide"),
)  # fmt: skip
SAYINGS = {
    W: ("Kain tenun tangan dengan benang yang diikat lalu dicelup", "Benang lungsi dicelup delapan kali dengan akar mengkudu",
        "Sisi balik memperlihatkan pola yang sama", "Rumbai dipilin satu per satu", "Cocok untuk pesta dan hadiah",
        "Ditenun di beranda rumah selama enam minggu", "Warna biru dari daun tarum yang direndam semalam",
        "Pinggirannya dijahit rapi dengan tangan", "Tebal dan hangat, lembut setelah dicuci"),
    F: ("Dibuat di bengkel dari kayu yang sudah dikeringkan", "Setiap sambungan dicoba kering dahulu sebelum dikunci",
        "Permukaan dihaluskan lalu dipolitur", "Kuat untuk pemakaian setiap hari", "Kaki dapat dilepas untuk pengiriman",
        "Ukiran dipahat dengan tangan", "Laci berjalan di atas rel kayu", "Cocok untuk ruang makan dan ruang tamu"),
    P: ("Dibentuk dengan tangan dari tanah setempat", "Dibakar di tempat terbuka dengan kayu dan daun kelapa",
        "Permukaannya digosok batu sampai mengilap", "Rendam air semalam sebelum dipakai pertama kali",
        "Hiasan digores selagi tanah masih basah", "Baik untuk menyimpan air minum", "Setiap buah berbeda warnanya"),
    A: ("Dianyam dari daun yang dijemur sendiri", "Daun dipetik muda dan dibelah tipis", "Bibirnya dikunci dengan simpul rapat",
        "Ringan dan kuat untuk belanja ke pasar", "Wadah sirih pinang untuk tamu", "Warna gelap berasal dari lumpur",
        "Dasarnya dobel supaya tahan lama", "Diasap agar tidak berjamur"),
}  # fmt: skip
ENGLISH = {
    W: ("Handwoven cloth of tied and dyed yarn", "The reverse shows the same pattern", "The fringe is twisted by hand",
        "Woven on a veranda over six weeks", "Thick and warm, softer with every wash"),
    F: ("Made in the workshop from dried wood", "Every joint is tried dry before it is locked", "Strong enough for every day",
        "The legs come off for shipping", "Carved by hand"),
    P: ("Shaped by hand from local clay", "Fired in the open with wood and palm leaves", "Polished with a stone",
        "Good for keeping drinking water", "No two have the same colour"),
    A: ("Plaited from leaves dried by the makers", "The rim is closed with a tight knot", "Light and strong for the market",
        "A betel basket for guests", "Smoked against mould"),
}  # fmt: skip
STORIES = {
    W: "Benang diikat, dicelup, dan dibuka beberapa kali sebelum naik ke alat tenun.",
    F: "Kayu dipilih kering, dipotong, lalu setiap sambungan dicoba dahulu.",
    P: "Tanah diayak, diinjak, dibentuk, dikeringkan tiga hari, lalu dibakar.",
    A: "Daun dijemur lima hari, dibelah tipis, lalu dianyam sore hari.",
}
CARE = {
    W: "Cuci tangan dengan air dingin. Jemur di tempat teduh.",
    F: "Lap dengan kain kering. Jauhkan dari air tergenang.",
    P: "Jangan kejutkan dengan air dingin saat panas.",
    A: "Simpan di tempat kering. Jemur sebentar bila lembap.",
}
GROUPS = {W: "Kelompok Tenun", F: "Bengkel", P: "Kelompok Gerabah", A: "Kelompok Anyam"}
_BEGIN: list[str] = [first + vowel for first in "BDFHKLMNRSTW" for vowel in "aeio"]
_MIDDLE: list[str] = [first + vowel for first in "lrkmbnw" for vowel in "aiuo"]
_END: list[str] = [*"knsrtlh", "ng"]


def invented_name(chance: Random) -> str:
    """A name in the sound of the place: `Balakin`."""
    middle = "".join(chance.choice(_MIDDLE) for _ in range(chance.choice((1, 1, 2))))
    return chance.choice(_BEGIN) + middle + chance.choice("aiueo") + chance.choice(_END)


def names(chance: Random, many: int) -> list[str]:
    """So many different names; fewer, should the sounds run out."""
    found = dict.fromkeys(invented_name(chance) for _ in range(3 * many))
    return list(found)[:many]


def title(chance: Random, craft: Craft, kind: str, of_names: list[str]) -> tuple[str, str]:
    """In both languages: kind, look, and often a name of its own, some of them far commoner than others."""
    (begin, english), (look, english_look) = BEGINNINGS[craft][kind], chance.choice(LOOKS)
    if chance.random() < 0.65:
        own = of_names[int(len(of_names) * chance.random() ** 2)]
        return f"{begin} {look} {own}", f"{own} {english_look} {english}"
    other, english_other = chance.choice(LOOKS)
    return f"{begin} {look} {other}", f"{english_look} {english_other} {english}"


def description(chance: Random, sayings: tuple[str, ...]) -> str:
    """Two or three sentences."""
    return ". ".join(chance.sample(sayings, chance.choice((2, 3)))) + "."
