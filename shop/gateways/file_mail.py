"""Mail in development: every letter is a file that a mail program can open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from shop.gateways.mime import as_message
from shop.ports import Letter


@dataclass(frozen=True)
class FileMail:
    """Writes `<message id>.eml` into a folder; the same letter again is the same file."""

    folder: Path
    sender_name: str
    sender: str

    def send(self, letter: Letter) -> None:
        message = as_message(letter, sender_name=self.sender_name, sender=self.sender)
        self.folder.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^\w.@-]", "", letter.message_id)
        draft = self.folder / f".{name}.part"
        draft.write_bytes(message.as_bytes())
        draft.rename(self.folder / f"{name}.eml")
