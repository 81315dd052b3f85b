"""A buyer finds by need: narrow, share, come back, loosen. In a real browser, without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from tests.bazaar import Bazaar, bazaar, publish
from tests.ground.engines import ON_SQLITE, WITH_AND_WITHOUT_SCRIPT
from tests.ground.looking import assert_accessible, assert_no_horizontal_scroll

Visitors = Callable[..., Page]


@pytest.fixture
def market(session: Session) -> Bazaar:
    market = bazaar(session)
    by = market.weavers.members[0].person
    for number in range(30):
        publish(session, market.weavers, by, minutes=100 + number, title_id=f"Selendang {number}", kind="selendang",
                price_idr=300_000 + number * 10_000, dye="natural" if number % 2 else "mixed")  # fmt: skip
    session.commit()
    return market


def cards(page: Page) -> list[str]:
    return page.locator("#hasil .card__title").all_inner_texts()


@WITH_AND_WITHOUT_SCRIPT
def test_a_buyer_narrows_a_craft_shares_the_address_and_comes_back(
    new_page: Visitors, market: Bazaar, javascript: bool
) -> None:
    width = 1280 if javascript else 360
    page = new_page(width=width, javascript=javascript)
    page.goto("/")
    page.get_by_role("link", name="Tenun ikat").locator("visible=true").first.click()
    if width == 360:
        page.get_by_role("link", name="Saring", exact=True).click()
        assert page.locator("#saring").bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 740}
    page.get_by_label("Pewarna alami").check()
    page.get_by_label("Sampai").fill("400.000")
    page.locator("#saring button[type=submit]").click()
    narrowed = page.url
    assert page.locator("#saring button[type=submit]").text_content() == "Lihat 5 karya"
    assert len(cards(page)) == 5
    assert all("Selendang" in title for title in cards(page))

    shared = new_page(width=width)
    shared.goto(narrowed)
    assert cards(shared) == cards(page)

    page.locator("#hasil .card__link").first.click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Selendang")
    page.go_back()
    assert page.url == narrowed
    assert len(cards(page)) == 5

    page.goto(narrowed + "&kec=raihat")
    page.get_by_role("link", name="Lihat 5 karya").click()
    assert cards(page) == cards(shared)


@ON_SQLITE
def test_lists_in_every_state_are_accessible_and_narrow_enough(new_page: Visitors, market: Bazaar) -> None:
    """The pages themselves are looked at where everybody follows every link."""
    page = new_page(width=360)
    for address in (
        "/kerajinan/tenun-ikat?pewarna=alami", "/kerajinan/meubel?sampai=100", "/kerajinan/gerabah",
        "/karya?q=tanasek", "/karya?q=xyzxyz", "/karya/tais-lumpur", "/saran?q=tan",
    ):  # fmt: skip
        page.goto(address)
        assert_accessible(page)
        assert_no_horizontal_scroll(page)
    page.goto("/karya")
    page.locator(".sort summary").click()
    assert_accessible(page)
    page.get_by_role("link", name="Harga terendah").click()
    assert cards(page)[0] == "Tanasak Bertutup"
    page.goto("/karya#saring")
    assert_accessible(page)


@ON_SQLITE
def test_linked_data_is_read_and_not_refused(new_page: Visitors, market: Bazaar) -> None:
    page = new_page()
    page.goto("/karya/tais-lajur-merah")
    kinds = page.eval_on_selector_all(
        "script[type='application/ld+json']", "all => all.map(one => JSON.parse(one.textContent)['@type'])"
    )
    assert kinds == ["Product", "BreadcrumbList"]


@ON_SQLITE
def test_the_search_box_offers_words_as_one_types(new_page: Visitors, market: Bazaar) -> None:
    page = new_page()
    page.goto("/")
    page.locator("#cari-kata").press_sequentially("tan")
    page.wait_for_selector("#saran-cari-kata option[value=tanasak]", state="attached")
    page.locator("#cari-kata").press("Enter")
    assert page.url.endswith("/karya?q=tan")
    page.get_by_role("link", name="tanasak", exact=True).click()
    assert "Tanasak Bertutup" in cards(page)
