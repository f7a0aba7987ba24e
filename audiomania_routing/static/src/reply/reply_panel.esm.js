import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime, serializeDateTime} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

const {DateTime} = luxon;
const OTHER = "other";

/**
 * What one who writes a reply has to know, beside it: to whom it goes, who else reads
 * it, what the letter asks, by which way the customer would rather hear, and for when
 * more is promised.
 */
export class ReplyPanel extends Component {
    static template = "audiomania_routing.ReplyPanel";
    static props = {
        ticketId: Number,
        recipients: {type: Array, optional: true},
    };
    static defaultProps = {recipients: []};

    setup() {
        this.desk = useService("routing_reply");
        this.entries = useState(this.desk.entries);
        this.state = useState({other: false});
        onWillStart(() => this.enter(this.props.ticketId));
        onWillUpdateProps(({ticketId}) => {
            if (ticketId !== this.props.ticketId) {
                this.enter(ticketId);
            }
        });
    }

    /** It is filled when it is known: nobody waits for it to write. */
    enter(ticketId) {
        this.desk.entry(ticketId);
        this.state.other = false;
        this.desk.load(ticketId);
    }

    get entry() {
        return this.entries[this.props.ticketId];
    }

    get facts() {
        return this.entry?.facts;
    }

    get done() {
        return this.facts.questions.filter((question) => question.done).length;
    }

    get questionsTitle() {
        return _t("Questions in the letter: %(done)s of %(all)s answered", {
            done: this.done,
            all: this.facts.questions.length,
        });
    }

    /** The key of what is chosen, among the options. */
    get chosen() {
        return this.state.other ? OTHER : this.entry.promise?.key || "";
    }

    get options() {
        const {choices, waits} = this.facts.promise;
        return [
            ...choices.map(({at, label}) => ({key: at, until: at, label})),
            ...waits.map(({ref, label}) => ({
                key: ref,
                until: false,
                waitsRef: ref,
                label: _t("When known: %s", label),
            })),
        ];
    }

    onChoose(key) {
        this.state.other = key === OTHER;
        const option = this.options.find((each) => each.key === key);
        this.desk.setPromise(this.props.ticketId, option || null);
    }

    onChooseOther(value) {
        const moment = DateTime.fromISO(value);
        const promise = moment.isValid && {
            key: OTHER,
            until: serializeDateTime(moment),
        };
        this.desk.setPromise(this.props.ticketId, promise || null);
    }

    get latest() {
        const last = deserializeDateTime(this.facts.promise.last);
        return last.toFormat("yyyy-MM-dd'T'HH:mm");
    }

    get earliest() {
        return DateTime.now().toFormat("yyyy-MM-dd'T'HH:mm");
    }

    get promised() {
        const {promise} = this.entry;
        if (!promise) {
            return this.facts.promise.current
                ? _t("An answer was promised by %s.", this.facts.promise.current)
                : "";
        }
        const at = deserializeDateTime(promise.until || this.facts.promise.last);
        return _t(
            "The inquiry stays open until %s, and comes back to you before.",
            at.toLocaleString(DateTime.DATETIME_MED)
        );
    }

    async onTick(question, ev) {
        await this.desk.tick(this.props.ticketId, question.id, ev.target.checked);
    }
}

/** The same in the large composer. */
export class ReplyPanelWidget extends Component {
    static template = "audiomania_routing.ReplyPanelWidget";
    static components = {ReplyPanel};
    static props = {...standardWidgetProps};

    get ticketId() {
        const {model, res_ids: ids} = this.props.record.data;
        return model === "helpdesk.ticket" ? JSON.parse(ids || "[]")[0] : undefined;
    }
}

registry.category("view_widgets").add("reply_panel", {component: ReplyPanelWidget});
