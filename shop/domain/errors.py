"""What the rules may refuse, each with a sentence for the person; the web edge decides page and code."""

from __future__ import annotations

from shop.domain.words import N_


class ShopError(Exception):
    """A refusal that a person reads. `sentence` is Indonesian with %(name)s places; `facts` fill them."""

    sentence: str = N_("Permintaan ini tidak dapat dijalankan.")

    def __init__(self, **facts: object) -> None:
        super().__init__(self.sentence % facts if facts else self.sentence)
        self.facts = facts


class NotFound(ShopError):
    """It is not there, or not this person's, which must look the same."""

    sentence = N_("Halaman ini tidak ada.")


class NotAllowed(ShopError):
    """The person knows the thing exists but may not do this to it."""

    sentence = N_("Anda tidak berwenang melakukan ini.")


class WrongState(ShopError):
    """The step does not lead on from the state the thing is in."""

    sentence = N_("Langkah ini tidak dapat dilakukan sekarang. Muat ulang halaman untuk melihat keadaannya.")

    def __init__(self, *, status: str = "", step: str = "", **facts: object) -> None:
        super().__init__(**facts)
        self.status, self.step = status, step


class ChangedMeanwhile(ShopError):
    """Somebody else was faster; what was decided or written stands."""

    sentence = N_("Isi ini berubah sementara Anda bekerja. Periksa yang terbaru, lalu ulangi.")


class TooOften(ShopError):
    """A limit on repeating. `seconds` says when it opens again."""

    sentence = N_("Terlalu banyak percobaan. Coba lagi dalam %(minutes)s menit.")

    def __init__(self, *, seconds: int) -> None:
        super().__init__(minutes=max(1, -(-seconds // 60)))
        self.seconds = seconds


class Incomplete(ShopError):
    """Something asked for is missing. `problems` maps a field or step to its sentence."""

    sentence = N_("Masih ada yang belum lengkap.")

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__()
        self.problems = problems


class WrongInput(ShopError):
    """One field holds what cannot be. `field` names it, `sentence` says what to do."""

    def __init__(self, field: str, sentence: str, **facts: object) -> None:
        self.sentence = sentence
        super().__init__(**facts)
        self.field = field
