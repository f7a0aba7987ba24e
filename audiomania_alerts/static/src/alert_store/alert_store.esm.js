import {ConnectionLostError, RPCError} from "@web/core/network/rpc";
import {Pace} from "../pace/pace.esm";
import {browser} from "@web/core/browser/browser";
import {deserializeDateTime, serializeDateTime} from "@web/core/l10n/dates";
import {reactive} from "@odoo/owl";
import {registry} from "@web/core/registry";

export const NOTIFICATION = "audiomania_alerts/changed";
export const SEVERITIES = ["danger", "warning", "info"];
// The longest time that a browser's timer can wait.
const LONGEST_TIMER = 2 ** 31 - 1;
export const PAGE = 30;
// A page that comes back after so long may have slept through messages of the bus.
export const LONG_SLEEP = 5 * 60 * 1000;
// What is unseen is counted at once; the list follows, in a storm of alerts less often.
export const PAUSE = 1500;
export const LONGEST_PAUSE = 6000;

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
        this.after = false;
        this.fetchedAt = 0;
        this.isBehind = false;
        this.pace = new Pace(PAUSE, LONGEST_PAUSE);
        this.newsListeners = [];
    }

    setup() {
        this.bus.subscribe(NOTIFICATION, (payload) => this.onChanged(payload));
        this.bus.addEventListener("BUS:RECONNECT", () => this.fetch());
        document.addEventListener("visibilitychange", () => this.onVisibilityChange());
        this.bus.start();
        this.fetch();
    }

    /**
     * The only way into the store, for what is fetched and for what is pushed.
     *
     * @param {Object} state version and unseen; when fetched also items, total, after,
     * next_at
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
            this.isBehind = false;
            const news = this.findNews(items);
            Object.assign(this, {items, total, after: state.after});
            this.remember();
            this.wakeAt(nextAt);
            this.tell(news);
        }
        return true;
    }

    /** What becomes unseen, or is reported again. Nothing at the start of the page. */
    findNews(items) {
        const isKnown = (item) =>
            item.ids.every((id) => item.count <= this.known.get(id));
        return this.known ? items.filter((item) => item.unseen && !isKnown(item)) : [];
    }

    /** Note for {@link findNews} what is unseen now. */
    remember() {
        const unseen = this.items.filter((item) => item.unseen);
        this.known = new Map(
            unseen.flatMap((item) => item.ids.map((id) => [id, item.count]))
        );
    }

    tell(news) {
        if (news.length) {
            this.newsListeners.forEach((listener) => listener(news));
        }
    }

    onVisibilityChange() {
        const slept = Date.now() - this.fetchedAt > LONG_SLEEP;
        if (document.visibilityState === "visible" && slept) {
            this.fetch();
        }
    }

    onChanged(payload) {
        if (this.insert(payload)) {
            this.isBehind = true;
            this.fetchSoon();
        }
    }

    /** At once, or after a pause with whatever else is reported until then. */
    fetchSoon() {
        if (this.pausing) {
            return;
        }
        if (!this.pace.rest) {
            this.fetchInPace();
            return;
        }
        this.pausing = browser.setTimeout(() => {
            this.pausing = undefined;
            if (this.isBehind) {
                this.fetchInPace();
            }
        }, this.pace.rest);
    }

    async fetchInPace() {
        this.pace.begin();
        await this.fetch();
        this.pace.end();
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
            const limit = Math.max(PAGE, this.items.length);
            this.insert(
                await this.orm.silent.call("alert.delivery", "get_state", undefined, {
                    limit,
                })
            );
            this.fetchedAt = Date.now();
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

    /** The next page of the list. A page of another version does not continue what is
     * shown: then everything is fetched again. */
    async loadMore() {
        if (!this.after || this.isLoading) {
            return;
        }
        this.isLoading = true;
        try {
            await this.loadAfter(this.after);
        } finally {
            this.isLoading = false;
        }
    }

    async loadAfter(after) {
        const page = await this.orm.silent.call("alert.delivery", "get_page", [after]);
        if (page.version !== this.version) {
            await this.fetch();
        } else if (this.after === after) {
            this.items.push(...page.items);
            this.after = page.after;
            this.remember();
        }
    }

    /** The list is closed: the next one starts with its first page. */
    forgetPages() {
        if (this.items.length > PAGE) {
            this.items = this.items.slice(0, PAGE);
            this.fetch();
        }
    }

    /**
     * @returns {Object[]} {severity, types: [{id, name, items}]}, in the order in which
     * the server sorted the rows
     */
    get groups() {
        return SEVERITIES.map((severity) => ({
            severity,
            types: this.groupByType(
                this.items.filter((item) => item.severity === severity)
            ),
        })).filter((group) => group.types.length);
    }

    groupByType(items) {
        const types = new Map();
        for (const item of items) {
            if (!types.has(item.type_id)) {
                types.set(item.type_id, {id: item.type_id, name: item.type, items: []});
            }
            types.get(item.type_id).items.push(item);
        }
        return [...types.values()];
    }

    async markShownAsSeen() {
        const ids = this.items
            .filter((item) => item.unseen)
            .flatMap((item) => item.ids);
        if (ids.length) {
            await this.call("action_seen", ids);
        }
    }

    done(item) {
        return this.call("action_done", item.ids);
    }

    snooze(item) {
        return this.call("action_snooze", item.ids);
    }

    snoozeTomorrow(item) {
        return this.call("action_snooze_tomorrow", item.ids);
    }

    /**
     * @param {Object} item
     * @param {DateTime} moment of luxon
     */
    snoozeUntil(item, moment) {
        return this.call("action_snooze", item.ids, {until: serializeDateTime(moment)});
    }

    /** Nothing of the types of this row any more. */
    mute(item) {
        return this.call("action_mute", item.ids);
    }

    unmute(item) {
        return this.call("action_unmute", item.ids);
    }

    async open(item) {
        const action = await this.orm.call("alert.delivery", "action_open", [
            [item.id],
        ]);
        await this.action.doAction(action);
        await this.fetch();
    }

    async call(method, ids, kwargs) {
        await this.orm.call("alert.delivery", method, [ids], kwargs);
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
