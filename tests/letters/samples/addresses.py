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
    Letter(
        name="near-miss-transposed",
        kind="to an employee, two letters transposed (elnea for elena)",
        sender="Helen Marsh <helen@marsh-family.example>",
        to="elnea@audiomania.example",
        subject="Screen paint",
        when="2026-11-26 10:00",
        body=text("\nElena, which paint did you mean?\n"),
        expect=Expect(readable=("which paint did you mean?",), rule=1),
    ),
    Letter(
        name="near-miss-doubled",
        kind="to an employee, a letter doubled (borris for boris)",
        sender="Oskar Lind <oskar.lind@letterbox.example>",
        to="borris@audiomania.example",
        subject="Invoice of the A60",
        when="2026-11-26 10:03",
        body=text("\nBoris, the invoice has the wrong name.\n"),
        expect=Expect(readable=("the invoice has the wrong name",)),
    ),
    Letter(
        name="near-miss-missing",
        kind="to a team, a letter missing (viny for vinyl)",
        sender="Михаил Рудаков <m.rudakov@yashchik.example>",
        to="viny@audiomania.example",
        subject="Коврик",
        when="2026-11-26 10:06",
        body=text("\nСколько стоит коврик для проигрывателя?\n"),
        expect=Expect(readable=("Сколько стоит коврик",)),
    ),
    Letter(
        name="plus-part",
        kind="to an employee's address with a plus part",
        sender="Alla <a.astakhova@posta.example>",
        to="vera+catalogue@audiomania.example",
        subject="Каталог",
        when="2026-11-26 10:09",
        body=text("\nВера, пришлите каталог на почту, пожалуйста.\n"),
        expect=Expect(readable=("пришлите каталог на почту",)),
    ),
    Letter(
        name="other-domain",
        kind="to the other domain of the company",
        sender="Вероника Маслова <v.maslova@yashchik.example>",
        to="hifi@audiomania-shop.example",
        subject="Старый адрес на чеке",
        when="2026-11-26 10:12",
        body=text("\nНа чеке этот адрес. Можно ли обменять наушники без упаковки?\n"),
        expect=Expect(readable=("обменять наушники без упаковки?",)),
    ),
    Letter(
        name="two-teams",
        kind="to two teams: one conversation",
        sender="Ирина Климова <i.klimova@yashchik.example>",
        to="vinyl@audiomania.example,cinema@audiomania.example",
        subject="Винил и кино вместе",
        when="2026-11-26 10:15",
        body=text("\nМожно ли подключить проигрыватель к ресиверу кинотеатра?\n"),
        expect=Expect(readable=("подключить проигрыватель к ресиверу",)),
    ),
    Letter(
        name="team-and-employee",
        kind="to a team and to an employee of another team",
        sender="Алла Астахова <a.astakhova@posta.example>",
        to="Наушники <headphones@audiomania.example>,vera@audiomania.example",
        subject="Наушники к усилителю",
        when="2026-11-26 10:18",
        body=text("\nВера, и коллеги: какие наушники подойдут к моему A60?\n"),
        expect=Expect(
            readable=("какие наушники подойдут к моему A60?",),
            names=("vera@audiomania.example",),
        ),
    ),
    Letter(
        name="employee-outside-of-sales",
        kind="a customer writes to a buyer, who serves nobody",
        sender="Peter Hallam <p.hallam@letterbox.example>",
        to="Yury Kostin <yury@audiomania.example>",
        subject="Still no amplifier",
        when="2026-11-26 10:21",
        body=text("\nThey say you order the amplifiers. When does mine come?\n"),
        expect=Expect(
            readable=("When does mine come?",), names=("yury@audiomania.example",)
        ),
    ),
    Letter(
        name="catchall",
        kind="to the catchall address",
        sender="Marta Nowak <marta.nowak@letterbox.example>",
        to="catchall@audiomania.example",
        subject="Your Reply-To",
        when="2026-11-26 10:24",
        body=text("\nI replied, and this address came up. Is the lamp in stock?\n"),
        expect=Expect(readable=("Is the lamp in stock?",)),
    ),
    Letter(
        name="head-of-sales",
        kind="a complaint to the head of sales",
        sender="Леонид Маслов <l.maslov@yashchik.example>",
        to="Татьяна Громова <tatiana@audiomania.example>",
        subject="Жалоба",
        when="2026-11-26 10:27",
        body=text("\nТретью неделю жду ответа о монтаже. Кто отвечает?\n"),
        expect=Expect(
            readable=("Третью неделю жду ответа",),
            names=("tatiana@audiomania.example",),
        ),
    ),
    Letter(
        name="vendor-to-employee",
        kind="a vendor's letter to a buyer",
        sender="Nordvik Audio Distribution <orders@nordvik.example>",
        to="ulyana@audiomania.example",
        subject="Подтверждение отгрузки 12 декабря",
        when="2026-11-26 10:30",
        body=text("\nПодтвердите, пожалуйста, отгрузку шести A60 на 12 декабря.\n"),
        expect=Expect(
            readable=("отгрузку шести A60",), names=("ulyana@audiomania.example",)
        ),
    ),
    Letter(
        name="vendor-to-team",
        kind="a vendor's letter to a team",
        sender="Altair Acoustics Works <zakaz@altair.example>",
        to="hifi@audiomania.example",
        subject="Новый прайс-лист",
        when="2026-11-26 10:33",
        body=text("\nС первого декабря цены меняются. Когда пришлёте заказ?\n"),
        expect=Expect(readable=("С первого декабря цены меняются",)),
    ),
    Letter(
        name="vendor-person",
        kind="somebody else of a vendor, whose domain is known",
        sender="Renat <renat@lumen.example>",
        to="yury@audiomania.example",
        subject="P80: two weeks later",
        when="2026-11-26 10:36",
        body=text("\nThe P80 comes two weeks later. Do you keep the order?\n"),
        expect=Expect(
            readable=("The P80 comes two weeks later",),
            names=("yury@audiomania.example",),
        ),
    ),
    Letter(
        name="public-mailing-list-in-copy",
        kind="answers go to a public mailing list, too",
        sender="Bruno <bruno@vinyl-fans.example>",
        to="vinyl@audiomania.example",
        cc="forum@lists.vinyl-fans.example,moderator@vinyl-fans.example",
        subject="Question of our forum",
        when="2026-11-26 10:39",
        body=text("\nThe whole forum reads your answer: do belts age in the box?\n"),
        expect=Expect(readable=("do belts age in the box?",), public=True, rule=15),
    ),
)
