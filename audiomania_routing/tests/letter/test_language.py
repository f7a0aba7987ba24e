# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytest
from hypothesis import given
from hypothesis import strategies as st
from letter.language import LATIN_WORDS, language_of

SAID = {
    "ru": "Здравствуйте! Подскажите, есть ли Orfeo H9 и Nordvik A60 в наличии?",
    "uk": "Добрий день! Чи є у вас ці навушники та коли буде доставка?",
    "bg": "Добър ден, има ли тези слушалки и кога може да ги взема?",
    "be": "Добры дзень! Ці ёсць у вас гэтыя навушнікі і калі можна забраць?",
    "en": "Hello, would this amplifier be enough for a room of 22 square metres?",
    "de": "Guten Tag, könnten Sie die Kopfhörer auch nach Köln schicken?",
    "fr": "Bonjour, est-il encore disponible et où puis-je l'écouter ?",
    "es": "Hola, ¿tienen estos auriculares en la tienda y cuánto cuestan?",
    "it": "Buongiorno, vorrei sapere se le cuffie sono ancora disponibili.",
    "pt": "Bom dia, você tem os fones e qual é o preço para mim? Obrigado.",
    "nl": "Goedendag, kan ik de platenspeler bij u reserveren en wat is de prijs?",
    "pl": "Dzień dobry, czy te słuchawki są dostępne i ile kosztuje wysyłka do nas?",
    "cs": "Dobrý den, máte prosím tato sluchátka a kolik stojí, kdy by byla?",
    "sv": "Hej, har ni de här hörlurarna i lager och vad är priset för mig?",
    "fi": "Hei, onko teillä näitä kuulokkeita ja mitä ne maksavat?",
    "tr": "Merhaba, bu kulaklık var mı ve ne kadar? Teşekkür ederim.",
    "el": "Καλημέρα, ποια ηχεία προτείνετε για δώδεκα τετραγωνικά;",
    "ja": "はじめまして。交換針はありますか。日本への発送は可能でしょうか。",
    "zh": "您好，这款耳机有白色的吗？我想买两副。",
    "ko": "안녕하세요, 이 헤드폰 재고가 있습니까? 가격은 얼마인가요?",
    "he": "שלום, האם האוזניות האלה במלאי וכמה הן עולות?",
    "ar": "مرحبا، هل هذه السماعات متوفرة وكم سعرها؟",
}


@pytest.mark.parametrize("code", SAID)
def test_a_language_is_known_by_its_letters_and_frequent_words(code):
    assert language_of(SAID[code]) == code


@pytest.mark.parametrize(
    "text", ["", "ok", "KEF LS50 Meta 2 pcs", "S00042", "+7 916 555-01-10", "Привет"]
)
def test_too_little_text_has_no_language(text):
    assert language_of(text) is None


def test_a_russian_letter_full_of_latin_names_is_russian():
    text = "Подойдёт ли Nordvik A60 Reference к моим Altair Floorstanding?"
    assert language_of(text) == "ru"


def test_an_english_letter_with_a_russian_name_is_english():
    assert language_of("I am Анна and I have the order that you sent to me") == "en"


def test_addresses_are_of_no_language():
    assert language_of("https://hifi.example/the/and/of/it is@the.example") is None


def test_two_languages_in_equal_parts_are_none():
    words = " ".join(LATIN_WORDS[code] for code in ("en", "de"))
    assert language_of(words) is None


@given(st.text(max_size=300))
def test_nothing_raises_on_any_text(text):
    assert language_of(text) is None or len(language_of(text)) == 2
