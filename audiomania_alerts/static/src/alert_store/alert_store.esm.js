import {ConnectionLostError, RPCError} from "@web/core/network/rpc";
import {browser} from "@web/core/browser/browser";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {reactive} from "@odoo/owl";
import {registry} from "@web/core/registry";

export const NOTIFICATION = "audiomania_alerts/changed";
export const SEVERITIES = ["danger", "warning", "info"];
// The longest time that a browser's timer can wait.
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * The alerts of the employee, as the server last told them.
 *
 * The server holds the absolute state; a message of the bus only says that it
 * changed. Both carry the employee's version, which grows with each change: what is
 * older than what is shown is dropped, so nothing is counted twice, in whatever order
 * answers and messages arrive.
 */
export class AlertStore {
    constructor({bus_service: bus, orm, action}) {
        Object.assign(this, {bus, orm, action});
        this.version = -1;
        this.unseen = 0;
        this.total = 0;
        this.items = [];
    }

    setup() {
        this.bus.subscribe(NOTIFICATION, (payload) => this.onChanged(payload));
        this.bus.addEventListener("BUS:RECONNECT", () => this.fetch());
        this.bus.start();
        this.fetch();
    }

    /**
     * The only way into the store, for what is fetched and for what is pushed.
     *
     * @param {Object} state version and unseen; when fetched also items, total, next_at
     * @returns {Boolean} false if it is older than what the store has
     */
    insert(state) {
        const isNews = state.items
            ? state.version >= this.version
            : state.version > this.version;
        if (!isNews) {
            return false;
        }
        const {version, unseen, items, total, next_at: nextAt} = state;
        Object.assign(this, {version, unseen});
        if (items) {
            Object.assign(this, {items, total});
            this.wakeAt(nextAt);
        }
        return true;
    }

    onChanged(payload) {
        if (this.insert(payload)) {
            this.fetch();
        }
    }

    /**
     * Fetch the absolute state. While an answer is awaited, further calls lead to one
     * more request after it.
     */
    async fetch() {
        if (this.fetching) {
            this.isStale = true;
            return this.fetching;
        }
        this.fetching = this.fetchUntilFresh();
        try {
            await this.fetching;
        } finally {
            this.fetching = undefined;
        }
    }

    async fetchUntilFresh() {
        do {
            this.isStale = false;
            await this.fetchOnce();
        } while (this.isStale);
    }

    async fetchOnce() {
        try {
            this.insert(await this.orm.silent.call("alert.delivery", "get_state"));
        } catch (error) {
            // Offline, or the session ended: the page says so by itself; the next
            // message or connection fetches again.
            if (!(error instanceof ConnectionLostError || error instanceof RPCError)) {
                throw error;
            }
        }
    }

    /** Fetch again at the moment at which a snoozed alert is due. */
    wakeAt(moment) {
        browser.clearTimeout(this.timer);
        if (moment) {
            const delay = deserializeDateTime(moment).toMillis() - Date.now();
            this.timer = browser.setTimeout(
                () => this.fetch(),
                Math.min(Math.max(delay, 0) + 500, LONGEST_TIMER)
            );
        }
    }

    /** @returns {Object[]} {severity, items}, danger first, as the server sorted them */
    get groups() {
        return SEVERITIES.map((severity) => ({
            severity,
            items: this.items.filter((item) => item.severity === severity),
        })).filter((group) => group.items.length);
    }

    async markShownAsSeen() {
        const ids = this.items.filter((item) => item.unseen).map((item) => item.id);
        if (ids.length) {
            await this.call("action_seen", ids);
        }
    }

    done(item) {
        return this.call("action_done", [item.id]);
    }

    snooze(item) {
        return this.call("action_snooze", [item.id]);
    }

    async open(item) {
        const action = await this.orm.call("alert.delivery", "action_open", [
            [item.id],
        ]);
        await this.action.doAction(action);
        await this.fetch();
    }

    async call(method, ids) {
        await this.orm.call("alert.delivery", method, [ids]);
        await this.fetch();
    }
}

export const alertStoreService = {
    dependencies: ["bus_service", "orm", "action"],
    start(env, services) {
        const store = reactive(new AlertStore(services));
        store.setup();
        return store;
    },
};

registry.category("services").add("audiomania_alerts.store", alertStoreService);
