# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is written for people stays true of what is there.

- every relative link and picture of a page (Markdown, or an addon's `index.html`) leads
  to a file that git has, and to a heading that it has;
- `docs/en` and `docs/ru` have the same pages, with the same headings and pictures;
- what stands in bold there is a label of the screen, as the screen writes it: in
  English a text of the addons, in Russian a translation of theirs. A path is `A > B`.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

import polib
from repository import Repository, main

LANGUAGES = ("en", "ru")
# Labels of Odoo, which are in no catalogue of ours, and of OCA's helpdesk. What the
# host has no Russian for is shown in English.
HOSTS = {
    "en": {
        "Alias Domains",
        "Apps",
        "Canned Responses",
        "Configuration",
        "Contacts",
        "Custom Email Servers",
        "Discuss",
        "Email",
        "Employees",
        "Helpdesk",
        "Incoming Mail Servers",
        "Local Server",
        "Log note",
        "My Preferences",
        "Orders",
        "Quotations",
        "Sales",
        "Scheduled Actions",
        "Send",
        "Send Later",
        "Send message",
        "Settings",
        "Teams",
        "Technical",
        "Users",
    },
    "ru": {
        "Домены псевдонимов",
        "Внутренняя заметка",
        "Настройки",
        "Отправить",
        "Отправить позже",
        "Отправить сообщение",
        "Приложения",
        "Продажи",
        "Заказы",
        "Коммерческие предложения",
        "Контакты",
        "Сотрудники",
        "Технический",
        "Запланированные действия",
        "Обсуждения",
        "Готовые ответы",
        "Локальный сервер",
        "Серверы входящей почты",
        "Служба поддержки",
        "Электронная почта",
        "Пользователи",
        "My Preferences",
        "Email",
        "Использовать собственные почтовые серверы",
    },
}
FENCE = re.compile(r"^(```|~~~).*?^\1", re.M | re.S)
CODE = re.compile(r"`[^`\n]*`")
MARKDOWN_LINK = re.compile(r"(!?)\[(?:[^\[\]]|\[[^\]]*\])*\]\(<?([^)\s>]+)>?[^)]*\)")
HTML_LINK = re.compile(r"<(img|a)\b[^>]*?\b(?:src|href)=[\"']([^\"']+)[\"']", re.S)
HEADING = re.compile(r"^(#{1,6}) +(.+?) *#*$", re.M)
BOLD = re.compile(r"\*\*([^*]+)\*\*")
ELSEWHERE = re.compile(r"[a-z][a-z+.-]*:|//")
LITERAL = re.compile(r"\"([^\"\n]{1,90})\"|'([^'\n]{1,90})'|>([^<>{}]{1,90})<")


def find_problems(repository: Repository) -> Iterator[str]:
    pages = Pages(repository)
    for path in pages.all:
        yield from pages.broken_links(path)
    yield from pages.differences()
    for language in LANGUAGES:
        for path in pages.of(language):
            yield from pages.unknown_labels(path, language)


class Pages:
    """The pages of a repository, and what they may name."""

    def __init__(self, repository: Repository):
        self.repository = repository

    @cached_property
    def all(self) -> list[Path]:
        return [
            path
            for path in self.repository.files
            if path.suffix == ".md"
            or path.parts[-3:] == ("static", "description", "index.html")
        ]

    def of(self, language: str) -> list[Path]:
        folder = self.repository.root / "docs" / language
        return [path for path in self.all if path.parent == folder]

    # Links

    def broken_links(self, path: Path) -> Iterator[str]:
        text = _prose(path)
        pattern = HTML_LINK if path.suffix == ".html" else MARKDOWN_LINK
        for _kind, target in pattern.findall(text):
            if not ELSEWHERE.match(target) and (why := self._broken(path, target)):
                yield f"{self.repository.name(path)}: {target} {why}"

    def _broken(self, path: Path, target: str) -> str:
        name, _hash, anchor = unquote(target).partition("#")
        aim = (path.parent / name).resolve() if name else path
        if aim not in self._known:
            return "leads nowhere"
        if anchor and aim.suffix == ".md" and anchor not in _anchors(aim):
            return "leads to no heading"
        return ""

    @cached_property
    def _known(self) -> set[Path]:
        """Files, and the folders that hold one."""
        files = {path.resolve() for path in self.repository.files}
        return files | {parent for path in files for parent in path.parents}

    # Languages

    def differences(self) -> Iterator[str]:
        names = {lang: {p.name: p for p in self.of(lang)} for lang in LANGUAGES}
        english, russian = (names[lang] for lang in LANGUAGES)
        for name in sorted(english.keys() ^ russian.keys()):
            yield f"docs: {name} is there in one language only"
        for name in sorted(english.keys() & russian.keys()):
            for what, count in (("headings", _levels), ("pictures", _pictures)):
                if count(english[name]) != count(russian[name]):
                    yield f"docs: {name} has other {what} in Russian than in English"

    # Labels

    def unknown_labels(self, path: Path, language: str) -> Iterator[str]:
        for bold in BOLD.findall(_prose(path)):
            for label in " ".join(bold.split()).split(" > "):
                if label not in self._labels[language]:
                    where = self.repository.name(path)
                    yield f"{where}: no screen has the label {label!r}"

    @cached_property
    def _labels(self) -> dict[str, set[str]]:
        """What the screens of our addons say, by language."""
        english, russian = set(HOSTS["en"]), set(HOSTS["ru"])
        for path in self.repository.files:
            if path.name == "ru.po":
                for entry in polib.pofile(str(path)):
                    english.add(_flat(entry.msgid))
                    russian.add(_flat(entry.msgstr))
            elif path.suffix in (".py", ".xml", ".js") and self._is_source(path):
                for found in LITERAL.findall(path.read_text(encoding="utf-8")):
                    english.add(_flat("".join(found)))
        return {"en": english - {""}, "ru": russian - {""}}

    def _is_source(self, path: Path) -> bool:
        addon, *rest = path.relative_to(self.repository.root).parts
        return addon in self.repository.manifests and "tests" not in rest


def _prose(path: Path) -> str:
    """The page without its examples of code."""
    text = path.read_text(encoding="utf-8")
    return text if path.suffix == ".html" else CODE.sub("", FENCE.sub("", text))


def _headings(path: Path) -> list[tuple[str, str]]:
    return HEADING.findall(FENCE.sub("", path.read_text(encoding="utf-8")))


def _levels(path: Path) -> list[int]:
    return [len(marks) for marks, _title in _headings(path)]


def _pictures(path: Path) -> int:
    return sum(bool(mark) for mark, _target in MARKDOWN_LINK.findall(_prose(path)))


def _anchors(path: Path) -> set[str]:
    """The names by which a heading is linked to, as code hosts make them."""
    titles = (re.sub(r"[^\w\- ]", "", title.lower()) for _, title in _headings(path))
    return {title.replace(" ", "-") for title in titles}


def _flat(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    main(find_problems)
