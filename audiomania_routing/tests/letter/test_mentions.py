# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytest
from hypothesis import given
from hypothesis import strategies as st
from letter.mentions import CALLED, MOST, form_like, form_of, mentions_in

ORDER = form_of("sale.order", "order", "S")
INVOICE = form_like("account.move", "invoice", "INV/2026/")
DELIVERY = form_of("stock.picking", "delivery", "WH/OUT/")
FORMS = (ORDER, INVOICE, DELIVERY)


def numbers(text, forms=FORMS, certain=True):
    return [each.number for each in mentions_in(text, forms) if each.certain == certain]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("№ S00042", "S00042"),
        ("S00042", "S00042"),
        ("по заказу S00042 обещали", "S00042"),
        ("(s00042)", "S00042"),
        ("S 00042", "S00042"),
        ("S-00042.", "S00042"),
        ("заказ С00042", "S00042"),
        ("заказ №00042", "S00042"),
        ("Order no. 00042", "S00042"),
        ("Bestellung 00042", "S00042"),
        ("Invoice INV/2026/00042", "INV/2026/00042"),
        ("счёт INV/2027/00009", "INV/2027/00009"),
        ("накладная WH/OUT/00017", "WH/OUT/00017"),
        ("WH/ОUТ/00017", "WH/OUT/00017"),
        ("S123456", "S123456"),
    ],
)
def test_a_number_is_known_by_the_form_of_its_sequence(text, number):
    assert numbers(text) == [number]


@pytest.mark.parametrize(
    "text", ["XS00042", "S0042", "S00042A", "INV/00042", "WH/OUT/17", "Silverline S2"]
)
def test_what_only_looks_like_one_is_none(text):
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("заказ 42", "S00042"),
        ("Заказ № 42.", "S00042"),
        ("my order 57, please", "S00057"),
        ("Auftrag Nr. 42", "S00042"),
        ("заказа S42", "S00042"),
        ("накладной 17", "WH/OUT/00017"),
    ],
)
def test_a_short_number_needs_the_name_of_its_kind_and_is_not_certain(text, number):
    assert numbers(text) == []
    assert numbers(text, certain=False) == [number]


@pytest.mark.parametrize(
    "text", ["order 2 pcs", "заказ 5 шт", "заказ 500 руб", "42", "№ 42", "order 3.5"]
)
def test_a_quantity_is_no_number(text):
    assert mentions_in(text, FORMS) == ()


def test_a_short_number_of_a_dated_sequence_cannot_be_written_out():
    dated = form_of("sale.order", "order", "SO/%(year)s/", padding=4)
    assert numbers("SO/2026/0042", [dated]) == ["SO/2026/0042"]
    assert mentions_in("order 42", [dated]) == ()


def test_digits_alone_need_the_name_of_their_kind():
    bare = form_of("sale.order", "order", "")
    assert mentions_in("42 and 00042", [bare]) == ()
    assert numbers("order 00042", [bare]) == ["00042"]


def test_a_prefix_in_small_letters_is_taken_as_it_is():
    small = form_of("sale.order", "order", "So")
    assert numbers("So00042 SO00042", [small]) == ["So00042"]


def test_a_suffix_belongs_to_the_number():
    ended = form_of("sale.order", "order", "S", "-A")
    assert numbers("S00042-A and S00043", [ended]) == ["S00042-A"]
    assert numbers("order 42", [ended], certain=False) == ["S00042-A"]


def test_they_come_in_the_order_of_the_text_each_once():
    text = "WH/OUT/00017, S00042, order 9 and S00042"
    assert numbers(text) == ["WH/OUT/00017", "S00042"]
    assert numbers(text, certain=False) == ["S00009"]


def test_a_list_is_bounded():
    text = " ".join(f"S{n:05}" for n in range(90))
    assert len(mentions_in(text, FORMS)) == MOST


def test_every_kind_has_a_name():
    assert {form.kind for form in FORMS} == set(CALLED)


@given(st.text(max_size=300))
def test_nothing_raises_on_any_text(text):
    mentions_in(text, FORMS)


@given(st.text(alphabet="SIN V/WH0123456789orde заказ№#.", max_size=200))
def test_what_is_found_looks_as_its_form_says(text):
    for each in mentions_in(text, FORMS):
        assert each.number.startswith(("S", "INV/", "WH/OUT/"))
