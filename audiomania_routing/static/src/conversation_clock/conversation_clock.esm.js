import {ConnectionLostError, RPCError} from "@web/core/network/rpc";
import {onMounted, onWillUnmount} from "@odoo/owl";
import {Deferred} from "@web/core/utils/concurrency";
import {Pace} from "@audiomania_alerts/pace/pace.esm";
import {browser} from "@web/core/browser/browser";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

export const CHANGED = "routing_clock/changed";
export const QUEUE_CHANGED = "routing_queue/changed";
// The clock is looked at so often (nothing is fetched): a timer of a laptop that slept
// goes off late.
export const NAP = 30 * 1000;
// Of a moment that is not near, as the server says, a screen hears nothing: it asks again
// when this part of the time is over in which one can become near, and who has not asked
// for all of it, as a page that was hidden, may have missed one.
export const REFRESH = 2 / 3;
// At the moment itself the server's clock may show a fraction of a second less.
export const MARGIN = 250;
// What changes together is fetched together, and not by all employees at once.
export const GATHER = 300;
export const SCATTER = 200;
// However much changes, screens fetch no more often than this; in a storm of letters,
// that many screens hear of, less and less often.
export const PAUSE = 1500;
export const LONGEST_PAUSE = 6000;

const toMillis = (moment) => deserializeDateTime(moment).toMillis();

/**
 * When open screens have to fetch again: at the next moment at which something becomes
 * visible to the employee or moves on in what he sees (rule 8), and when somebody has
 * changed something of it.
 *
 * The server says how long it is until a moment, so the browser's clock need not be
 * right. Of a change it says nothing but that there was one.
 */
export class ConversationClock {
    constructor({bus_service: bus, orm}) {
        Object.assign(this, {bus, orm});
        /** Who is called, and what is over when he has left. */
        this.listeners = new Map();
        this.offset = 0;
        /** What is near, in milliseconds: unknown until the server has said it. */
        this.near = Infinity;
        this.at = null;
        this.heardAt = 0;
        this.askAgainAt = 0;
        this.isStale = false;
        this.isFetching = false;
        this.pace = new Pace(PAUSE, LONGEST_PAUSE);
    }

    setup() {
        this.bus.subscribe(CHANGED, (payload) => this.hear(payload));
        this.bus.subscribe(QUEUE_CHANGED, () => this.wake());
        this.bus.addEventListener("BUS:RECONNECT", () => this.catchUp());
        document.addEventListener("visibilitychange", () => this.look());
    }

    /** What the clock of the server shows, in milliseconds. */
    get now() {
        return Date.now() + this.offset;
    }

    get isDue() {
        return this.at !== null && this.now >= this.at;
    }

    /** Whether a moment may have passed unheard, also after this clock was put back. */
    get isBehind() {
        const silence = Date.now() - this.heardAt;
        return silence >= this.near || silence < -NAP;
    }

    /**
     * @param {Function} listener is called at each moment and after changes, and may be
     *  async
     * @returns {Function} ends it
     */
    watch(listener) {
        this.listeners.set(listener, new Deferred());
        if (this.listeners.size === 1) {
            this.bus.start();
            this.heardAt = Date.now();
            this.ask();
        }
        return () => {
            this.listeners.get(listener)?.resolve();
            this.listeners.delete(listener);
            if (!this.listeners.size) {
                this.at = null;
                this.isStale = false;
                browser.clearTimeout(this.timer);
                browser.clearTimeout(this.waking);
            }
        };
    }

    async ask() {
        // Until it is answered each look asks again.
        this.askAgainAt = 0;
        this.setTimer();
        try {
            const found = await this.orm.silent.call(
                "helpdesk.ticket",
                "get_next_moment"
            );
            this.heardAt = Date.now();
            this.near = found.near * 1000;
            this.askAgainAt = this.heardAt + this.near * REFRESH;
            this.hear(found);
        } catch (error) {
            this.forgive(error);
        }
    }

    /**
     * Offline, or the session ended: the page says so by itself, and the next
     * connection asks again.
     *
     * @param {Error} error
     */
    forgive(error) {
        if (!(error instanceof ConnectionLostError || error instanceof RPCError)) {
            throw error;
        }
    }

    /** The only way in, for what is fetched and for what is pushed. */
    hear({now, at}) {
        this.offset = toMillis(now) - Date.now();
        if (!at || !this.listeners.size) {
            return;
        }
        const moment = toMillis(at) + MARGIN;
        if (this.at === null || moment < this.at) {
            this.at = moment;
            this.setTimer();
        }
    }

    setTimer() {
        browser.clearTimeout(this.timer);
        const left = this.at === null ? NAP : Math.max(0, this.at - this.now);
        this.timer = browser.setTimeout(() => this.look(), Math.min(left, NAP));
    }

    /** Nobody looks at a hidden page: it fetches when it is looked at. */
    look() {
        if (document.visibilityState === "hidden") {
            return;
        }
        if (this.isStale) {
            this.plan();
        }
        if (!this.listeners.size) {
            return;
        }
        if (this.isDue || this.isBehind) {
            this.catchUp();
        } else if (Date.now() >= this.askAgainAt) {
            this.ask();
        } else {
            this.setTimer();
        }
    }

    /** Something has changed: fetch soon, once for whatever else changes until then. */
    wake() {
        if (this.listeners.size && !this.isStale) {
            this.isStale = true;
            this.plan();
        }
    }

    plan() {
        if (document.visibilityState === "hidden" || this.isFetching) {
            return;
        }
        const soon = GATHER + Math.random() * SCATTER;
        const pause = Math.max(soon, this.pace.rest);
        browser.clearTimeout(this.waking);
        this.waking = browser.setTimeout(() => this.fetch(), pause);
    }

    /** All screens fetch; what changes meanwhile is fetched after a pause. */
    async fetch() {
        this.isStale = false;
        this.isFetching = true;
        this.pace.begin();
        try {
            // What a screen asks when it is left is never answered to it.
            await Promise.all(
                [...this.listeners].map(([listener, left]) =>
                    Promise.race([listener(), left])
                )
            );
        } catch (error) {
            this.forgive(error);
        } finally {
            this.isFetching = false;
            this.pace.end();
        }
        if (this.isStale && this.listeners.size) {
            this.plan();
        }
    }

    /** Fetch what has become visible, and the moment after it. */
    async catchUp() {
        this.at = null;
        this.heardAt = Date.now();
        browser.clearTimeout(this.timer);
        browser.clearTimeout(this.waking);
        if (this.listeners.size) {
            await this.fetch();
            await this.ask();
        }
    }
}

export const conversationClockService = {
    dependencies: ["bus_service", "orm"],
    start(env, services) {
        const clock = new ConversationClock(services);
        clock.setup();
        return clock;
    },
};

registry.category("services").add("conversation_clock", conversationClockService);

/**
 * Call back at each moment, and after changes, while the component is on the screen.
 *
 * @param {Function} callback
 * @returns {ConversationClock}
 */
export function useConversationClock(callback) {
    const clock = useService("conversation_clock");
    let end = null;
    onMounted(() => {
        end = clock.watch(callback);
    });
    onWillUnmount(() => end());
    return clock;
}
