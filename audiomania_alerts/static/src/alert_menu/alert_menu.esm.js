import {Component, useEffect, useState} from "@odoo/owl";
import {AlertRow} from "../alert_row/alert_row.esm";
import {AlertSnoozeDialog} from "../alert_snooze_dialog/alert_snooze_dialog.esm";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {_t} from "@web/core/l10n/translation";
import {openSettings} from "../alert_settings/alert_settings.esm";
import {registry} from "@web/core/registry";
import {useDropdownState} from "@web/core/dropdown/dropdown_hooks";
import {useService} from "@web/core/utils/hooks";

// How near to its end, in pixels, the list asks for its next page.
const NEAR_END = 200;

/** The icon in the toolbar: blinks while something is unseen, and opens the list. */
export class AlertMenu extends Component {
    static components = {AlertRow, Dropdown};
    static props = [];
    static template = "audiomania_alerts.AlertMenu";

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.store = useState(useService("audiomania_alerts.store"));
        this.announcer = useState(useService("audiomania_alerts.announcer"));
        this.dropdown = useDropdownState();
        // What was new when the list was opened stays marked until it is closed.
        this.fresh = new Set();
        useEffect(
            (isOpen) => this.onShown(isOpen),
            () => [this.dropdown.isOpen, this.store.items, this.store.items.length]
        );
    }

    /** What is shown in the open list is seen. */
    onShown(isOpen) {
        if (!isOpen) {
            this.fresh.clear();
            this.store.forgetPages();
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

    get moreLabel() {
        const count = this.store.total - this.store.items.length;
        return _t("%(count)s more", {count});
    }

    get soundLabel() {
        return this.announcer.sound
            ? _t("Switch the sound off")
            : _t("Switch a sound on");
    }

    get notificationLabel() {
        return this.announcer.notification
            ? _t("Switch the notifications of the browser off")
            : _t("Switch notifications of the browser on");
    }

    isFresh(item) {
        return item.unseen || this.fresh.has(item.id);
    }

    /** Endless: the next page comes before the end of the last one is reached. */
    onScroll({target}) {
        if (target.scrollHeight - target.scrollTop - target.clientHeight < NEAR_END) {
            this.store.loadMore();
        }
    }

    open(item) {
        this.dropdown.close();
        return this.store.open(item);
    }

    /** One click on a button of a row. */
    act(name, item) {
        return this[name](item);
    }

    done(item) {
        return this.store.done(item);
    }

    snooze(item) {
        return this.store.snooze(item);
    }

    tomorrow(item) {
        return this.store.snoozeTomorrow(item);
    }

    until(item) {
        this.dropdown.close();
        this.dialog.add(AlertSnoozeDialog, {
            alert: item.title || item.type,
            onSnooze: (moment) => this.store.snoozeUntil(item, moment),
        });
    }

    async mute(item) {
        await this.store.mute(item);
        const close = this.notification.add(
            _t("“%(type)s” is muted.", {type: item.type}),
            {
                type: "info",
                buttons: [
                    {
                        name: _t("Undo"),
                        onClick: async () => {
                            close();
                            await this.store.unmute(item);
                        },
                    },
                ],
            }
        );
    }

    toggleSound() {
        return this.announcer.setSound(!this.announcer.sound);
    }

    async toggleNotification() {
        const isSet = await this.announcer.setNotification(
            !this.announcer.notification
        );
        if (!isSet) {
            this.notification.add(
                _t("Your browser does not allow notifications of this site."),
                {type: "warning"}
            );
        }
    }

    openSettings() {
        this.dropdown.close();
        return openSettings(this.env);
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
