# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What employees of ours wrote earlier, that some of the letters answer."""

OFFER_ID = "<offer-4417.20261109@audiomania.example>"
REPAIR_ID = "<repair-209.20261113@audiomania.example>"
LOST_ID = "<invoice-88.20261116@audiomania.example>"
HALL_ID = "<hall-515.20261110@audiomania.example>"
PADS_ID = "<pads-31.20261111@audiomania.example>"
COLOGNE_ID = "<cologne-72.20261112@audiomania.example>"
HUM_ID = "<hum-640.20261112@audiomania.example>"
CABLE_ID = "<cable-3.20261113@audiomania.example>"
ORDER_ID = "<order-confirmed.20261113@audiomania.example>"

OFFER_NUMBER = "HT90417"
HALL_NUMBER = "HT90515"
PADS_NUMBER = "HT90531"

OURS = (
    {
        "message_id": OFFER_ID,
        "number": OFFER_NUMBER,
        "employee": "vera",
        "team": "hifi",
        "customer": "Иван Соколов <i.sokolov@posta.example>",
        "subject": "Усилитель для Altair F80",
        "question": "Подберите усилитель к колонкам Altair F80, комната 30 метров.",
        "answer": "Советую Nordvik A120: запаса хватит, в зале есть пара на пробу.",
    },
    {
        "message_id": REPAIR_ID,
        "employee": "pavel",
        "team": "vinyl",
        "customer": "James Whitfield <j.whitfield@letterbox.example>",
        "subject": "Belt for the Kvarta T5",
        "question": "Where do I get a new belt for the Kvarta T5?",
        "answer": "We keep it in stock, I have put one aside for you.",
    },
    {
        "message_id": LOST_ID,
        "employee": "igor",
        "team": "cinema",
        "customer": "Артём Жуков <a.zhukov@staryy-yashchik.example>",
        "subject": "Счёт на кронштейн",
        "question": "Выставьте, пожалуйста, счёт на кронштейн для проектора.",
        "answer": "Счёт во вложении, срок оплаты пять дней.",
    },
    {
        "message_id": HALL_ID,
        "number": HALL_NUMBER,
        "employee": "elena",
        "team": "cinema",
        "customer": "Aleksei Orlov <a.orlov@gorizont-studio.example>",
        "subject": "Projector for the small hall",
        "question": "Which projector do you suggest for the small hall?",
        "answer": "The Lumen P80, it is quiet and bright enough. Shall I book it?",
    },
    {
        "message_id": PADS_ID,
        "number": PADS_NUMBER,
        "employee": "nina",
        "team": "headphones",
        "customer": "Ольга Морозова <o.morozova@posta.example>",
        "subject": "Амбушюры к Orfeo H9",
        "question": "Когда придут амбушюры к Orfeo H9?",
        "answer": "Придут в четверг, отложу вам пару.",
    },
    {
        "message_id": COLOGNE_ID,
        "employee": "maxim",
        "team": "headphones",
        "customer": "Sabine Krüger <sabine.krueger@briefkasten.example>",
        "subject": "Parcel to Cologne",
        "question": "How long does a parcel to Cologne take?",
        "answer": "Six to eight days, I will send you its number.",
    },
    {
        "message_id": HUM_ID,
        "employee": "dmitry",
        "team": "cinema",
        "customer": "Виктор Панин <v.panin@posta.example>",
        "subject": "Сабвуфер и сеть",
        "question": "Сабвуфер гудит от сети, что посоветуете?",
        "answer": "Попробуйте включить его в одну розетку с ресивером.",
    },
    {
        "message_id": CABLE_ID,
        "employee": "boris",
        "team": "hifi",
        "customer": "Андрей Котов <a.kotov@novosti-pochta.example>",
        "subject": "Кабель для колонок",
        "question": "Какое сечение кабеля нужно на восемь метров?",
        "answer": "Хватит четырёх квадратов, могу отрезать сегодня.",
    },
    {
        "message_id": ORDER_ID,
        "document": "sale.order",
        "employee": "anna",
        "team": "hifi",
        "customer": "Марина Волкова <m.volkova@posta.example>",
        "subject": "Ваш заказ подтверждён",
        "answer": "Ваш заказ подтверждён, курьер позвонит накануне доставки.",
    },
)
