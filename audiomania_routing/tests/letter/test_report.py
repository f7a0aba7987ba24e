# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What came back, to whom it was, and why: read of every program's report."""

import pytest
from bounces import (
    DAEMON,
    NOTICES,
    PROGRAMS,
    RETURNED,
    RETURNED_HEADERS,
    WORDS,
    bounce,
    fields,
)
from letter.kinds import classify
from letter.report import read
from letter.verdict import Kind
from writing import OURS, multipart, parse, write


def one(raw):
    """The report, which both ways of parsing must agree on."""
    old, new = (read(message) for message in parse(raw))
    assert old == new
    assert old is not None
    return old


def none(raw):
    return [read(message) for message in parse(raw)] == [None, None]


# --- in fields -------------------------------------------------------------------


def test_a_failure_names_recipient_letter_status_and_reason():
    code = "smtp; 550-5.1.1 The address\n 550 5.1.1 does not exist"
    status = fields(Status="5.1.1", Diagnostic_Code=code)
    report = one(bounce(WORDS, status, RETURNED))
    assert report.kind == Kind.DELIVERY_FAILURE
    assert report.failed == ("ivan@home.example",)
    assert report.original_ids == (OURS,)
    assert (report.permanent, report.status) == (True, "5.1.1")
    assert report.diagnostic == "550-5.1.1 The address does not exist"


def test_the_letter_is_found_in_its_headers_too():
    assert one(bounce(WORDS, fields(), RETURNED_HEADERS)).original_ids == (OURS,)


def test_the_letters_before_it_are_its_references():
    letter = RETURNED.replace(
        "Subject", "References: <a@x.example> <b@x.example>\nSubject"
    )
    report = one(bounce(WORDS, fields(), letter))
    assert report.references == ("<a@x.example>", "<b@x.example>")


def test_a_report_that_only_answers_the_letter_is_about_it():
    report = one(bounce(WORDS, fields(), In_Reply_To=OURS))
    assert report.original_ids == (OURS,)


def test_whom_we_wrote_to_counts_and_not_where_it_was_forwarded():
    status = fields(recipient="x@inside", Original_Recipient="rfc822;Ivan@Home.example")
    assert one(bounce(WORDS, status)).failed == ("ivan@home.example",)


def test_a_delay_is_no_failure():
    report = one(bounce(WORDS, fields("delayed", Status="4.4.1"), RETURNED))
    assert report.kind == Kind.DELIVERY_DELAY
    assert not report.permanent
    assert report.failed == ("ivan@home.example",)


def test_a_delivery_is_neither():
    report = one(bounce(WORDS, fields("delivered", Status="2.0.0"), RETURNED))
    assert (report.kind, report.failed) == (Kind.DELIVERY_SUCCESS, ())


def test_of_two_recipients_only_the_one_it_did_not_reach_is_named():
    arrived = "\nFinal-Recipient: rfc822; maria@home.example\nAction: relayed\n"
    report = one(bounce(WORDS, fields() + arrived))
    assert report.kind == Kind.DELIVERY_FAILURE
    assert report.failed == ("ivan@home.example",)


def test_what_was_given_up_after_days_may_be_tried_again():
    report = one(bounce(WORDS, fields(Status="4.4.7")))
    assert (report.kind, report.permanent) == (Kind.DELIVERY_FAILURE, False)


def test_fields_that_are_encoded_are_read():
    encoded = fields().replace(
        "delivery-status\n", "delivery-status\nContent-Transfer-Encoding: 8bit\n"
    )
    assert one(bounce(WORDS, encoded)).failed == ("ivan@home.example",)


def test_a_report_whose_parts_are_no_messages_is_read_by_its_words():
    words = "Content-Type: text/plain\n\n<ivan@home.example>: no such user"
    raw = bounce(words, "Content-Type: message/delivery-status\n\nnothing")
    assert one(raw).failed == ("ivan@home.example",)


def test_a_filter_that_puts_the_report_into_a_letter_of_its_own_changes_nothing():
    inner = bounce(WORDS, fields(), RETURNED).decode().replace("=_b", "=_inner")
    outer = multipart(
        f"Content-Type: message/rfc822\n\n{inner}",
        "Content-Type: text/plain\n\nThis e-mail is confidential.",
        sender=DAEMON,
    )
    assert one(outer).original_ids == (OURS,)


def test_the_reason_is_one_line_and_not_too_long():
    status = fields(Diagnostic_Code="smtp; 550 " + "no " * 400)
    assert len(one(bounce(WORDS, status)).diagnostic) == 500


# --- in words --------------------------------------------------------------------


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_failure_is_read_in_the_words_of(program):
    text, subject = PROGRAMS[program]
    report = one(write(text, DAEMON, Subject=subject, Return_Path="<>"))
    assert report.kind == Kind.DELIVERY_FAILURE
    assert report.failed == ("ivan@home.example",)
    assert report.original_ids == (OURS,)
    assert report.permanent
    assert report.status.startswith("5.")
    assert "550" in report.diagnostic or "554" in report.diagnostic


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_customer_who_forwards_it_is_a_person(program):
    text, subject = PROGRAMS[program]
    above = "Look, your letter came back!\n\n------- Forwarded message -------\n"
    raw = write(above + text, Subject=f"Fwd: {subject}")
    assert none(raw)
    assert {classify(each).kind for each in parse(raw)} == {Kind.PERSONAL}


def test_a_customer_who_attaches_it_is_a_person():
    inner = bounce(WORDS, fields(), RETURNED).decode().replace("=_b", "=_inner")
    words = "Content-Type: text/plain\n\nYour letter came back."
    raw = multipart(words, f"Content-Type: message/rfc822\n\n{inner}")
    assert none(raw)


def test_a_mail_program_that_forwards_the_fields_too_changes_nothing():
    words = "Content-Type: text/plain\n\nYour letter came back."
    assert none(multipart(words, fields(), RETURNED, Subject="Fwd: Undelivered Mail"))


@pytest.mark.parametrize(("sender", "subject", "text"), NOTICES)
def test_whom_it_did_not_reach_is_read_in_any_words(sender, subject, text):
    report = one(write(text, sender, Subject=subject, To="us@shop.example"))
    assert report.kind in (Kind.DELIVERY_FAILURE, Kind.DELIVERY_DELAY)
    assert report.failed == ("ivan@home.example",)
    assert report.diagnostic


def test_the_header_of_exim_says_enough():
    raw = write("?", DAEMON, Subject="?", X_Failed_Recipients="Ivan@home.example")
    assert one(raw).failed == ("ivan@home.example",)


def test_nobody_known_may_send_it_where_it_says_so_at_once():
    text = "Your message could not be delivered to\nivan@home.example\n"
    raw = write(text, "gateway@home.example", Subject="Mail could not be delivered")
    assert one(raw).failed == ("ivan@home.example",)


DELAYS = [
    ("Warning: message 1a delayed 24 hours", "It has not yet been delivered to:\n{}"),
    ("Delivery Status Notification (Delay)", "Delivery to {} has been delayed."),
    ("Delayed Mail (still being retried)", "It will be retried.\n<{}>: no answer"),
    ("Warning", "Delivery attempts will continue. Not yet delivered:\n {}"),
    ("Задержка доставки", "Доставка вашего письма отложена:\n<{}>: ящик переполнен"),
    ("Письмо задержано", "Пока не удалось доставить письмо: {}. Попытки продолжатся."),
]


@pytest.mark.parametrize(("subject", "text"), DELAYS)
def test_a_delay_is_told_from_a_failure_by_its_words(subject, text):
    report = one(write(text.format("ivan@home.example"), DAEMON, Subject=subject))
    assert report.kind == Kind.DELIVERY_DELAY
    assert report.failed == ("ivan@home.example",)


PERSONS = [
    ("Delivery problem", "My order could not be delivered: nobody rang. When again?"),
    ("Не доставлен заказ", "Курьер не смог доставить, мой адрес ivan@home.example"),
    ("Re: Offer", "I could not send you the photo, is photo@shop.example right?"),
    ("Returned", "I returned the amplifier, please confirm to ivan@home.example"),
    ("Delayed?", "The parcel is delayed, will you retry?"),
]


@pytest.mark.parametrize(("subject", "text"), PERSONS)
def test_a_customer_who_writes_of_deliveries_is_a_person(subject, text):
    assert none(write(text, Subject=subject, To="bounce@shop.example"))


def test_an_ordinary_letter_to_the_bounce_address_is_a_persons():
    assert none(write("When do you open?", To="bounce+7@shop.example"))


def test_a_vacation_reply_with_an_empty_sender_is_no_failure():
    text = "I have not been able to read mail since Monday."
    assert none(write(text, Return_Path="<>", Subject="Re: Offer", In_Reply_To=OURS))


# --- receipts --------------------------------------------------------------------


def test_a_read_receipt_is_about_the_letter_that_was_read():
    said = (
        "Content-Type: message/disposition-notification\n\n"
        "Final-Recipient: rfc822;anna@home.example\n"
        f"Original-Message-ID: {OURS}\n"
        "Disposition: manual-action/MDN-sent-manually; displayed\n"
    )
    words = "Content-Type: text/plain\n\nYour message was read."
    kind = {"kind": "report", "report_type": "disposition-notification"}
    report = one(multipart(words, said, **kind))
    assert (report.kind, report.original_ids) == (Kind.READ_RECEIPT, (OURS,))
    assert (report.failed, report.diagnostic) == ((), "Your message was read.")


RECEIPTS = [
    ("Прочтено: Offer", "Ваше сообщение\n\nКому: Анна\n\nбыло прочитано 3 марта 2025."),
    ("Read: Offer", "Your message\n\n  To: Anna\n\nwas read on Monday."),
    ("Return receipt", "This is a Return Receipt for the mail that you sent to Anna."),
    ("Not read: Offer", "Your message was deleted without being read on Monday."),
]


@pytest.mark.parametrize(("subject", "text"), RECEIPTS)
def test_a_read_receipt_in_words_is_one(subject, text):
    report = one(write(text, Subject=subject, In_Reply_To=OURS))
    assert (report.kind, report.original_ids) == (Kind.READ_RECEIPT, (OURS,))


def test_a_customer_whose_subject_begins_so_is_a_person():
    assert none(write("I read it. And the price?", Subject="Read: your offer"))


def test_who_calls_a_letter_spam_has_got_it():
    said = (
        "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\n"
        "Original-Rcpt-To: anna@home.example\n"
    )
    kind = {"kind": "report", "report_type": "feedback-report"}
    report = one(multipart(WORDS, said, RETURNED, **kind))
    assert (report.kind, report.original_ids) == (Kind.DELIVERY_SUCCESS, (OURS,))
    assert report.failed == ()
