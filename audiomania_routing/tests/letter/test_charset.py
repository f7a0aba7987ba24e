# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whatever a letter says of its octets, its words are read if they can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letter import charset, coding, mime
from letter.headers import Block, Header

RUSSIAN = (
    "Здравствуйте! Подскажите, пожалуйста, когда приедет мой заказ и можно ли"
    " вернуть кабель, который не подошёл? С уважением, Иван Петрович."
)
PANGRAMS = {
    "ru": RUSSIAN,
    "capitals": "ПОЗВОНИТЕ МНЕ СРОЧНО, ПОЧЕМУ НЕТ ОТВЕТА НА МОЁ ПИСЬМО",
    "mixed": "Заказ S00391: колонки Altair F80, 2 шт., доставка в Тверь",
    "short": "Где заказ?",
}
WESTERN = {
    "fr": "Où est passé le café que j'ai commandé à Genève ?",
    "de": "Grüße aus Köln, die Kopfhörer sind schön, aber zu groß für mich.",
}


def octets_type(*lines):
    headers = tuple(Header(name, value) for name, value in lines)
    return Block(headers, 0)


@pytest.mark.parametrize("name", ["windows-1251", "koi8-r", "cp866", "utf-8"])
@pytest.mark.parametrize("text", PANGRAMS.values(), ids=PANGRAMS)
def test_russian_is_known_by_its_letters(text, name):
    assert charset.decode(text.encode(name)).text == text
    assert charset.decode(text.encode(name), "us-ascii").text == text
    assert charset.decode(text.encode(name), name) == (text, charset.find(name), True)


@pytest.mark.parametrize("text", WESTERN.values(), ids=WESTERN)
def test_western_letters_are_not_taken_for_russian(text):
    for name in ("", "us-ascii", "iso-8859-1", "windows-1252"):
        assert charset.decode(text.encode("cp1252"), name).text == text


@pytest.mark.parametrize("named", ["windows-1251", "koi8-r", "iso-8859-1", "cp866"])
@pytest.mark.parametrize("real", ["windows-1251", "koi8-r", "utf-8"])
def test_a_charset_that_reads_nonsense_is_not_believed(named, real):
    found = charset.decode(RUSSIAN.encode(real), named)
    assert found.text == RUSSIAN
    assert found.as_named == (named == real)


@pytest.mark.parametrize("name", ["gb18030", "shift_jis", "iso-2022-jp", "iso-8859-7"])
def test_charsets_of_others_are_believed(name):
    text = {"iso-8859-7": "Πού είναι η παραγγελία μου"}.get(name, "日本語")
    assert charset.decode(text.encode(name), name).text == text


def test_a_long_text_is_known_by_a_part_of_it():
    text = "Plain English words come first. " * 1000 + (RUSSIAN + " ") * 200
    for name in ("windows-1251", "koi8-r"):
        assert charset.decode(text.encode(name)).text == text
        assert charset.decode(text.encode(name), "iso-8859-1").text == text
    assert charset.guess(b"\xef" * 9000) in charset.RUSSIAN


def test_utf_8_with_a_few_damaged_octets_stays_utf_8():
    octets = RUSSIAN.encode() + b"\xff" + RUSSIAN.encode()[:-1]
    assert charset.decode(octets, "utf-8").text.startswith(RUSSIAN)
    assert charset.decode(octets).text.startswith(RUSSIAN)


def test_what_cannot_be_decoded_at_all_is_shown_octet_by_octet():
    assert charset._mostly(b"a\xff", "undefined") == ("a\xff", "latin-1", False)


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_octets_in_any_charset_are_text(octets, name):
    charset.clean(charset.decode(octets, name).text).encode()


@given(st.binary(max_size=300))
def test_any_octets_can_be_decoded_from_any_coding(octets):
    for name in ("", "base64", "quoted-printable", "uuencode"):
        coding.decode(octets, name)


@pytest.mark.parametrize(
    ("octets", "name", "meant"),
    [
        (b"begin 644 a\n#86)C\n`\nend\n", "uuencode", b"abc"),
        (b"begin 644 a\n#86)C\n!!~~~~\n", "uuencode", b"abc"),
        (b"no uuencode", "uuencode", b"no uuencode"),
        (b"SGVs bG8=", "base64", b"Hello"),
        (b"SGVs*bG8=", "base64", b"Hello"),
        (b"", "base64", b""),
        (b"a=\t\r\nb=\nc=", "quoted-printable", b"abc="),
    ],
)
def test_what_was_meant_is_decoded(octets, name, meant):
    assert coding.decode(octets, name).rstrip(b"=") == meant.rstrip(b"=")


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (b"TEXT/HTML; charset=x", "text/html"),
        (b"html", "text/html"),
        (b"pdf; name=a.pdf", "application/pdf"),
        (b"text", "text/plain"),
        (b"x; boundary=b", "multipart/mixed"),
        (b"text/", "text/plain"),
        (b"a/b/c", "text/plain"),
        (b"; x", "text/plain"),
        (b"text/plain (a comment)", "text/plain"),
    ],
)
def test_a_type_is_guessed_from_what_is_said(value, kind):
    assert mime.content_type(octets_type(("Content-Type", value))).type == kind


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (b'a; filename="b;c.pdf"', "b;c.pdf"),
        (b'a; filename="b\\"c.pdf"', "b'c.pdf"),
        (b"a; filename*0=b; filename*1=c.pdf", "bc.pdf"),
        (b"a; filename*0*=utf-8'ru'%D0%AF; filename*1=.pdf; filename=x", "Я.pdf"),
        (b"a; filename=b; filename=c", "b"),
        (b"a; filename; =b; filename=", ""),
        (b"a; filename=...", ""),
    ],
)
def test_a_file_name_is_put_together(value, name):
    block = octets_type(("Content-Disposition", value))
    assert mime.file_name(block).replace(" ", ";") == name


def test_how_octets_are_written_is_understood():
    said = {
        b"BASE64": "base64",
        b"b64": "base64",
        b"quoted printable": "quoted-printable",
        b"x-uue": "uuencode",
        b"8bit": "",
        b"nonsense": "",
    }
    for value, name in said.items():
        assert mime.coding(octets_type(("Content-Transfer-Encoding", value))) == name


def test_a_part_is_shown_or_a_file():
    for value, kind in (
        (b"inline; x", "inline"),
        (b"form-data", "attachment"),
        (b"", ""),
    ):
        assert mime.disposition(octets_type(("Content-Disposition", value))) == kind


@pytest.mark.parametrize("name", ["windows-1251", "koi8-r"])
def test_a_few_letters_are_read_as_named(name):
    for word in ("ПФЧ", "отв", "ФСБ", "Ждцщ"):
        assert charset.decode(word.encode(name), name).text == word


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("iso-8859-8-i", "בוקר טוב! צריך איימק ושתי מסכים"),
        ("windows-1255", "שלום וברוכים הבאים"),
        ("windows-1253", "Καλημέρα, πού είναι η παραγγελία μου;"),
        ("iso-8859-6", "صباح الخير، أين طلبي؟"),
    ],
)
def test_a_script_of_its_own_is_read_as_named(name, text):
    octets = text.encode(charset.find(name))
    assert charset.decode(octets, name).text == text
