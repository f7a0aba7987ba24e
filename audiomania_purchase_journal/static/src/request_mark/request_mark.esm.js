import {Component, useEffect, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {deserializeDate} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {usePopover} from "@web/core/popover/popover_hook";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

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

/** A day as short as it can be told: without this year's number. */
function formatDay(value) {
    if (!value) {
        return "";
    }
    const day = deserializeDate(value);
    const format = {day: "numeric", month: "short"};
    if (!day.hasSame(luxon.DateTime.local(), "year")) {
        format.year = "numeric";
    }
    return day.toLocaleString(format);
}

/** A request as one reads it: label, colour and a written date. */
export function describe(request) {
    const {label, color} = STATES[request.state];
    return {
        ...request,
        label: request.needs_decision ? _t("Your decision") : label,
        color: request.needs_decision ? "text-bg-danger" : color,
        amount: `${request.quantity} ${request.unit}`,
        expected: formatDay(request.expected_date),
    };
}

export class RequestMarkPopover extends Component {
    static template = "audiomania_purchase_journal.RequestMarkPopover";
    static props = {
        requests: Array,
        close: Function,
    };

    setup() {
        this.action = useService("action");
    }

    open(request) {
        this.props.close();
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "purchase.journal.request",
            res_id: request.id,
            views: [[false, "form"]],
        });
    }
}

/** The coloured mark on an order line: where buying this position stands. */
export class RequestMark extends Component {
    static template = "audiomania_purchase_journal.RequestMark";
    static props = {...standardFieldProps};

    setup() {
        this.popover = usePopover(RequestMarkPopover, {position: "bottom"});
        this.state = useState({mark: false});
        const marks = useService("purchase_request_mark");
        useRecordObserver((record) => this.show(record.data[this.props.name]));
        useEffect(
            (lineId) => lineId && marks.watch(lineId, (mark) => this.show(mark)),
            () => [this.props.record.resId]
        );
    }

    /** What was fetched with the order and what was pushed come in here alike. */
    show(mark) {
        this.state.mark = mark;
    }

    get requests() {
        return (this.state.mark.requests || []).map(describe);
    }

    /** The request that the mark speaks for: one to decide on, else the state's. */
    get request() {
        const requests = this.requests;
        return (
            requests.find((request) => request.needs_decision) ||
            requests.find((request) => request.state === this.state.mark.state)
        );
    }

    get tooltip() {
        const {label, expected, comment} = this.request;
        const when = expected && _t("expected %(date)s", {date: expected});
        return [label, when, comment].filter(Boolean).join(" · ");
    }

    openPopover(ev) {
        this.popover.open(ev.currentTarget, {requests: this.requests});
    }
}

export const requestMark = {
    component: RequestMark,
    displayName: _t("Purchase request mark"),
    supportedTypes: ["json"],
};

registry.category("fields").add("purchase_request_mark", requestMark);
