"""Numbers as people read them."""

from shop.web.phones import phone_words, whatsapp_link


def test_a_number_is_shown_as_people_here_write_it() -> None:
    assert phone_words("+6281234567890") == "0812-3456-7890"
    assert phone_words("+67077234567") == "+670 7723 4567"
    assert phone_words(None) == ""


def test_whatsapp_opens_with_the_text_ready() -> None:
    assert whatsapp_link("+6281234567890", "Salam, & terima kasih") == (
        "https://wa.me/6281234567890?text=Salam%2C%20%26%20terima%20kasih"
    )
