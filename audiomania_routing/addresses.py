# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What an address alone says: whether it can be answered, whose its domain is."""

import re

NO_REPLY = re.compile(
    r"(?:^|[-_.+\d])"
    r"(?:(?:no|not|non|do[-_.]?not|dont)[-_.]?(?:reply|respond|answer)"
    r"|(?:no|non|sin|sans)[-_.]?(?:respuesta|reponse)"
    r"|ne[-_.]?otvech\w*)"
    r"(?:$|[-_.+\d])",
    re.IGNORECASE,
)
"""The names of mailboxes that nobody reads, as companies write them."""

PROVIDERS = """
126.com 139.com 163.com aol.com autorambler.ru bigmir.net bk.ru bluewin.ch
btinternet.com centrum.cz comcast.net duck.com e1.ru email.com email.cz fastmail.com
fastmail.fm foxmail.com free.fr freemail.hu fromru.com gmail.com gmx.at gmx.ch gmx.com
gmx.de gmx.net googlemail.com hey.com hotbox.ru hotmail.be hotmail.co.uk hotmail.com
hotmail.de hotmail.es hotmail.fr hotmail.it hushmail.com i.ua icloud.com inbox.lt
inbox.lv inbox.ru interia.pl internet.ru keemail.me km.ru laposte.net lenta.ru
libero.it list.ru live.co.uk live.com live.de live.fr live.nl live.ru mac.com mail.bg
mail.by mail.com mail.de mail.ee mail.kz mail.ru mail.ua mail2000.ru mailfence.com
me.com meta.ua msn.com myrambler.ru naver.com o2.pl ok.ru onet.pl op.pl orange.fr
outlook.com outlook.de outlook.es outlook.fr pm.me pochta.ru post.cz proton.me
protonmail.ch protonmail.com qip.ru qq.com r0.ru rambler.ru rediffmail.com ro.ru
rocketmail.com runbox.com seznam.cz sfr.fr sibmail.com sina.com skynet.be smtp.ru
t-online.de tele2.ru tut.by tuta.com tuta.io tutamail.com tutanota.com tutanota.de
ua.fm ukr.net virgilio.it vivaldi.net vk.com walla.co.il web.de wp.pl xmail.ru
xtra.co.nz ya.ru yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.br
yahoo.de yahoo.es yahoo.fr yahoo.it yandex.by yandex.com yandex.eu yandex.kz
yandex.net yandex.ru yandex.ua ymail.com zoho.com zohomail.com zohomail.eu
"""
PUBLIC_PROVIDERS = frozenset(PROVIDERS.split())
"""Domains whose addresses belong to whoever asked for one: no two people who have one
are known to be of the same company."""


def can_be_answered(email: str) -> bool:
    """Whether somebody may read what is sent there, as far as its name tells.

    >>> can_be_answered("hifi@shop.example"), can_be_answered("reply@shop.example")
    (True, True)
    >>> can_be_answered("noreply@shop.example"), can_be_answered("")
    (False, False)
    >>> can_be_answered("shop.do-not-reply2@shop.example")
    False
    """
    local, at, domain = email.rpartition("@")
    return bool(at and local and domain) and not NO_REPLY.search(local)


def get_domain(email: str) -> str:
    """The domain of an address, in small letters.

    >>> get_domain("I@Shop.Example"), get_domain("nobody")
    ('shop.example', '')
    """
    return email.rpartition("@")[2].lower() if "@" in email else ""


def get_company_domain(email: str) -> str:
    """The domain of an address, unless anybody may have an address in it.

    >>> get_company_domain("i@firm.example"), get_company_domain("i@Mail.ru")
    ('firm.example', '')
    """
    domain = get_domain(email)
    return "" if domain in PUBLIC_PROVIDERS else domain


def strip_tag(email: str) -> str:
    """An address without the part after the plus.

    >>> strip_tag("hifi+c42-x7k3@shop.example"), strip_tag("hifi@shop.example")
    ('hifi@shop.example', 'hifi@shop.example')
    """
    local, at, domain = email.rpartition("@")
    return f"{local.partition('+')[0] or local}{at}{domain}"


def add_tag(email: str, tag: str) -> str:
    """An address with a part after a plus, in place of one that it has.

    >>> add_tag("hifi@shop.example", "c42-x7k3")
    'hifi+c42-x7k3@shop.example'
    """
    local, at, domain = strip_tag(email).rpartition("@")
    return f"{local}+{tag}{at}{domain}"
