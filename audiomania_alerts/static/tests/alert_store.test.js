import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {Deferred, advanceTime, freezeTime, mockDate, tick} from "@odoo/hoot-mock";
import {defineAlertModels, makeItem, makeState} from "./alert_test_helpers";
import {
    AlertStore,
    LONGEST_PAUSE,
} from "@audiomania_alerts/alert_store/alert_store.esm";
import {ConnectionLostError} from "@web/core/network/rpc";
import {EventBus} from "@odoo/owl";
import {makeMockEnv} from "@web/../tests/web_test_helpers";

describe.current.tags("headless");
defineAlertModels();

let answer, bus, orm, store;

beforeEach(async () => {
    await makeMockEnv();
    expect.verifySteps(["get_state"]);
    bus = new EventBus();
    bus.subscribe = () => expect.step("subscribe");
    bus.start = () => expect.step("start");
    answer = () => makeState();
    orm = {
        call: async (model, method, args) => {
            expect.step(args ? `${method} ${args[0]}` : method);
            return answer(method);
        },
        get silent() {
            return this;
        },
    };
    store = new AlertStore({
        bus_service: bus,
        orm,
        action: {doAction: () => undefined},
    });
});

test("subscribes and fetches the absolute state at its start", async () => {
    answer = () => makeState(7, [makeItem(1), makeItem(2, {unseen: false})]);
    store.setup();
    await tick();
    expect.verifySteps(["subscribe", "start", "get_state"]);
    expect(store.version).toBe(7);
    expect(store.unseen).toBe(1);
    expect(store.items.map((item) => item.id)).toEqual([1, 2]);
});

test("a message that is newer counts at once, and the state is fetched", async () => {
    store.insert(makeState(3));
    answer = () => makeState(4, [makeItem(1)]);
    store.onChanged({version: 4, unseen: 1, delivery_ids: [1]});
    expect(store.unseen).toBe(1);
    await tick();
    expect.verifySteps(["get_state"]);
    expect(store.items).toHaveLength(1);
});

test("a message that is as old as the state, or older, is dropped", async () => {
    store.insert(makeState(3, [makeItem(1)]));
    store.onChanged({version: 3, unseen: 9, delivery_ids: [1]});
    store.onChanged({version: 2, unseen: 9, delivery_ids: [1]});
    await tick();
    expect.verifySteps([]);
    expect(store.unseen).toBe(1);
});

test("an answer that is older than a message is dropped and asked for again", async () => {
    store.insert(makeState(3));
    const slow = new Deferred();
    answer = () => slow;
    store.fetch();
    store.onChanged({version: 5, unseen: 2, delivery_ids: []});
    answer = () => makeState(5, [makeItem(1), makeItem(2)]);
    slow.resolve(makeState(4, [makeItem(1)]));
    await store.fetching;
    expect.verifySteps(["get_state", "get_state"]);
    expect(store.version).toBe(5);
    expect(store.items).toHaveLength(2);
});

test("many messages at once lead to one more request, not to many", async () => {
    const slow = new Deferred();
    answer = () => slow;
    store.fetch();
    for (let version = 1; version < 20; version++) {
        store.onChanged({version, unseen: version, delivery_ids: []});
    }
    answer = () => makeState(19);
    slow.resolve(makeState(0));
    await store.fetching;
    expect.verifySteps(["get_state", "get_state"]);
});

test("in a storm all is counted at once, and the list is fetched now and then", async () => {
    freezeTime();
    let asked = 0;
    orm.call = async () => {
        asked++;
        return answer();
    };
    for (let version = 1; version <= 100; version++) {
        answer = () => ({...makeState(version, [makeItem(version)]), unseen: version});
        store.onChanged({version, unseen: version, delivery_ids: [version]});
        expect(store.unseen).toBe(version);
        await advanceTime(200);
    }
    await advanceTime(LONGEST_PAUSE);
    expect(store.version).toBe(100);
    expect(store.items.map((item) => item.id)).toEqual([100]);
    expect(asked).toBeWithin(3, 9);
});

test("a connection that is back fetches the absolute state", async () => {
    store.setup();
    await tick();
    answer = () => makeState(9, [makeItem(1)]);
    bus.trigger("BUS:RECONNECT");
    await tick();
    expect.verifySteps(["subscribe", "start", "get_state", "get_state"]);
    expect(store.unseen).toBe(1);
});

test("a lost connection breaks nothing", async () => {
    store.insert(makeState(3, [makeItem(1)]));
    answer = () => Promise.reject(new ConnectionLostError("/web"));
    await store.fetch();
    expect.verifySteps(["get_state"]);
    expect(store.unseen).toBe(1);
});

test("a snoozed alert is fetched at its moment", async () => {
    mockDate("2026-03-02 09:00:00", 0);
    store.insert(makeState(1, [], "2026-03-02 10:00:00"));
    await advanceTime(59 * 60 * 1000);
    expect.verifySteps([]);
    answer = () => makeState(1, [makeItem(1)]);
    await advanceTime(61 * 1000);
    expect.verifySteps(["get_state"]);
    expect(store.unseen).toBe(1);
});

test("groups stand in the order of their severity", () => {
    store.insert(
        makeState(1, [
            makeItem(1, {severity: "danger"}),
            makeItem(2, {severity: "warning"}),
            makeItem(3, {severity: "danger"}),
        ])
    );
    expect(store.groups.map((group) => group.severity)).toEqual(["danger", "warning"]);
    expect(store.groups[0].types[0].items.map((item) => item.id)).toEqual([1, 3]);
});

test("done is sent and the state is fetched", async () => {
    store.insert(makeState(1, [makeItem(4)]));
    answer = () => makeState(2);
    await store.done(store.items[0]);
    expect.verifySteps(["action_done 4", "get_state"]);
    expect(store.items).toHaveLength(0);
});

test("a page that slept long fetches when it is looked at again", async () => {
    mockDate("2026-03-02 09:00:00", 0);
    store.setup();
    await tick();
    expect.verifySteps(["subscribe", "start", "get_state"]);
    store.onVisibilityChange();
    expect.verifySteps([]);
    mockDate("2026-03-02 09:06:00", 0);
    answer = () => makeState(9, [makeItem(1)]);
    store.onVisibilityChange();
    await tick();
    expect.verifySteps(["get_state"]);
    expect(store.unseen).toBe(1);
});

test("a page notices that it is looked at again", async () => {
    store.onVisibilityChange = () => expect.step("visible");
    store.setup();
    await tick();
    expect.verifySteps(["subscribe", "start", "get_state"]);
    document.dispatchEvent(new Event("visibilitychange"));
    expect.verifySteps(["visible"]);
});

test("the next page continues the list", async () => {
    store.insert({...makeState(3, [makeItem(2)]), after: [2]});
    answer = () => ({version: 3, items: [makeItem(1)], after: false});
    await store.loadMore();
    expect(store.items.map((item) => item.id)).toEqual([2, 1]);
    await store.loadMore();
    expect.verifySteps(["get_page 2"]);
});

test("a page of another version is not appended: all is fetched again", async () => {
    store.insert({...makeState(3, [makeItem(2)]), after: [2]});
    answer = (method) =>
        method === "get_page"
            ? {version: 4, items: [makeItem(1)], after: false}
            : makeState(4, [makeItem(7)]);
    await store.loadMore();
    expect.verifySteps(["get_page 2", "get_state"]);
    expect(store.items.map((item) => item.id)).toEqual([7]);
});

test("news are what became unseen or was reported again, and not at the start", () => {
    const news = [];
    store.newsListeners.push((items) => news.push(items.map((item) => item.id)));
    store.insert(makeState(1, [makeItem(1)]));
    expect(news).toEqual([]);
    store.insert(makeState(2, [makeItem(2), makeItem(1)]));
    store.insert(makeState(3, [makeItem(2), makeItem(1, {count: 2})]));
    store.insert(makeState(4, [makeItem(2, {unseen: false}), makeItem(1, {count: 2})]));
    expect(news).toEqual([[2], [1]]);
});

test("of a row with several alerts the rest is no news when one is done", () => {
    const news = [];
    store.newsListeners.push((items) => news.push(items.map((item) => item.id)));
    store.insert(makeState(1, [makeItem(3, {ids: [3, 2], count: 2})]));
    store.insert(makeState(2, [makeItem(2, {ids: [2], count: 1})]));
    expect(news).toEqual([]);
    store.insert(makeState(3, [makeItem(2, {ids: [2, 4], count: 2})]));
    expect(news).toEqual([[2]]);
});
