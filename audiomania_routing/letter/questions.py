# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a letter asks: its numbered points, and its sentences that ask (rule 22).

Russian and English are read by their words, any language by its question marks. What
is quoted, and the signature, ask nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .own import own_lines, own_words

MOST = 30
"""A letter that asks more is a form; its first points are listed."""
LONGEST = 300
WRAPPED = 55
"""A line of at least so many characters may go on in the next one."""
FEWEST_LETTERS = 3

ITEM = re.compile(r"<li\b[^<>]{0,2000}>", re.IGNORECASE)
PAGE = re.compile(r"<[a-zA-Z/][^<>]{0,2000}>")
NUMBER = re.compile(
    r"^\s{0,20}(?:(?:вопрос|question|q)\s{0,2}[№#]?\s{0,2})?[(№#]?\s?(\d{1,2})"
    r"(?:\s?[.):]{1,2}\s{0,5}|\s[-–—]\s)(?=[^\W\d_]|[\"«„“(])",
    re.IGNORECASE,
)
LETTER = re.compile(r"^\s{0,20}\(?([а-еa-f])\)\s{1,5}(?=\S)", re.IGNORECASE)
BULLET = re.compile(r"^\s{0,20}[•·●▪◦‣*–—-]\s{1,5}(?=\S)")
INLINE = re.compile(r"(?:^|\s)(\d{1,2})\)\s?(?=[^\W\d_])")
LETTERS = ("абвгде", "abcdef")

END = re.compile(r"[.!?…？]+[)\"»”'*_]{0,3}(?=\s|$)|[？。]")
ASKS = re.compile(r"[?？][)\"»”'*_!?.…\s]{0,8}$|[?？]\s{0,2}[:;=]-?[)(]+\s*$")
SHORTENED = re.compile(
    r"(?:\b(?:т\.\s?[ек]|т\.\s?[дп]|и\s?др|пр|г|гг|руб|коп|шт|ул|кв|стр|тел|мин|см|им"
    r"|арт|мод|ориг|e\.g|i\.e|etc|mr|mrs|ms|dr|no|nr|vs|approx|art|mod|inc|ltd|p\.s)"
    r"|\b[A-ZА-ЯЁ])\.$",
    re.IGNORECASE,
)
"""A dot after these ends no sentence (a single capital: somebody's initial)."""

GREETING = re.compile(
    r"^(?:здравствуйте|здравствуй|добр(?:ый|ое|ого|ой)\s(?:день|вечер|утро|дня|вечера"
    r"|времени суток)|доброго времени суток|приветствую|привет|уважаем\w{2}"
    r"|hello|hi|hey|dear|good\s(?:morning|afternoon|evening|day)|greetings)"
    r"(?:[\s,]{1,3}[^\W\d_]{2,20}){0,3}?\s?[,!.:–—-]+\s{0,3}(?=\S)",
    re.IGNORECASE,
)

RUSSIAN = (
    r"подскаж\w{1,5}|скажите|расскажите|объясните|посоветуйте|порекомендуйте|уточните"
    r"|сообщите|ответьте|пришлите|вышлите|скиньте|отправьте|напишите|проверьте"
    r"|подтвердите|посчитайте|рассчитайте|прошу|просьба|помогите|дайте знать"
    r"|(?:я )?(?:хотел(?:а|ось|и)?|хочу|хотим|хочется)(?: бы)?(?: еще| ещё| также)?"
    r" (?:узнать|уточнить|спросить|понять|знать)"
    r"|(?:меня )?(?:также |еще |ещё )?интересу\w{2,4}|вопрос\b"
    r"|есть ли|можно ли|можете ли|могу ли|будет ли|нужно ли|нужен ли|нужна ли"
    r"|подойд[её]т ли|возможн[оа] ли|возможна ли|имеется ли|работает ли|входит ли"
    r"|сколько (?:стоит|стоят|будет|времени|это)|какова|каков\b|каковы"
    r"|почем\b|когда (?:будет|можно|приед|придет|привез|появ|планир|ожида)\w{0,6}"
    r"|где (?:можно|находит|посмотр|купить|мой|моя|мо[её])\w{0,6}|чем отлича\w{2,6}"
    r"|какая (?:цена|стоимость|гарантия)|какой (?:срок|кабель|усилитель)"
    r"|какие (?:есть|сроки)"
)
ENGLISH = (
    r"could you|can you|can i|could i|may i|would you|will you|will it|do you|does it"
    r"|do they|does the|did you|is there|are there|is it|is the|are the|are they"
    r"|have you"
    r"|how (?:much|many|long|far|soon|do|does|can|about|is|are)|when (?:will|can|is"
    r"|do|would)"
    r"|what (?:is|are|about|would|does|do|kind|price|time)|where (?:is|are|can|do)"
    r"|which (?:one|of|is|are|would|cable|amplifier|model)|who (?:is|can)|why (?:is"
    r"|are|do|did|does)"
    r"|(?:please|pls|kindly) (?:tell|let|advise|confirm|send|quote|explain|check"
    r"|clarify"
    r"|inform|provide|recommend|suggest|specify|answer|reply)"
    r"|(?:i|we)(?:'d| would) like to (?:know|ask)|(?:i|we) (?:want|need|wish) to know"
    r"|i(?:'m| am) wondering|i wonder|let me know|tell me|advise (?:me|us|on|if"
    r"|whether)"
)
STARTS = re.compile(
    r"^(?:(?:и|а|но|также|ещ[её]|кстати|ну|тогда|пожалуйста|очень|во-первых|во-вторых"
    r"|в-третьих|and|also|so|but|then|first|second|third|finally|by the way|besides)"
    r"[\s,:]{1,3}){0,3}"
    rf"(?:{RUSSIAN}|{ENGLISH})(?![^\W_])",
    re.IGNORECASE,
)
NO_QUESTION = re.compile(
    r"^(?:прошу (?:прощения|извинить|меня извинить|заметить)|вопрос (?:реш[её]н|снят"
    r"|закрыт)"
    r"|сообщите об этом|let me know if you (?:need|have)|do not|don't"
    r"|как (?:ваши |у вас |твои )?дела|как поживаете|как настроение"
    r"|how are you(?: doing)?(?: today)?|how do you do|hope you|what's up"
    r"|правда|не так ли|да|нет|ok|ок|right|isn't it|really)\b[^?]{0,12}[?!.]*$"
    r"|^(?:прошу (?:прощения|извинить)|вопрос (?:реш[её]н|снят|закрыт))",
    re.IGNORECASE,
)
"""What is said out of politeness."""
BARE = re.compile(
    r"^(?:(?:can|could) (?:you|anybody|somebody) (?:please )?help(?: me"
    r"| us)?(?: please)?"
    r"|(?:можете|могли бы|сможете)(?: вы)?(?: мне| нам)? (?:помочь|подсказать|ответить)"
    r"|помогите|поможете|подскажите|скажите|ответьте|прошу ответить|(?:у меня )?"
    r"(?:есть )?(?:один |два |три |несколько |пара )?вопрос\w{0,2}|tell me"
    r"|please advise"
    r"|please reply|let me know|(?:i have )?(?:a |some |several )?questions?)"
    r"(?:[\s,]{1,2}(?:пожалуйста|please|pls))?\s?[?!.:]*$",
    re.IGNORECASE,
)
"""Asks nothing by itself: it is listed where nothing else is."""
INTRODUCES = re.compile(r":\s{0,3}$")


class Line(NamedTuple):
    """A line of a letter, with what goes on in the next ones.

    :param mark: its number or letter as a point of a list; None: it is none
    :param bullet: whether it is a point without a number
    """

    text: str
    mark: int | None = None
    bullet: bool = False


def questions_of(page: str) -> list[str]:
    r"""What a letter asks, in its order; at most 30, each at most 300 characters.

    >>> questions_of("Hello!<br>1. Is it loud<br>2. Green ones<br>Ivan")
    ['Is it loud', 'Green ones']
    >>> questions_of("<p>Добрый день! Есть ли они в зелёном? Спасибо.</p>")
    ['Есть ли они в зелёном?']
    """
    own = own_words(ITEM.sub("<li>• ", page)) if PAGE.search(page) else own_lines(page)
    found = list(_find(_number(_unwrap(own.body.splitlines()))))
    told = [each for each in found if not BARE.match(each)]
    return list(dict.fromkeys(_shorten(each) for each in told or found))[:MOST]


def _unwrap(lines: Sequence[str]) -> Iterator[str]:
    """Lines that a mail program has broken are one again."""
    whole = ""
    long = False
    for line in lines:
        goes_on = whole and long and line.strip() and not _is_point(line)
        if goes_on and not END.search(whole[-4:] + " "):
            whole = f"{whole} {line.strip()}"
        else:
            if whole:
                yield whole
            whole = line.strip()
        long = len(line) >= WRAPPED
    if whole:
        yield whole


def _is_point(line: str) -> bool:
    return any(each.match(line) for each in (NUMBER, LETTER, BULLET))


def _number(lines: Iterator[str]) -> Iterator[Line]:
    """Each line with its mark, points that stand in one line apart."""
    for whole in lines:
        for line in _split_points(whole):
            number, letter = NUMBER.match(line), LETTER.match(line)
            if number:
                yield Line(line[number.end() :].strip(), int(number[1]))
            elif letter:
                yield Line(line[letter.end() :].strip(), _ordinal(letter[1].lower()))
            elif bullet := BULLET.match(line):
                inner = line[bullet.end() :].strip()
                number = NUMBER.match(inner)
                text = inner[number.end() :] if number else inner
                yield Line(text, int(number[1]) if number else None, True)
            else:
                yield Line(line)


def _split_points(line: str) -> list[str]:
    """The points of "1) how much 2) how long", where they count up from one."""
    starts: list[int] = []
    for match in INLINE.finditer(line):
        if int(match[1]) == len(starts) + 1:
            starts.append(match.start(1))
    if len(starts) < 2:
        return [line]
    pieces = zip([0, *starts], [*starts, len(line)], strict=True)
    return [piece for start, end in pieces if (piece := line[start:end].strip())]


def _ordinal(letter: str) -> int:
    return next(each.index(letter) + 1 for each in LETTERS if letter in each)


def _find(lines: Iterator[Line]) -> Iterator[str]:
    """Points of numbered lists, of lists that are asked, and sentences that ask."""
    kept = list(lines)
    counted = _counted(kept)
    asked = False
    for position, line in enumerate(kept):
        if line.bullet or line.mark is not None:
            if position in counted or (asked and _says(line.text)):
                yield _tidy(line.text)
                continue
        else:
            asked = bool(INTRODUCES.search(line.text)) and _introduces(line.text)
        follows = position + 1 < len(kept) and _is_listed(kept[position + 1])
        yield from _sentences_that_ask(line.text, introduces=follows)


def _is_listed(line: Line) -> bool:
    return line.bullet or line.mark is not None


def _counted(lines: Sequence[Line]) -> set[int]:
    """Where the points of a list stand that counts up from one, to two at least."""
    counted: set[int] = set()
    run: list[int] = []
    for position, line in enumerate(lines):
        if line.mark is None or not _says(line.text):
            continue
        if line.mark == 1:
            run = [position]
        elif run and line.mark == len(run) + 1:
            run.append(position)
            counted.update(run)
    return counted


def _introduces(text: str) -> bool:
    """Whether what stands under a line is what it asks."""
    last = _sentences(text)[-1:]
    plain = GREETING.sub("", last[0]) if last else ""
    lower = plain.lower()
    words = ("вопрос", "question", "узнать", "уточн", "know", "answer", "ответ")
    return bool(STARTS.match(plain)) or any(word in lower for word in words)


def _sentences_that_ask(text: str, introduces: bool) -> Iterator[str]:
    for sentence in _sentences(text):
        plain = GREETING.sub("", sentence).strip()
        if not _says(plain) or NO_QUESTION.match(plain):
            continue
        if introduces and INTRODUCES.search(plain):
            continue
        if ASKS.search(plain) or STARTS.match(plain):
            yield _tidy(plain)


def _sentences(text: str) -> list[str]:
    """Cut after what ends a sentence; not inside of links, nor after a short form."""
    found, start = [], 0
    for end in END.finditer(text):
        piece = text[start : end.end()].strip()
        if SHORTENED.search(piece) or piece.rstrip(".)").isdigit():
            continue
        found.append(piece)
        start = end.end()
    if rest := text[start:].strip():
        # A smile, or a bracket, belongs to what it stands behind.
        if found and not _says(rest):
            found[-1] = f"{found[-1]} {rest}"
        else:
            found.append(rest)
    return found


def _says(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= FEWEST_LETTERS


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" *_;,")


def _shorten(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST - 1].rsplit(" ", 1)[0][: LONGEST - 1] + "…"
