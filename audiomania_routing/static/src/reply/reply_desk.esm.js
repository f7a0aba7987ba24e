import {browser} from "@web/core/browser/browser";
import {reactive} from "@odoo/owl";
import {registry} from "@web/core/registry";

const TICKET = "helpdesk.ticket";
const SECOND = 1000;
/** So many bytes a browser sends for a page that is being closed, and no more. */
const MOST_BYTES = 60000;

/**
 * What stands beside the reply to each conversation, in the small composer and in the
 * large one: its facts, what is promised with it, and a reply that is held after Send
 * as long as it can be undone.
 */
export class ReplyDesk {
    constructor({orm}) {
        this.orm = orm;
        this.entries = reactive({});
        this.holds = new Map();
        this.ticks = 0;
        this.ticking = 0;
    }

    setup() {
        window.addEventListener("beforeunload", (ev) => this.warn(ev));
        window.addEventListener("pagehide", () => this.sendHeld());
    }

    /**
     * @param {Number} ticketId
     * @returns {{facts: Object|null, promise: Object|null, held: Number}} reactive:
     *     ``held`` is how many seconds are left to undo
     */
    entry(ticketId) {
        this.entries[ticketId] ||= {facts: null, promise: null, held: 0};
        return this.entries[ticketId];
    }

    /** Beside a conversation that he may not read any more nothing stands. */
    async load(ticketId) {
        const {ticks} = this;
        const call = this.orm.silent.call(TICKET, "get_reply_facts", [ticketId]);
        const facts = await call.catch(() => null);
        // What was ticked meanwhile is newer than what the server said.
        const entry = this.entry(ticketId);
        if (!entry.facts || (ticks === this.ticks && !this.ticking)) {
            entry.facts = facts;
        }
    }

    /** The list may have been fetched anew since it was drawn: by the id. */
    async tick(ticketId, questionId, done) {
        const mark = (value) => {
            const questions = this.entry(ticketId).facts?.questions || [];
            const question = questions.find(({id}) => id === questionId);
            if (question) {
                question.done = value;
            }
        };
        mark(done);
        this.ticks += 1;
        this.ticking += 1;
        try {
            const args = [[questionId], done];
            await this.orm.call("helpdesk.inquiry.question", "action_tick", args);
        } catch (error) {
            mark(!done);
            throw error;
        } finally {
            this.ticking -= 1;
        }
    }

    /** What its writer is asked before it leaves, as the server knows it now. */
    async fetchDoubts(ticketId, seen) {
        const args = [ticketId, seen || false];
        const doubts = await this.orm.call(TICKET, "get_reply_doubts", args);
        // Who promises more has not answered all of it yet.
        return this.getPromise(ticketId) ? {...doubts, questions: []} : doubts;
    }

    // A promise

    setPromise(ticketId, promise) {
        this.entry(ticketId).promise = promise;
    }

    /** In the context of the reply. */
    getPromise(ticketId) {
        const promise = this.entries[ticketId]?.promise;
        return promise && {until: promise.until, waits_ref: promise.waitsRef || false};
    }

    /** It has left: what comes next promises nothing by itself. */
    noteSent(ticketId) {
        this.setPromise(ticketId, null);
        this.entry(ticketId).facts = null;
    }

    // Undo

    /**
     * Hold a reply for so long.
     *
     * @param {Number} ticketId
     * @param {Number} seconds
     * @param {Object} [last] the call by which it leaves when the tab is closed
     *     meanwhile, and the key of its draft; without it, its writer is warned
     * @returns {Promise<Boolean>} whether it may leave
     */
    hold(ticketId, seconds, last) {
        if (!seconds) {
            return Promise.resolve(true);
        }
        this.end(ticketId, true);
        const entry = this.entry(ticketId);
        entry.held = seconds;
        return new Promise((resolve) => {
            const timer = browser.setInterval(() => {
                entry.held -= 1;
                if (entry.held <= 0) {
                    this.end(ticketId, true);
                }
            }, SECOND);
            this.holds.set(ticketId, {timer, resolve, last});
        });
    }

    undo(ticketId) {
        this.end(ticketId, false);
    }

    sendNow(ticketId) {
        this.end(ticketId, true);
    }

    end(ticketId, leaves) {
        const held = this.holds.get(ticketId);
        if (held) {
            this.holds.delete(ticketId);
            browser.clearInterval(held.timer);
            this.entry(ticketId).held = 0;
            held.resolve(leaves);
        }
    }

    /** What cannot leave by itself when the tab is closed is asked for. */
    warn(ev) {
        const stays = ({last}) => !last || makeLastCall(last).size > MOST_BYTES;
        if ([...this.holds.values()].some(stays)) {
            ev.preventDefault();
        }
    }

    /** Whoever closes the tab has pressed Send: it leaves, and its draft is over. */
    sendHeld() {
        for (const {timer, last} of this.holds.values()) {
            if (!last) {
                continue;
            }
            browser.clearInterval(timer);
            const body = makeLastCall(last);
            if (browser.navigator.sendBeacon("/mail/message/post", body)) {
                browser.localStorage.removeItem(last.draft);
            }
        }
        this.holds.clear();
    }
}

function makeLastCall({params}) {
    const call = {id: 0, jsonrpc: "2.0", method: "call", params};
    return new Blob([JSON.stringify(call)], {type: "application/json"});
}

export const replyDesk = {
    dependencies: ["orm"],
    start(env, services) {
        const desk = new ReplyDesk(services);
        desk.setup();
        return desk;
    },
};

registry.category("services").add("routing_reply", replyDesk);
