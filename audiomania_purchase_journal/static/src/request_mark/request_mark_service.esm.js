import {registry} from "@web/core/registry";

export const CHANGED = "purchase_journal/changed";
const MARK = "purchase_request_mark";

/**
 * Keeps the marks of open order lines up to date: the bus names lines that changed,
 * and the marks of those on the screen are read again, all in one request.
 */
export const requestMarkService = {
    dependencies: ["bus_service", "orm"],

    start(_env, {bus_service: bus, orm}) {
        const watchers = new Map();

        async function refresh(lineIds) {
            const watched = lineIds.filter((id) => watchers.has(id));
            if (!watched.length) {
                return;
            }
            // A search leaves out what was deleted, or may no longer be read.
            const lines = await orm.silent.searchRead(
                "sale.order.line",
                [["id", "in", watched]],
                [MARK]
            );
            for (const line of lines) {
                for (const callback of watchers.get(line.id) || []) {
                    callback(line[MARK]);
                }
            }
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

        bus.subscribe(CHANGED, ({line_ids}) => refresh(line_ids));
        // What was sent while the connection was down is lost.
        bus.addEventListener("BUS:RECONNECT", () => refresh([...watchers.keys()]));
        return {watch};
    },
};

registry.category("services").add("purchase_request_mark", requestMarkService);
