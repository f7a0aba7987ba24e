# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The working day that the demo shows: a conversation in every state of the ladder."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """What somebody did, so many minutes ago."""

    ago: int
    login: str | None
    action: str
    text: str = ""


@dataclass(frozen=True)
class Story:
    """A letter, so many minutes ago, and what came of it."""

    state: str
    sender: str
    to: str
    ago: int
    subject: str
    text: str
    steps: tuple[Step, ...] = ()


STORIES = (
    Story(
        "reserved for Anna, whom it names",
        "m.volkova@posta.example",
        "anna",
        20,
        "Saturday with my husband",
        "Dear Anna,\n\nwe would like to hear the Altair F50 once more, with our own"
        " records. Are you there on Saturday morning?\n\nMarina Volkova",
    ),
    Story(
        "names nobody: reserved for Pavel, who handled most of his orders",
        "j.whitfield@letterbox.example",
        "vinyl",
        35,
        "Moving coil for the T5",
        "Hello,\n\nwould the Sonograf C40 work with my Kvarta T5, and do I need"
        " another phono stage for it?\n\nJames",
    ),
    Story(
        "addressed to nobody: asked is who stands out, else the team sees it",
        "i.sokolov@posta.example",
        "hifi",
        15,
        "Кабель к Altair F80",
        "Добрый день! Какой акустический кабель взять к F80, если до усилителя пять"
        " метров?\n\nИван Соколов",
    ),
    Story(
        "the window of Boris is just over: the team sees it",
        "p.hallam@letterbox.example",
        "boris",
        140,
        "A60 or A120 after all?",
        "Boris,\n\nI have measured: the room is 27 square metres, not 22. Does that"
        " change your advice?\n\nPeter Hallam",
    ),
    Story(
        "to one who left: his customer's team sees it, little time is left to answer",
        "studio@northlight.example",
        "fedor",
        103,
        "Two A120 for the control room",
        "Dear Fedor,\n\ncan you send us a price for two Nordvik A120, and are they on"
        " stock?\n\nNorthlight Recording",
    ),
    Story(
        "Larisa is on leave: the team sees it at once",
        "s.yudina@posta.example",
        "larisa",
        40,
        "Наушники для школы",
        "Лариса, здравствуйте! Можно ли поменять две пары H7 на белые?"
        "\n\nСветлана Юдина",
    ),
    Story(
        "nobody of the team answered: the department sees it",
        "i.lapin@sevzvezda.example",
        "igor",
        350,
        "Пульты к саундбарам",
        "Добрый день! В трёх номерах пропали пульты от саундбаров. Продаёте ли вы их"
        " отдельно?\n\nИгорь Лапин",
    ),
    Story(
        "a stranger, an unknown audience: the department at once",
        "Валерий Сычёв <v.sychov@novosti-pochta.example>",
        "info",
        65,
        "Вы скупаете старую технику?",
        "Остался от отца большой катушечный магнитофон. Вы такое берёте?\n\nВалерий",
    ),
    Story(
        "taken by Igor, not answered yet",
        "v.panin@posta.example",
        "igor",
        75,
        "Настройка сабвуфера",
        "Здравствуйте! На какой частоте резать сабвуфер с Altair Cinema 5?"
        "\n\nВиктор Панин",
        (Step(50, "igor", "takes"),),
    ),
    Story(
        "taken by Nina long ago, not answered: late",
        "o.morozova@posta.example",
        "nina",
        230,
        "Счёт за Kvarta D2",
        "Нина, добрый день! Не пришёл счёт за ЦАП, посмотрите, пожалуйста."
        "\n\nОльга Морозова",
        (Step(200, "nina", "takes"),),
    ),
    Story(
        "answered: worked out, it waits for the customer",
        "d.krylov@yashchik.example",
        "kirill",
        180,
        "Переходник на 6,3 мм",
        "Есть ли в комплекте H9 переходник на большой разъём?\n\nДенис",
        (
            Step(150, "kirill", "takes"),
            Step(140, "kirill", "replies", "Да, переходник лежит в коробке."),
        ),
    ),
    Story(
        "answered, and the customer asks again: it is his who answered",
        "emma@lindqvist.example",
        "rita",
        260,
        "Shipping of records",
        "How do you pack records for abroad? Some of mine came bent.\n\nEmma Lindqvist",
        (
            Step(240, "rita", "takes"),
            Step(225, "rita", "replies", "In double cardboard, five at most in a box."),
            Step(25, None, "writes", "And how long does it take to Stockholm?\n\nEmma"),
        ),
    ),
    Story(
        "promised for tomorrow: it rests, and comes back in time",
        "snab@filarmonia-kluch.example",
        "anna",
        250,
        "Усилители для репетиционной",
        "Анна, добрый день! Сколько будут стоить ещё два усилителя, как в прошлый раз?"
        "\n\nФилармония «Ключ»",
        (
            Step(240, "anna", "takes"),
            Step(230, "anna", "promises", "Добрый день! Узнаю цену и напишу завтра."),
        ),
    ),
    Story(
        "answered late, and rated badly: Anna has to call him",
        "oskar.lind@letterbox.example",
        "boris",
        340,
        "Hum in the left channel",
        "Boris,\n\nsince Sunday the A60 hums on the left. What can I do?\n\nOskar",
        (
            Step(330, "boris", "takes"),
            Step(130, "boris", "replies", "Please bring it to our workshop."),
            Step(45, None, "rates it badly", "Three hours for one sentence."),
        ),
    ),
    Story(
        "a thank-you letter: no action required",
        "laura.fenn@letterbox.example",
        "olga",
        310,
        "Arm lift of the T9",
        "The arm lift comes down too fast. Can I adjust it myself?\n\nLaura Fenn",
        (
            Step(290, "olga", "takes"),
            Step(270, "olga", "replies", "Yes: a drop of the damping oil is enough."),
            Step(120, None, "writes", "It works, thank you so much!\n\nLaura"),
            Step(100, "olga", "sees nothing to do"),
        ),
    ),
    Story(
        "answered and closed",
        "george.pike@letterbox.example",
        "nina",
        330,
        "Opening hours in December",
        "Is the showroom open on 31 December?\n\nGeorge Pike",
        (
            Step(320, "nina", "takes"),
            Step(315, "nina", "replies", "Until four in the afternoon, welcome."),
            Step(90, "nina", "closes"),
        ),
    ),
)
