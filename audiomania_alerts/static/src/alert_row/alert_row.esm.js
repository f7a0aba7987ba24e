import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime} from "@web/core/l10n/dates";

const {DateTime} = luxon;

/** One row of the list: everything about one record. */
export class AlertRow extends Component {
    static props = {
        item: Object,
        isFresh: Boolean,
        onOpen: Function,
        onAction: Function,
    };
    static template = "audiomania_alerts.AlertRow";

    get title() {
        return this.props.item.hidden ? this.props.item.type : this.props.item.title;
    }

    get body() {
        return this.props.item.hidden
            ? _t("You cannot read the record of this alert, or it no longer exists.")
            : this.props.item.body;
    }

    /** "5 minutes ago"; never "in 5 minutes", where this clock is behind the server's. */
    get age() {
        const now = DateTime.now();
        const at = deserializeDateTime(this.props.item.at);
        return DateTime.min(at, now.minus(1)).toRelative({base: now});
    }

    get countLabel() {
        return _t("Reported %(count)s times", {count: this.props.item.count});
    }

    /** What one click does with the row; the label is for a screen reader too. */
    get actions() {
        const actions = [
            {name: "snooze", icon: "fa-clock-o", title: _t("Snooze for an hour")},
            {
                name: "tomorrow",
                icon: "fa-sun-o",
                title: _t("Snooze until tomorrow morning"),
            },
            {name: "until", icon: "fa-calendar", title: _t("Snooze until a date")},
            {name: "mute", icon: "fa-bell-slash-o", title: _t("Mute this type")},
            {name: "done", icon: "fa-check", title: _t("Done")},
        ];
        return actions.filter(({name}) => name !== "mute" || this.props.item.can_mute);
    }

    getLabel({title}) {
        return _t("%(action)s: %(alert)s", {action: title, alert: this.title});
    }
}
