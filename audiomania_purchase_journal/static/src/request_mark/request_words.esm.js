import {deserializeDate, deserializeDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/views/fields/formatters";

export const STATES = {
    asked: {label: _t("Asked"), color: "text-bg-secondary"},
    in_work: {label: _t("In work"), color: "text-bg-info"},
    question: {label: _t("Question"), color: "text-bg-danger"},
    offer: {label: _t("Offer"), color: "text-bg-danger"},
    ordered: {label: _t("Ordered"), color: "text-bg-primary"},
    expected: {label: _t("Expected"), color: "text-bg-primary"},
    partially_received: {label: _t("Received in part"), color: "text-bg-warning"},
    received: {label: _t("Received"), color: "text-bg-success"},
    refused: {label: _t("Refused"), color: "text-bg-dark"},
    cancelled: {label: _t("Cancelled"), color: "text-bg-light"},
};
// What is over comes no more, whatever day it was expected on.
const OVER = ["received", "refused", "cancelled"];
const OF_THE_SALESPERSON = ["question", "offer"];

/** A day as short as it can be told: without this year's number. */
export function formatDay(value) {
    return value ? shortDay(deserializeDate(value)) : "";
}

function shortDay(day) {
    const format = {day: "numeric", month: "short"};
    if (!day.hasSame(luxon.DateTime.local(), "year")) {
        format.year = "numeric";
    }
    return day.toLocaleString(format);
}

/** The time of today, the day of another. */
export function formatMoment(value) {
    const moment = deserializeDateTime(value);
    return moment.hasSame(luxon.DateTime.local(), "day")
        ? moment.toLocaleString(luxon.DateTime.TIME_SIMPLE)
        : shortDay(moment);
}

function formatNumber(value) {
    return formatFloat(value, {trailingZeros: false});
}

function formatValue(type, value) {
    if (type === "boolean") {
        return value ? _t("yes") : _t("no");
    }
    if (type === "float") {
        return formatNumber(value || 0);
    }
    if (!value) {
        return "–";
    }
    if (type === "date") {
        return formatDay(value);
    }
    return String(value);
}

/** What changed, as one reads it: "Status: Asked → In work". */
export function describeChange(change) {
    const before = formatValue(change.type, change.old);
    const after = formatValue(change.type, change.new);
    return `${change.field}: ${before} → ${after}`;
}

/** A request as one reads it: label, colour and a written date. */
export function describe(request) {
    const {label, color} = STATES[request.state];
    const decide =
        request.needs_decision && !OF_THE_SALESPERSON.includes(request.state);
    return {
        ...request,
        label: decide ? _t("Your decision") : label,
        color: request.needs_decision ? "text-bg-danger" : color,
        amount: `${formatNumber(request.quantity)} ${request.unit}`,
        expected: formatDay(request.expected_date),
        isComing: Boolean(request.expected_date) && !OVER.includes(request.state),
    };
}

/** An offer in one line: how much of what, and from when on. */
export function describeOffer(offer) {
    const amount = `${formatNumber(offer.quantity)} ${offer.unit}`;
    const when = offer.from_stock ? _t("in stock") : formatDay(offer.expected_date);
    return [amount, offer.product, when].filter(Boolean).join(" · ");
}
