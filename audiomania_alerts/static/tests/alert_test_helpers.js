import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {MockServer, defineModels, models} from "@web/../tests/web_test_helpers";
import {NOTIFICATION, PAGE} from "@audiomania_alerts/alert_store/alert_store.esm";
import {beforeEach, expect} from "@odoo/hoot";

/** What the server holds; {@link setServerState} changes it. */
const server = {state: makeState()};

/** The server side of the toolbar. Each call is a step of the test. */
export class AlertDelivery extends models.Model {
    _name = "alert.delivery";

    get_state({limit = PAGE} = {}) {
        expect.step("get_state");
        const items = server.state.items.slice(0, limit);
        const hasMore = items.length < server.state.items.length;
        return {...server.state, items, after: hasMore && [items.length]};
    }

    get_page([start]) {
        expect.step(`get_page ${start}`);
        const items = server.state.items.slice(start, start + PAGE);
        const end = start + items.length;
        return {
            version: server.state.version,
            items,
            after: end < server.state.items.length && [end],
        };
    }

    action_seen(ids) {
        expect.step(`seen ${ids}`);
        const isSeen = (item) => ids.includes(item.id);
        change(
            server.state.items.map((item) =>
                isSeen(item) ? {...item, unseen: false} : item
            )
        );
        return true;
    }

    action_done(ids) {
        expect.step(`done ${ids}`);
        change(server.state.items.filter((item) => !ids.includes(item.id)));
        return true;
    }

    action_snooze(ids, {until} = {}) {
        expect.step(until ? `snooze ${ids} until ${until}` : `snooze ${ids}`);
        change(server.state.items.filter((item) => !ids.includes(item.id)));
        return true;
    }

    action_snooze_tomorrow(ids) {
        expect.step(`snooze ${ids} tomorrow`);
        change(server.state.items.filter((item) => !ids.includes(item.id)));
        return true;
    }

    action_mute(ids) {
        expect.step(`mute ${ids}`);
        server.muted = server.state.items;
        const [{type_id: typeId}] = server.state.items.filter((item) =>
            ids.includes(item.id)
        );
        change(server.state.items.filter((item) => item.type_id !== typeId));
        return true;
    }

    action_unmute(ids) {
        expect.step(`unmute ${ids}`);
        change(server.muted);
        return true;
    }

    action_open(ids) {
        expect.step(`open ${ids}`);
        return {type: "ir.actions.client", tag: "test_alert_opened"};
    }
}

function change(items) {
    server.state = makeState(server.state.version + 1, items);
}

/** What opens the settings of the employee. */
export class AlertPreference extends models.Model {
    _name = "alert.preference";

    action_open_mine() {
        return {type: "ir.actions.client", tag: "test_alert_settings"};
    }
}

/** The models that a page with the toolbar item needs in a test. */
export function defineAlertModels() {
    defineMailModels();
    defineModels([AlertDelivery, AlertPreference]);
    beforeEach(() => {
        server.state = makeState();
    });
}

/** The answer of get_state with these items. */
export function makeState(version = 0, items = [], nextAt = false) {
    const unseen = items.filter((item) => item.unseen).length;
    return {
        version,
        unseen,
        total: items.length,
        next_at: nextAt,
        after: false,
        items,
    };
}

export function makeItem(id, values = {}) {
    return {
        id,
        ids: [id],
        type_id: 1,
        type: "A type",
        can_mute: true,
        title: `Title ${id}`,
        body: `Body ${id}`,
        hidden: false,
        record: "A record",
        severity: "info",
        must_do: false,
        unseen: true,
        count: 1,
        at: "2026-03-02 09:00:00",
        ...values,
    };
}

/** What the server holds from now on; the screen is not told. */
export function setServerState(version, items, nextAt) {
    server.state = makeState(version, items, nextAt);
}

/** A message of the bus to the page: own ids and counters. */
export function sendChanged(version, unseen) {
    const payload = {version, unseen, delivery_ids: []};
    MockServer.env["bus.bus"]._sendone("broadcast", NOTIFICATION, payload);
}
