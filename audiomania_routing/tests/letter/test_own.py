# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytest
from hypothesis import given
from hypothesis import strategies as st
from letter.own import LONGEST, Own, own_lines, own_words

OWN = "Is it in stock?"

QUOTES = [
    "On Mon, 3 Mar 2025 at 10:00, Anna <anna@hifi.example> wrote:\nIt is.",
    "Am 03.03.2025 um 10:00 schrieb Anna:\nEs ist da.",
    "Le lun. 3 mars 2025 à 10:00, Anna <anna@hifi.example> a écrit :\nOui.",
    "El lun, 3 mar 2025 a las 10:00, Anna (<anna@hifi.example>) escribió:\nSí.",
    '24.11.2026, 10:05, "Анна" <anna@hifi.example>:\n> Есть',
    "24 ноября 2026 г., 10:05, Анна <anna@hifi.example> написал(а):\nЕсть",
    "Понедельник, 3 марта 2025 г. от Анна <anna@hifi.example> пишет:\nЕсть",
    "-----Original Message-----\nFrom: Anna\nSent: Monday\nTo: Ivan\n\nIt is.",
    "________________\nFrom: Anna\nSent: Monday\nTo: I\nSubject: x\n\nA",
    "От: Анна\nОтправлено: понедельник\nКому: Иван\nТема: Колонки\n\nЕсть",
    "-------- Исходное сообщение --------\nОт: Анна\nДата: вчера\n\nЕсть",
    "> It is.\n> S00042",
]


@pytest.mark.parametrize("quote", QUOTES)
def test_what_is_quoted_below_is_not_said(quote):
    words = own_lines(f"{OWN}\n\n{quote}\n").body
    assert words.strip("_ \n") == OWN


def test_what_stands_between_quoted_lines_is_said():
    words = own_lines("> Green?\nYes.\n> Two?\nThree.").body
    assert words == "Yes.\nThree."


def test_the_signature_is_apart():
    for line in ("-- ", "С уважением,", "Mit freundlichen Grüßen", "Best regards,"):
        assert own_lines(f"{OWN}\n\n{line}\nIvan\n+7 916") == Own(OWN, "Ivan\n+7 916")


def test_a_regard_in_the_middle_of_a_long_letter_is_no_signature():
    text = "-- \n" + "Line\n" * 40
    assert own_lines("Hello\n" + text).signature == ""


def test_the_line_of_a_telephone_is_left_out():
    assert own_lines(f"{OWN}\nSent from my iPhone").body == OWN
    assert own_lines(f"{OWN}\nОтправлено с iPhone").body == OWN


@pytest.mark.parametrize(
    "quote",
    [
        "<blockquote>It is <b>not</b></blockquote>",
        '<div class="gmail_quote"><div>On Monday Anna wrote:<br></div>It is</div>',
        '<div class="yahoo_quoted"><div>It is</div></div>',
        "<blockquote>a<blockquote>b</blockquote>It is</blockquote>",
    ],
)
def test_what_a_page_quotes_is_not_said(quote):
    page = f"<p>Is it in stock?</p>{quote}<p>Tell me.</p>"
    assert own_words(page).body == "Is it in stock?\n\nTell me."


def test_styles_and_scripts_are_no_words():
    assert own_words("<style>p{a:b}</style><script>x()</script>Hi").body == "Hi"


@pytest.mark.parametrize(
    "page",
    [
        '<div class="gmail_quote">---------- Forwarded message ---------<br>'
        "From: <b>Anna</b> &lt;a@b.example&gt;<br>Date: Mon<br>Subject: Hi<br><br>"
        "Is it in stock?</div>",
        "-------- Пересылаемое сообщение --------<br>От: Анна<br>Кому: Иван<br><br>"
        "Is it in stock?",
    ],
)
def test_a_bare_forward_says_what_the_letter_in_it_says(page):
    assert own_words(page).body == OWN


def test_a_reply_without_words_says_nothing():
    assert own_words("<br><blockquote>S00042</blockquote>") == Own("", "")


@pytest.mark.parametrize(
    "piece", ["<blockquote>", "<", "> ", "From: a\n", "-- \n", "\n"]
)
def test_a_huge_letter_is_read_in_bounds(piece):
    assert len(own_words(piece * 200_000).text) <= 2 * LONGEST + 1
    assert len(own_lines(piece * 200_000).text) <= 2 * LONGEST + 1


@given(st.text(max_size=400))
def test_nothing_raises_on_any_text(text):
    own_words(text)
    own_lines(text)


PIECES = ["<blockquote>", "</blockquote>", "<div class='gmail_quote'>", "</div>", "-- "]
PIECES += ["From: a@b.example", "wrote: 3", "> x", "\n", "a", "<br/>", "<style>", ">"]


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_nothing_raises_on_any_structure(pieces):
    own_words("".join(pieces))
    own_lines("\n".join(pieces))
