import {Component, onWillStart, onWillUnmount, useState} from "@odoo/owl";
import {
    describe,
    describeChange,
    describeOffer,
    formatMoment,
} from "./request_words.esm";
import {useService} from "@web/core/utils/hooks";

/**
 * The small history behind the mark: what was said and what changed, and what the
 * salesperson may do now: answer, accept, decline, ask to be told.
 */
export class RequestHistory extends Component {
    static template = "audiomania_purchase_journal.RequestHistory";
    static props = {
        lineId: Number,
        // The mark, until the history is read.
        requests: Array,
        // Saves the form before the order line is changed, and reads it again then.
        saveForm: Function,
        reloadForm: Function,
        close: Function,
    };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.marks = useService("purchase_request_mark");
        this.describeChange = describeChange;
        this.describeOffer = describeOffer;
        this.formatMoment = formatMoment;
        this.state = useState({requests: this.props.requests, busy: false});
        onWillStart(() => this.load());
        onWillUnmount(this.marks.watch(this.props.lineId, () => this.load()));
    }

    async load() {
        this.state.requests = await this.orm.silent.call(
            "sale.order.line",
            "get_purchase_history",
            [this.props.lineId]
        );
    }

    get requests() {
        return this.state.requests.map(describe);
    }

    getDraft(request) {
        return this.marks.drafts.get(request.id) || "";
    }

    keepDraft(request, ev) {
        this.marks.drafts.set(request.id, ev.target.value);
    }

    onKeydown(request, ev) {
        if (ev.key === "Enter" && (ev.ctrlKey || ev.metaKey)) {
            ev.preventDefault();
            this.answer(request);
        }
    }

    /** One thing at a time: a second click does nothing twice. */
    async act(method, request, ...args) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            await this.orm.call("purchase.journal.request", method, [
                [request.id],
                ...args,
            ]);
        } finally {
            this.state.busy = false;
            await this.load();
        }
    }

    async answer(request) {
        const words = this.getDraft(request).trim();
        if (words) {
            await this.act("action_answer", request, words);
            this.marks.drafts.delete(request.id);
            this.render();
        }
    }

    async accept(request) {
        if (await this.props.saveForm()) {
            await this.act("action_accept_offer", request, request.offer.id);
            this.props.close();
            await this.props.reloadForm();
        }
    }

    async decline(request) {
        const words = this.getDraft(request).trim();
        await this.act("action_decline_offer", request, request.offer.id, words);
        this.marks.drafts.delete(request.id);
        this.render();
    }

    async tellMe(request, ev) {
        await this.act("action_tell_me", request, ev.target.checked);
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
