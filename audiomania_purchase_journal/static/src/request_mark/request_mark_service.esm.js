import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";

export const CHANGED = "purchase_journal/changed";
const MARK = "purchase_request_mark";
// A burst of changes is read at once; nobody waits longer than this for the first.
export const GATHER_FOR = 250;

/**
 * Keeps the marks of open order lines up to date: the bus names lines that changed,
 * and the marks of those on the screen are read again, all in one request. What
 * changes while a request runs is read by the next one.
 */
export const requestMarkService = {
    dependencies: ["bus_service", "orm"],

    start(_env, {bus_service: bus, orm}) {
        const watchers = new Map();
        const changed = new Set();
        // What was typed and not sent stays while the page does: {request: text}.
        const drafts = new Map();
        const followed = new Map();
        let timer = null;
        let reading = false;

        async function read(lineIds) {
            // A search leaves out what was deleted, or may no longer be read.
            const lines = await orm.silent.searchRead(
                "sale.order.line",
                [["id", "in", lineIds]],
                [MARK]
            );
            for (const line of lines) {
                for (const callback of watchers.get(line.id) || []) {
                    callback(line[MARK]);
                }
            }
        }

        async function readChanged() {
            const lineIds = [...changed].filter((id) => watchers.has(id));
            timer = null;
            changed.clear();
            if (!lineIds.length) {
                return;
            }
            reading = true;
            try {
                await read(lineIds);
            } finally {
                reading = false;
                readSoon([]);
            }
        }

        function readSoon(lineIds) {
            lineIds.forEach((id) => changed.add(id));
            if (changed.size && !timer && !reading) {
                timer = browser.setTimeout(readChanged, GATHER_FOR);
            }
        }

        /** Hear of the order that is open, also as neither its salesperson nor who asked. */
        function follow(orderId) {
            const channel = `purchase_journal.order_${orderId}`;
            const count = followed.get(channel) || 0;
            followed.set(channel, count + 1);
            if (!count) {
                bus.addChannel(channel);
            }
            return () => {
                const left = followed.get(channel) - 1;
                followed.set(channel, left);
                if (!left) {
                    bus.deleteChannel(channel);
                }
            };
        }

        function watch(lineId, callback) {
            const callbacks = watchers.get(lineId) || new Set();
            watchers.set(lineId, callbacks.add(callback));
            return () => {
                callbacks.delete(callback);
                if (!callbacks.size && watchers.get(lineId) === callbacks) {
                    watchers.delete(lineId);
                }
            };
        }

        bus.subscribe(CHANGED, ({line_ids}) => readSoon(line_ids));
        // What was sent while the connection was down is lost.
        bus.addEventListener("BUS:RECONNECT", () => readSoon([...watchers.keys()]));
        return {watch, follow, drafts};
    },
};

registry.category("services").add("purchase_request_mark", requestMarkService);
