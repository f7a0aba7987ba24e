import {Component, useEffect, useState} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {useDropdownState} from "@web/core/dropdown/dropdown_hooks";
import {useService} from "@web/core/utils/hooks";

/** The icon in the toolbar: blinks while something is unseen, and opens the list. */
export class AlertMenu extends Component {
    static components = {Dropdown};
    static props = [];
    static template = "audiomania_alerts.AlertMenu";

    setup() {
        this.action = useService("action");
        this.store = useState(useService("audiomania_alerts.store"));
        this.dropdown = useDropdownState();
        // What was new when the list was opened stays marked until it is closed.
        this.fresh = new Set();
        useEffect(
            (isOpen) => this.onShown(isOpen),
            () => [this.dropdown.isOpen, this.store.items]
        );
    }

    /** What is shown in the open list is seen. */
    onShown(isOpen) {
        if (!isOpen) {
            this.fresh.clear();
            return;
        }
        for (const item of this.store.items.filter((shown) => shown.unseen)) {
            this.fresh.add(item.id);
        }
        this.store.markShownAsSeen();
    }

    get label() {
        return this.store.unseen
            ? _t("Alerts: %(count)s not seen yet", {count: this.store.unseen})
            : _t("Alerts");
    }

    get severityNames() {
        return {
            danger: _t("Danger"),
            warning: _t("Warning"),
            info: _t("Information"),
        };
    }

    getTitle(item) {
        return item.hidden ? item.type : item.title;
    }

    getBody(item) {
        return item.hidden
            ? _t("You cannot read the record of this alert, or it no longer exists.")
            : item.body;
    }

    getCountLabel(item) {
        return _t("Reported %(count)s times", {count: item.count});
    }

    getSnoozeLabel(item) {
        return _t("Snooze for an hour: %(alert)s", {alert: this.getTitle(item)});
    }

    getDoneLabel(item) {
        return _t("Done: %(alert)s", {alert: this.getTitle(item)});
    }

    get allLabel() {
        const count = this.store.total - this.store.items.length;
        return count > 0
            ? _t("All alerts (%(count)s more)", {count})
            : _t("All alerts");
    }

    getAge(item) {
        return deserializeDateTime(item.at).toRelative();
    }

    open(item) {
        this.dropdown.close();
        return this.store.open(item);
    }

    openAll() {
        this.dropdown.close();
        this.action.doAction("audiomania_alerts.alert_delivery_action", {
            clearBreadcrumbs: true,
        });
    }
}

registry
    .category("systray")
    .add("audiomania_alerts.alert_menu", {Component: AlertMenu}, {sequence: 22});
