# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whom the letters are sent to: people, former people, several, nobody, outsiders."""

from wire import Expect, Letter, text

LETTERS = (
    Letter(
        name="to-employee",
        kind="to an employee by name",
        sender="Marina Volkova <m.volkova@posta.example>",
        to="Anna Belova <anna@audiomania.example>",
        subject="Can you keep the F50 for me?",
        when="2026-11-13 12:10",
        body=text(
            """
Dear Anna,

thank you for yesterday's audition. Could you keep the walnut pair of the
Altair F50 until Saturday? I will come with my husband.

Marina Volkova
"""
        ),
        expect=Expect(
            readable=("keep the walnut pair",),
            names=("anna@audiomania.example",),
            rule=4,
        ),
    ),
    Letter(
        name="to-former-employee",
        kind="to an employee who left",
        sender="Роман Денисов <r.denisov@yashchik.example>",
        to="Фёдор Белкин <fedor@audiomania.example>",
        subject="Фёдор, нужен ещё один сабвуфер",
        when="2026-11-13 15:44",
        body=text(
            """
Фёдор, добрый день!

Два года назад вы собирали мне домашний кинотеатр. Хочу добавить второй сабвуфер,
такой же, как был. Они ещё бывают?

Роман Денисов
"""
        ),
        expect=Expect(
            readable=("Хочу добавить второй сабвуфер",),
            names=("fedor@audiomania.example",),
            rule=7,
        ),
    ),
    Letter(
        name="to-absent-employee",
        kind="to an employee who is on leave",
        sender="Светлана Юдина <s.yudina@posta.example>",
        to="larisa@audiomania.example",
        subject="Лариса, прошу счёт на наушники",
        when="2026-11-16 10:03",
        body=text(
            """
Лариса, здравствуйте!

Мы решили взять шесть пар Orfeo H7 для школы. Пришлите, пожалуйста, счёт.

Светлана Юдина, музыкальная школа № 4
"""
        ),
        expect=Expect(
            readable=("шесть пар Orfeo H7 для школы",),
            names=("larisa@audiomania.example",),
            rule=7,
        ),
    ),
    Letter(
        name="to-two-addresses",
        kind="to the department, an employee in copy",
        sender="Olga Morozova <o.morozova@posta.example>",
        to="sales@audiomania.example",
        cc="Nina Petrova <nina@audiomania.example>",
        subject="Return of a cable",
        when="2026-11-16 13:37",
        body=text(
            """
Hello,

the Silverline S2 turned out to be half a metre too short. May I exchange it for
the two metre one? Nina knows the order.

Olga
"""
        ),
        expect=Expect(
            readable=("half a metre too short",), names=("nina@audiomania.example",)
        ),
    ),
    Letter(
        name="misspelt-address",
        kind="to a misspelt address of our domain",
        sender="Денис Крылов <d.krylov@yashchik.example>",
        to="headfones@audiomania.example",
        subject="Амбушюры",
        when="2026-11-16 18:52",
        body=text(
            """
Привет! Продаёте ли вы отдельно амбушюры к Orfeo H9? Старые протёрлись.

Денис
"""
        ),
        expect=Expect(readable=("отдельно амбушюры к Orfeo H9",)),
    ),
    Letter(
        name="general-mailbox",
        kind="to the general mailbox, nobody named, nothing known",
        sender="Юлия Тихонова <yulia.tikhonova@novosti-pochta.example>",
        to="info@audiomania.example",
        subject="Подарочный сертификат",
        when="2026-11-17 11:11",
        body=text(
            """
Добрый день! Подскажите, продаёте ли вы подарочные сертификаты и на какую сумму?
Нужен к пятнице, в подарок отцу.

Юлия
"""
        ),
        expect=Expect(readable=("подарочные сертификаты",), rule=6),
    ),
    Letter(
        name="company-with-outsiders",
        kind="a company customer with outsiders in copy",
        sender="Aleksei Orlov <a.orlov@gorizont-studio.example>",
        to="Elena Frolova <elena@audiomania.example>",
        cc=(
            "Kirill Gromov <k.gromov@gorizont-studio.example>,"
            "architect@bureau-line.example,tender@zakupki-kontrol.example"
        ),
        subject="Delivery terms for the small hall",
        when="2026-11-17 14:29",
        body=text(
            """
Dear Elena,

our architect and the auditors of the tender are in copy. Please confirm to all
of us that the receiver and the projector arrive before 10 December.

Aleksei Orlov
Studio Gorizont
"""
        ),
        expect=Expect(
            readable=("our architect and the auditors",),
            names=("elena@audiomania.example",),
            public=True,
            rule=15,
        ),
    ),
)
