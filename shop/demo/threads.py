"""The demo's inquiries: new, answered, waiting too long, declined, lapsed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from shop.actions import events
from shop.demo.people import Cast
from shop.domain.deal import new_code
from shop.domain.roles import Actor
from shop.models import Inquiry, InquiryItem, Listing, Message, Person

ENDS = {
    "declined": ("decline", Actor.PRODUCER),
    "withdrawn": ("withdraw", Actor.BUYER),
    "lapsed": ("lapse", Actor.SYSTEM),
}


@dataclass(frozen=True)
class Talk:
    """One thread: who asks about which work (by title), how many hours ago, and what was said in turn."""

    title: str
    buyer: str
    hours_ago: int
    words: tuple[str, ...]
    wish: str = ""
    destination: str = "Kupang"
    status: str = "asked"
    account: bool = False


TALKS = (
    Talk("Lemari Dua Pintu Ukir", "Budi Santoso", 30, (
        "Selamat siang. Bisa dibuat lebar 150 cm, bukan 113? Untuk kamar di Surabaya.",
        "Bisa. Jati yang sama, kerjanya lima minggu. Kami hitung dulu kayunya, besok kami kabari.",
    ), "Lebar 150 cm, tinggi tetap", "Surabaya", account=True),
    Talk("Tais Lajur Merah", "Budi Santoso", 5, (
        "Apakah kain ini boleh dipakai untuk taplak meja, atau sebaiknya digantung saja?",
    ), "", "Surabaya", account=True),
    Talk("Tais Lingkar Nila", "Maria da Silva", 53, (
        "Bom dia, saya di Dili. Apakah bisa diambil di Motaain?",
    ), "", "Dili, Timor-Leste"),
    Talk("Kursi Makan Jati", "Hotel Matahari", 26, (
        "Kami perlu 12 kursi untuk restoran. Apakah bisa selesai dalam dua bulan?",
    ), "12 buah, warna lebih tua", "Kupang"),
    Talk("Set Empat Mangkuk", "Rina", 75, (
        "Kalau dikirim ke Bali, apakah dibungkus kayu?",
        "Kami bungkus jerami dan kardus dua lapis. Sampai sekarang belum ada yang pecah.",
        "Baik, terima kasih. Saya pikir dulu.",
    ), "", "Denpasar"),
    Talk("Tas Anyam Jati", "Joana Guimarães", 20, (
        "Ada warna yang lebih gelap?",
        "Ada, dari kulit pohon. Fotonya kami kirim sore ini.",
    ), "Warna gelap", "Jakarta"),
    Talk("Tempayan Besar", "Bapak Agus", 200, (
        "Saya perlu tempayan setinggi 90 cm untuk taman.",
        "Maaf, tungku kami hanya muat 65 cm.",
    ), "Tinggi 90 cm", "Atambua", "declined"),
    Talk("Meja Panjang Trembesi", "Kantor Camat", 400, (
        "Kami perlu meja rapat 300 cm.",
    ), "300 x 100 cm", "Atambua", "lapsed"),
    Talk("Selendang Nila", "Dewi Lestari", 120, (
        "Berapa lama sampai Bandung?",
        "Biasanya tujuh hari lewat pos.",
    ), "2 buah", "Bandung", "withdrawn"),
    Talk("Topi Lontar", "Sekolah Alam", 11, (
        "Kami mau 40 topi untuk acara bulan depan. Bisa ditulis nama sekolah?",
    ), "40 buah", "Kupang"),
    Talk("Tikar Lontar", "Yoseph", 64, (
        "Apakah tikar ini tahan untuk teras?",
        "Tahan kalau tidak kena hujan. Sesudah basah harus dijemur.",
    ), "", "Kefamenanu"),
    Talk("Tais Nila Malam", "Anneke de Vries", 90, (
        "Hello, could you ship this to the Netherlands?",
        "Yes, by EMS. The gallery helps us with the papers. It takes about three weeks.",
    ), "", "Utrecht, Netherlands"),
    Talk("Tais Lingkar Nila", "Penginapan Lahurus", 60 * 24, (
        "Kami ingin satu kain untuk ruang tamu. Apakah bisa dibuat dengan rumbai panjang?",
        "Bisa. Kami buatkan rumbai sejengkal.",
    ), "Rumbai panjang", "Kota Kupang"),
    Talk("Rak Buku Lima Susun", "Budi Santoso", 34 * 24, (
        "Apakah bisa dikirim ke Surabaya tanpa dibongkar?",
        "Sebaiknya dibongkar; kami sertakan gambar pasangnya.",
    ), "", "Surabaya", account=True),
)  # fmt: skip


def make_threads(session: Session, listings: list[Listing], cast: Cast, *, prefix: str, at: datetime) -> None:
    by_title = {listing.revisions[0].title_id: listing for listing in listings}
    for number, talk in enumerate(TALKS):
        _thread(session, talk, by_title[talk.title], cast, number, prefix, at)


def _thread(
    session: Session, talk: Talk, listing: Listing, cast: Cast, number: int, prefix: str, at: datetime
) -> None:
    asked = at - timedelta(hours=talk.hours_ago)
    buyer = cast.buyer if talk.account else None
    chair = cast.chairs[listing.producer.name]
    inquiry = _inquiry(talk, listing, buyer, number, prefix, asked)
    session.add(inquiry)
    session.flush()
    session.add(_item(talk, listing, inquiry))
    events.log(
        session, "ask", by=buyer, actor=Actor.BUYER, at=asked, inquiry=inquiry, listing=listing, to_status="asked"
    )  # fmt: skip
    for turn, words in enumerate(talk.words):
        _say(session, inquiry, words, turn, buyer, chair, asked + timedelta(minutes=95 * turn))
    if talk.status != "asked":
        _end(session, talk, inquiry, chair)


def _inquiry(
    talk: Talk, listing: Listing, buyer: Person | None, number: int, prefix: str, asked: datetime
) -> Inquiry:
    unanswered = len(talk.words) == 1
    return Inquiry(
        code=new_code(prefix),
        form_key=f"demo-{number}",
        producer_id=listing.producer_id,
        buyer_id=buyer.id if buyer else None,
        status=talk.status,
        buyer_name=talk.buyer,
        buyer_phone=buyer.phone if buyer and buyer.phone else f"+62813400000{number:02d}",
        buyer_email=buyer.email if buyer else None,
        language="en" if "Netherlands" in talk.destination else "id",
        destination=talk.destination,
        created_at=asked,
        changed_at=asked,
        waiting_since=asked if talk.status == "asked" else None,
        nudged_at=asked + timedelta(hours=24) if unanswered and talk.hours_ago > 24 else None,
        escalated_at=asked + timedelta(hours=48) if unanswered and talk.hours_ago > 48 else None,
    )


def _item(talk: Talk, listing: Listing, inquiry: Inquiry) -> InquiryItem:
    revision = listing.revisions[0]
    return InquiryItem(
        inquiry_id=inquiry.id,
        listing_id=listing.id,
        revision_id=revision.id,
        title=revision.title_id,
        photo_id=revision.photos[0].photo_id,
        price_idr=listing.price_idr,
        price_kind=listing.price_kind,
        wish=talk.wish,
    )


def _end(session: Session, talk: Talk, inquiry: Inquiry, chair: Person) -> None:
    step, actor = ENDS[talk.status]
    inquiry.waiting_since = None
    events.log(
        session, step, by=chair if actor is Actor.PRODUCER else None, actor=actor, at=inquiry.changed_at,
        inquiry=inquiry, from_status="asked", to_status=talk.status,
    )  # fmt: skip


def _say(
    session: Session,
    inquiry: Inquiry,
    words: str,
    turn: int,
    buyer: Person | None,
    chair: Person,
    at: datetime,
) -> None:
    """The buyer begins; then they take turns."""
    from_producer = turn % 2 == 1
    author = chair if from_producer else buyer
    session.add(
        Message(
            inquiry_id=inquiry.id,
            side="producer" if from_producer else "buyer",
            author_id=author.id if author else None,
            text=words,
            form_key=f"demo-{turn}",
            at=at,
        )
    )
    inquiry.changed_at = at
    if from_producer:
        inquiry.answered_at, inquiry.waiting_since = inquiry.answered_at or at, None
    else:
        inquiry.waiting_since = inquiry.waiting_since or at
    session.flush()
