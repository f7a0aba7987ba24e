# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""In which language somebody writes: by its letters and its most frequent words."""

from __future__ import annotations

import re
from collections import Counter

LONGEST = 5000
"""So many characters tell a language as well as more would."""
FEWEST_LETTERS = 12
FEWEST_WORDS = 2
LEAD = 1.3
"""So much more often than those of the next language its words must stand there."""
SHARE = 0.3
"""A Russian letter is full of Latin names, addresses and models."""

CODE = re.compile(r"[!-~]*[\d@/\\_][!-~]*|www\.[!-~]+")
"""Addresses, links, models and numbers are of no language."""
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
)
"""Scripts that one language alone is written in, as far as a shop has to know."""
DENSE = ("ja", "ko", "zh")
"""A few of their signs say as much as a line of letters."""
CYRILLIC = re.compile("[\u0400-\u04ff]")
LATIN = re.compile("[A-Za-z\u00c0-\u024f]")

CYRILLIC_WORDS = {
    "ru": "и в не на что я с как это по но вы для или если у за мы так ли бы до от"
    " здравствуйте добрый день пожалуйста спасибо есть нужно можно когда еще"
    " уважением подскажите",
    "uk": "і в не на що я з як це але ви для або якщо за ми так чи добрий день будь"
    " ласка дякую є потрібно можна коли ще повагою до від та",
    "be": "і ў не на што я з як гэта але вы для або калі дзякуй ёсць трэба можна яшчэ"
    " да калі ласка добры дзень",
    "bg": "и в не на че аз с как това но вие за или ако са от да се има може кога още"
    " благодаря моля здравейте добър ден какво съм",
}
LATIN_WORDS = {
    "en": "the and to of is in it you that i for on with have be this are my can we"
    " not please would do if your from hello thanks thank will there which me"
    " has same needs need how what was so but or an at",
    "de": "der die das und ist nicht ich sie zu ein eine mit für auf den von es haben"
    " wir bitte kann ob wie noch hallo danke guten tag mir im bei gibt habe dem"
    " einen wann",
    "fr": "le la les et est je vous de un une des pour que qui dans en ne pas avec"
    " sur ce bonjour merci mon est-ce du au avez il nous ma votre plus si",
    "es": "el la los y es que de un una para en no con por lo su me se hola gracias"
    " mi si del al está tiene puede como más buenos días usted las",
    "it": "il la che e di un una per non è con sono mi si lo ho le del della"
    " buongiorno grazie vorrei se come anche più in ma gli posso",
    "pt": "o a que e de um uma para não com por os as do da em é se no na olá"
    " obrigado meu minha mais como está você bom dia",
    "nl": "de het een en is van ik niet dat op te voor met zijn er kan u mijn of om"
    " bedankt hallo wij als ook naar aan heb goedendag wat",
    "pl": "i w nie na że się z jest do to jak proszę czy mam dzień dobry dziękuję od"
    " dla po ale lub jeśli są będzie moje o co",
    "cs": "a v je se na že to s dobrý den děkuji prosím jak pro od ale nebo jsem mám"
    " bych by který do i o už není",
    "sv": "och att det är i en på jag som för med inte har till av vi kan hej tack"
    " min om ni ett den när",
    "fi": "ja on ei että se hei kiitos minä voi ovat oli mutta kun tai jos olen mitä"
    " minun onko",
    "tr": "ve bir bu için ile de da mi ne merhaba teşekkür ederim var çok nasıl"
    " lütfen ben olarak daha",
}


def _known(words: dict[str, str]) -> dict[str, frozenset[str]]:
    return {code: frozenset(each.split()) for code, each in words.items()}


OF_CYRILLIC, OF_LATIN = _known(CYRILLIC_WORDS), _known(LATIN_WORDS)


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of its language; None where there is too little to tell.

    >>> language_of("Здравствуйте! Подойдёт ли Nordvik A60 к Altair F80?")
    'ru'
    >>> language_of("Would the A60 be enough for them?")
    'en'
    >>> language_of("Passt der Verstärker zu meinen Lautsprechern, oder nicht?")
    'de'
    >>> language_of("KEF LS50 Meta, S00042") is None
    True
    """
    plain = CODE.sub(" ", text[:LONGEST])
    cyrillic, latin = len(CYRILLIC.findall(plain)), len(LATIN.findall(plain))
    other = _of_script(plain, cyrillic + latin)
    if other:
        return other
    if cyrillic + latin < FEWEST_LETTERS:
        return None
    words = Counter(WORD.findall(plain.lower().replace("ё", "е")))
    if cyrillic >= SHARE * (cyrillic + latin):
        return _of_words(words, OF_CYRILLIC) or _by_letters(plain)
    return _of_words(words, OF_LATIN)


def _of_script(text: str, letters: int) -> str | None:
    for code, signs in SCRIPTS:
        number = len(signs.findall(text))
        weight = 4 if code in DENSE else 1
        if weight * number >= FEWEST_LETTERS and weight * number > letters:
            return code
    return None


def _of_words(words: Counter[str], known: dict[str, frozenset[str]]) -> str | None:
    """The language whose frequent words stand there most, if it is ahead."""
    scores = sorted(
        (-sum(words[each] for each in mine & words.keys()), code)
        for code, mine in known.items()
    )
    (best, code), (second, _code) = scores[0], scores[1]
    if -best < FEWEST_WORDS or best > LEAD * second:
        return None
    return code


def _by_letters(text: str) -> str:
    """Cyrillic without frequent words: what only one alphabet has, else Russian."""
    lower = text.lower()
    if re.search("[їєґ]", lower):
        return "uk"
    if "ў" in lower:
        return "be"
    return "ru"
