import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {reactive} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";

const ICON = "/audiomania_alerts/static/description/icon.png";

/**
 * Tells of what is new: to a screen reader always; with a sound and with a notification
 * of the browser for who switched them on, and of several tabs in one only.
 */
export class AlertAnnouncer {
    constructor({
        "audiomania_alerts.store": store,
        "mail.sound_effects": sounds,
        multi_tab: tabs,
    }) {
        Object.assign(this, {store, sounds, tabs});
        this.message = "";
        this.sound = Boolean(user.settings?.alert_sound);
        this.notification = Boolean(user.settings?.alert_notification);
    }

    setup() {
        this.store.newsListeners.push((news) => this.announce(news));
    }

    async announce(news) {
        this.message = this.getMessage(news);
        if ((this.sound || this.notification) && (await this.tabs.isOnMainTab())) {
            if (this.sound) {
                this.sounds.play("new-message");
            }
            this.notify(news);
        }
    }

    getMessage(news) {
        if (news.length > 1) {
            return _t("%(count)s new alerts", {count: news.length});
        }
        return _t("New alert: %(alert)s", {alert: news[0].title || news[0].type});
    }

    /** A notification of the browser, if it is wanted and the browser allows it. */
    notify(news) {
        if (!this.notification || browser.Notification?.permission !== "granted") {
            return;
        }
        const single = news.length === 1 && news[0];
        const shown = new browser.Notification(this.getMessage(news), {
            body: (single && single.body) || "",
            icon: ICON,
            tag: "audiomania_alerts",
        });
        shown.addEventListener("click", () => {
            window.focus();
            shown.close();
            if (single) {
                this.store.open(single);
            }
        });
    }

    async setSound(value) {
        await user.setUserSettings("alert_sound", value);
        this.sound = value;
        if (value) {
            this.sounds.play("new-message");
        }
    }

    /** @returns {Boolean} false if the browser does not allow it */
    async setNotification(value) {
        if (value && !(await this.askPermission())) {
            return false;
        }
        await user.setUserSettings("alert_notification", value);
        this.notification = value;
        return true;
    }

    async askPermission() {
        return (await browser.Notification?.requestPermission()) === "granted";
    }
}

export const alertAnnouncerService = {
    dependencies: ["audiomania_alerts.store", "mail.sound_effects", "multi_tab"],
    start(env, services) {
        const announcer = reactive(new AlertAnnouncer(services));
        announcer.setup();
        return announcer;
    },
};

registry.category("services").add("audiomania_alerts.announcer", alertAnnouncerService);
