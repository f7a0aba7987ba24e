# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rule 20: who answers by himself, who asks, who writes to many."""

import pytest
from bounces import EXIM, QMAIL, RETURNED, WORDS, bounce, fields
from hypothesis import given
from hypothesis import strategies as st
from letter.kinds import classify
from letter.verdict import Kind
from writing import OURS, multipart, parse, write

VACATION = (
    "I am out of the office until Monday. In urgent cases contact pavel@home.example."
)


def verdict(raw):
    old, new = (classify(message) for message in parse(raw))
    assert old == new
    return old


def kind(text="Hello", **headers):
    return verdict(write(text, **headers)).kind


# --- who answers by himself ------------------------------------------------------

BY_ITSELF = [
    {"Auto_Submitted": "auto-replied"},
    {"Auto_Submitted": "Auto-Replied (vacation)"},
    {"X_Autoreply": "yes"},
    {"X_Autorespond": "Offer"},
    {"X_AutoReply_From": "anna@home.example"},
    {"X_Mail_Autoreply": "yes"},
    {"X_POST_MessageClass": "9; Autoresponder"},
    {"Precedence": "auto_reply"},
    {"X_MS_Exchange_Inbox_Rules_Loop": "anna@home.example"},
    {"Subject": "Автоответ: Усилитель"},
    {"Subject": "Автоматический ответ: Усилитель"},
    {"Subject": "=?utf-8?b?0JDQstGC0L7QvtGC0LLQtdGC?=: Offer"},
    {"Subject": "Out of Office: Amplifier"},
    {"Subject": "Automatic reply: Amplifier"},
    {"Subject": "Autosvar: Amplifier"},
    {"Subject": "Abwesenheitsnotiz: Amplifier"},
    {"Subject": "Auto: Amplifier", "In_Reply_To": OURS},
    {"Return_Path": "<>", "In_Reply_To": OURS},
]


@pytest.mark.parametrize("headers", BY_ITSELF, ids=str)
def test_a_program_that_answers_is_known_by_a_header(headers):
    found = verdict(write("I read mail on Monday.", **headers))
    assert found.kind == Kind.AUTO_REPLY
    name = next(iter(headers)).replace("_", "-")
    assert found.evidence.startswith(name)


ABSENT = [
    "Здравствуйте!\nЯ нахожусь в отпуске до 15 августа. По срочным вопросам "
    "обращайтесь к Павлу: pavel@home.example",
    "Добрый день! Буду отсутствовать на рабочем месте до понедельника, отвечу после "
    "возвращения.",
    "Спасибо за письмо. Меня не будет в офисе до 10 мая, меня замещает Мария.",
    VACATION,
    "Thank you for your message. I'm on annual leave and will reply when I am back.",
    "This is an automated response. We have received your message.",
    "Это автоматический ответ. Ваше письмо получено.",
    "Ваше обращение №123 зарегистрировано. Не отвечайте на это письмо.",
]


@pytest.mark.parametrize("text", ABSENT)
def test_a_vacation_letter_that_answers_is_known_by_its_words(text):
    found = verdict(write(text, Subject="Re: Offer", In_Reply_To=OURS))
    assert found.kind == Kind.AUTO_REPLY
    assert found.evidence.startswith("Text: ")


def test_a_desk_that_acknowledges_is_known_by_a_sign_of_its_program():
    headers = {"Subject": "Re: Offer", "X_Auto_Response_Suppress": "All"}
    assert kind("We have received your message.", **headers) == Kind.AUTO_REPLY


@pytest.mark.parametrize("headers", [{"User_Agent": "Mozilla Thunderbird"}, {}])
def test_who_quotes_or_names_his_program_wrote_it_himself(headers):
    text = "Я в отпуске, вернусь 15-го, тогда и заберу."
    quoted = "" if headers else "\n\nOn Monday Vera <v@x.example> wrote:\n> When?"
    raw = write(text + quoted, Subject="Re: Offer", In_Reply_To=OURS, **headers)
    assert verdict(raw).kind == Kind.PERSONAL


@pytest.mark.parametrize("text", ABSENT)
def test_the_same_words_that_answer_nothing_are_a_persons(text):
    assert kind(text) == Kind.PERSONAL


SUBJECTS = [
    "Я в отпуске",
    "Отпуск",
    "Отпуск до 15.08",
    "Нахожусь в отпуске",
    "On vacation",
]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_who_is_away_in_the_subject_and_in_the_text_answers_by_himself(subject):
    text = "Я в отпуске до 15 августа, отвечу после возвращения."
    assert kind(text, Subject=subject) == Kind.AUTO_REPLY


QUESTIONS = [
    "I will be on vacation until Monday, can you deliver on Tuesday?",
    "I am on vacation until Monday, please deliver on Tuesday, I will be back then.",
    "Я в отпуске до понедельника, привезите, пожалуйста, во вторник, когда вернусь.",
    "Нахожусь в командировке, срочно нужен счёт, обращайтесь на ivan@home.example",
    "Буду в отпуске до 15-го. Можно ли забрать колонки раньше, вернусь поздно",
    "Я в отпуске до 15 августа.",
    "Ваше письмо получено, оплатим завтра.",
    "We have received your message, the bill is paid.",
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_customer_who_speaks_of_his_vacation_is_a_person(text):
    assert kind(text, Subject="Re: Offer", In_Reply_To=OURS) == Kind.PERSONAL


NOT_AUTOMATIC = [
    {"X_Auto_Response_Suppress": "DR, OOF, AutoReply"},
    {"X_Auto_Response_Suppress": "All"},
    {"Auto_Submitted": "no"},
    {"X_Autoreply": "no"},
    {"X_MS_Exchange_Inbox_Rules_Loop": "vera@shop.example"},
    {"Subject": "Auto: subwoofer for my car"},
    {"Subject": "Отпуск товара со склада"},
    {"Subject": "Re: Automatic reply: Amplifier", "In_Reply_To": OURS},
    {"Subject": "Я в отпуске, когда можно забрать?"},
    {"X_Spam_Level": "****"},
    {"X_Spam_Status": "No, score=1.2"},
    {"X_Yandex_Spam": "1"},
    {"Subject": "Re: [SPAM] your offer", "In_Reply_To": OURS},
]


@pytest.mark.parametrize("headers", NOT_AUTOMATIC, ids=str)
def test_what_persons_letters_carry_too_decides_nothing(headers):
    found = verdict(write("How much is it?", **headers))
    assert (found.kind, found.evidence) == (Kind.PERSONAL, "")


def test_an_answer_with_a_lost_envelope_sender_is_a_persons_when_it_asks():
    headers = {"Return_Path": "<>", "In_Reply_To": OURS}
    assert kind("And the price?", **headers) != Kind.AUTO_REPLY


def test_quoted_words_are_not_the_senders():
    text = f"Thanks, I take it.\n\nOn Monday Vera <v@shop.example> wrote:\n> {VACATION}"
    assert kind(text, Subject="Re: Offer", In_Reply_To=OURS) == Kind.PERSONAL


# --- who asks --------------------------------------------------------------------

GENERATED = [
    {"Auto_Submitted": "auto-generated"},
    {"Auto_Submitted": "auto-notified"},
    {"Auto_Submitted": "auto-generated", "X_Auto_Response_Suppress": "All"},
    {"Auto_Submitted": "auto-generated", "List_Unsubscribe": "<https://m.example/u>"},
    {"sender": "Market <no-reply@market.example>"},
    {"sender": "wordpress@site.example"},
    {"X_PHP_Originating_Script": "33:mail.php"},
]


@pytest.mark.parametrize("headers", GENERATED, ids=str)
def test_a_shop_form_or_a_marketplace_asks(headers):
    found = verdict(write("A customer asks: is it in stock?", **headers))
    assert found.kind == Kind.GENERATED
    assert found.evidence


# --- who writes to many ----------------------------------------------------------

BULK = [
    {"Precedence": "bulk"},
    {"Precedence": "list", "List_Id": "<news.example>"},
    {"List_Id": "News <news.maker.example>", "List_Unsubscribe": "<https://m.example>"},
    {"List_Unsubscribe": "<https://m.example>", "Feedback_ID": "1:mailer"},
    {
        "Auto_Submitted": "auto-generated",
        "Precedence": "bulk",
        "List_Unsubscribe": "<https://m.example>",
    },
]


@pytest.mark.parametrize("headers", BULK, ids=str)
def test_a_mailing_is_known_by_its_headers(headers):
    found = verdict(write("News! To unsubscribe click here.", **headers))
    assert found.kind == Kind.BULK


PERSONS_WITH_SIGNS = [
    {"In_Reply_To": OURS, "List_Unsubscribe": "<https://provider.example/u>"},
    {"In_Reply_To": OURS, "Precedence": "bulk"},
    {"User_Agent": "Mozilla Thunderbird", "List_Unsubscribe": "<https://p.example>"},
    {"Message_ID": "<CAF+x@mail.gmail.com>", "Precedence": "list"},
    {"List_Unsubscribe": "<https://provider.example/u>"},
    {"Feedback_ID": "1.eu:AmazonSES"},
    {
        "Precedence": "list",
        "List_Id": "<sales.shop.example>",
        "List_Post": "<mailto:sales@shop.example>",
        "List_Unsubscribe": "<mailto:sales+unsubscribe@shop.example>",
        "Delivered_To": "vera@shop.example",
    },
]


@pytest.mark.parametrize("headers", PERSONS_WITH_SIGNS, ids=str)
def test_a_person_whose_letter_carries_signs_of_a_mailing_is_a_person(headers):
    assert kind("How much is the amplifier?", **headers) == Kind.PERSONAL


def test_a_letter_of_a_discussion_list_is_a_mailing():
    headers = {
        "In_Reply_To": "<x@dev.example>",
        "List_Id": "<dev.lists.example>",
        "List_Post": "<mailto:dev@lists.example>",
        "User_Agent": "Thunderbird",
        "Delivered_To": "igor@shop.example",
    }
    assert kind("I do not agree.", **headers) == Kind.BULK


def test_what_providers_report_of_a_domain_each_day_is_a_mailing():
    subject = "Report Domain: shop.example Submitter: mail.example Report-ID: <1>"
    assert kind("", Subject=subject, Precedence="bulk") == Kind.BULK
    assert kind("", Subject=subject) == Kind.BULK


SPAM = [
    {"X_Spam_Flag": "YES"},
    {"X_Spam_Status": "Yes, score=9.1 required=5.0"},
    {"X_Spam": "yes"},
    {"X_Yandex_Spam": "4"},
    {"X_Rspamd_Action": "add header"},
    {"X_MS_Exchange_Organization_SCL": "6"},
    {"X_Bogosity": "Spam, tests=bogofilter"},
    {"Subject": "[SPAM] Cheap watches"},
    {"Subject": "***SPAM*** Cheap watches"},
    {"Subject": "[СПАМ] Дешёвые часы"},
]


@pytest.mark.parametrize("headers", SPAM, ids=str)
def test_what_a_filter_called_spam_is_spam(headers):
    assert kind("Buy!", **headers) == Kind.SPAM


# --- reports, invitations, filters -----------------------------------------------


def test_a_report_is_a_report_whatever_else_its_headers_say():
    raw = bounce(WORDS, fields(), RETURNED, X_Spam_Flag="YES", Precedence="bulk")
    found = verdict(raw)
    assert found.kind == Kind.DELIVERY_FAILURE
    assert found.report.original_ids == (OURS,)
    assert "delivery-status" in found.evidence


def calendar(method, answer, text=""):
    event = f"METHOD:{method}\nATTENDEE;PARTSTAT={answer}:mailto:a@b.example"
    event = f"BEGIN:VCALENDAR\n{event}\nEND:VCALENDAR"
    part = f"Content-Type: text/calendar; method={method}\n\n{event}"
    words = f"Content-Type: text/plain\n\n{text}"
    return verdict(multipart(words, part, kind="alternative")).kind


def test_who_accepts_an_invitation_with_a_click_asks_nothing():
    assert calendar("REPLY", "ACCEPTED") == Kind.AUTO_REPLY


def test_who_declines_it_or_asks_or_invites_is_a_person():
    assert calendar("REPLY", "DECLINED") == Kind.PERSONAL
    assert calendar("REPLY", "ACCEPTED", "Can I bring my own disc?") == Kind.PERSONAL
    assert calendar("REQUEST", "NEEDS-ACTION") == Kind.PERSONAL


def test_a_filter_that_wants_a_confirmation_is_a_challenge():
    text = "Please confirm that you are a human: https://filter.example/x"
    headers = {
        "Auto_Submitted": "auto-generated",
        "Subject": "Please verify you are human",
    }
    assert kind(text, **headers) == Kind.CHALLENGE


# --- whatever comes --------------------------------------------------------------

LETTERS = [
    bounce(WORDS, fields(Status="5.1.1"), RETURNED),
    write(QMAIL, "MAILER-DAEMON@x.example", Subject="failure notice"),
    write(EXIM, "MAILER-DAEMON@x.example", Return_Path="<>"),
    write(VACATION, In_Reply_To=OURS, Subject="Re: Offer"),
    multipart(WORDS, "Content-Type: text/html\n\n<p>Hello<br>", RETURNED),
]
NOISE = st.sampled_from(
    [b"\xff\xfe", b"\x00", b"=?x?b?!!?=", b"\n", b"<", b'"', b"--=_b\n", b"\r\n\r\n"]
    + [
        b"Content-Type: multipart/report; report-type\n",
        b"charset=no-such",
        b"%@",
        b">",
    ]
)


@given(
    st.sampled_from(LETTERS), st.lists(st.tuples(st.floats(0, 1), NOISE), max_size=6)
)
def test_no_letter_is_too_broken_to_be_read(raw, noise):
    for place, piece in noise:
        at = int(place * len(raw))
        raw = raw[:at] + piece + raw[at:]
    assert all(isinstance(classify(each).kind, Kind) for each in parse(raw))


@given(st.sampled_from(LETTERS), st.floats(0, 1), st.floats(0, 1))
def test_no_letter_is_too_short_to_be_read(raw, start, end):
    piece = raw[int(start * len(raw)) : int(end * len(raw))]
    assert all(isinstance(classify(each).kind, Kind) for each in parse(piece))


@given(st.binary(max_size=400))
def test_no_bytes_are_too_strange_to_be_read(raw):
    assert all(isinstance(classify(each).kind, Kind) for each in parse(raw))
