import {Component, useEffect, useState} from "@odoo/owl";
import {RequestHistory} from "./request_history.esm";
import {_t} from "@web/core/l10n/translation";
import {describe} from "./request_words.esm";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {usePopover} from "@web/core/popover/popover_hook";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {useService} from "@web/core/utils/hooks";

/** The coloured mark on an order line: where buying this position stands. */
export class RequestMark extends Component {
    static template = "audiomania_purchase_journal.RequestMark";
    static props = {...standardFieldProps};

    setup() {
        this.popover = usePopover(RequestHistory, {
            position: "bottom",
            setActiveElement: true,
        });
        this.state = useState({mark: false});
        const marks = useService("purchase_request_mark");
        useRecordObserver((record) => this.show(record.data[this.props.name]));
        useEffect(
            (lineId) => lineId && marks.watch(lineId, (mark) => this.show(mark)),
            () => [this.props.record.resId]
        );
        useEffect(
            (orderId) => orderId && marks.follow(orderId),
            () => [this.props.record._parentRecord?.resId]
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
        const {label, expected, is_late: isLate, comment} = this.request;
        const when = expected && _t("expected %(date)s", {date: expected});
        const late = isLate && _t("later than promised");
        return [label, when, late, comment].filter(Boolean).join(" · ");
    }

    /** The list around it would take these keys for its own. */
    onKeydown(ev) {
        if (["Enter", " "].includes(ev.key)) {
            ev.preventDefault();
            ev.stopPropagation();
            this.openHistory(ev);
        }
    }

    openHistory(ev) {
        const {resId, model} = this.props.record;
        const {root} = model;
        this.popover.open(ev.currentTarget, {
            lineId: resId,
            requests: this.state.mark.requests,
            saveForm: async () =>
                !root.isDirty || !(await root.isDirty()) || root.save(),
            reloadForm: () => root.load(),
        });
    }
}

export const requestMark = {
    component: RequestMark,
    displayName: _t("Purchase request mark"),
    supportedTypes: ["json"],
};

registry.category("fields").add("purchase_request_mark", requestMark);
