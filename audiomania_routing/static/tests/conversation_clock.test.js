import {advanceTime, freezeTime, mockDate, tick} from "@odoo/hoot-mock";
import {
    CHANGED,
    ConversationClock,
    GATHER,
    LONGEST_PAUSE,
    MARGIN,
    NAP,
    PAUSE,
    QUEUE_CHANGED,
    SCATTER,
} from "@audiomania_routing/conversation_clock/conversation_clock.esm";
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {
    MockServer,
    contains,
    defineModels,
    fields,
    getService,
    makeMockServer,
    models,
    mountView,
    onRpc,
    toggleMenuItem,
    toggleSearchBarMenu,
} from "@web/../tests/web_test_helpers";
import {EventBus} from "@odoo/owl";
import {ConnectionLostError} from "@web/core/network/rpc";
import {animationFrame, scroll} from "@odoo/hoot-dom";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const NEAR = 15 * MINUTE;
const REFRESH = 10 * MINUTE;
const TEN = "2025-03-03 10:00:00";

class Conversation extends models.Model {
    _name = "helpdesk.ticket";
    name = fields.Char();
    next_moment = fields.Datetime();
    ladder_text = fields.Char();
    is_handed_on = fields.Boolean();
    is_public = fields.Boolean();
    thanks_hint = fields.Char();
    queue = fields.Selection({
        selection: [
            ["mine", "Mine"],
            ["team", "My team's"],
        ],
    });
    _records = [
        {
            id: 1,
            name: "First",
            queue: "mine",
            ladder_text: "Anna alone",
            next_moment: "2025-03-03 12:00:00",
        },
        {
            id: 2,
            name: "Second",
            queue: "mine",
            next_moment: false,
            is_public: true,
        },
    ];
    _views = {
        list: `<list js_class="conversation_list"><field name="name"/></list>`,
        form: `
            <form js_class="conversation_form">
                <field name="name"/>
                <field name="next_moment"/>
                <field name="ladder_text"/>
            </form>`,
    };
}

defineMailModels();
defineModels([Conversation]);
describe.current.tags("desktop");

/** What the server answers: the moment after each. */
let at = false;
let now = TEN;

function serve() {
    onRpc("helpdesk.ticket", "get_next_moment", () => {
        expect.step("ask");
        return {now, at, near: NEAR / SECOND};
    });
    onRpc("helpdesk.ticket", "web_search_read", () => {
        expect.step("fetch");
    });
}

function quiet() {
    onRpc("helpdesk.ticket", "get_next_moment", () => ({
        now,
        at: false,
        near: NEAR / SECOND,
    }));
}

beforeEach(() => {
    at = false;
    now = TEN;
    mockDate(TEN, 0);
});

// The clock alone

/** Time passes only where a test says so, however busy the machine is. */
function makeClock(answer) {
    freezeTime();
    const bus = new EventBus();
    const heard = {};
    bus.subscribe = (name, listener) => {
        heard[name] = listener;
    };
    bus.push = (payload) => heard[CHANGED](payload);
    bus.change = () => heard[QUEUE_CHANGED]({});
    bus.start = () => undefined;
    const orm = {
        call: async () => {
            expect.step("ask");
            return {near: NEAR / SECOND, ...answer()};
        },
        get silent() {
            return this;
        },
    };
    const clock = new ConversationClock({bus_service: bus, orm});
    clock.setup();
    return {clock, bus};
}

test("with nobody looking it asks nothing", async () => {
    const {bus} = makeClock(() => ({now: TEN, at: false}));
    bus.push({now: TEN, at: "2025-03-03 10:00:10"});
    await advanceTime(MINUTE);
    expect.verifySteps([]);
});

test("it asks once, and again only after the moment", async () => {
    const answers = ["2025-03-03 10:05:00", false];
    const {clock} = makeClock(() => ({now: TEN, at: answers.shift()}));
    clock.watch(() => expect.step("fetch"));
    await tick();
    expect.verifySteps(["ask"]);
    await advanceTime(5 * MINUTE - SECOND);
    expect.verifySteps([]);
    await advanceTime(SECOND + MARGIN);
    expect.verifySteps(["fetch", "ask"]);
    await advanceTime(REFRESH - NAP);
    expect.verifySteps([]);
});

test("it asks again in time for moments of which it hears nothing", async () => {
    const answers = [false, "2025-03-03 10:15:00", false];
    const {clock} = makeClock(() => {
        const time = luxon.DateTime.utc().toFormat("yyyy-MM-dd HH:mm:ss");
        return {now: time, at: answers.shift()};
    });
    clock.watch(() => expect.step("fetch"));
    await tick();
    expect.verifySteps(["ask"]);
    await advanceTime(REFRESH - SECOND);
    expect.verifySteps([]);
    await advanceTime(SECOND);
    expect.verifySteps(["ask"]);
    await advanceTime(5 * MINUTE + MARGIN);
    expect.verifySteps(["fetch", "ask"]);
});

test("what is near is said by the server", async () => {
    const {clock} = makeClock(() => ({now: TEN, at: false, near: 3 * 60}));
    clock.watch(() => expect.step("fetch"));
    await tick();
    expect.verifySteps(["ask"]);
    await advanceTime(2 * MINUTE - SECOND);
    expect.verifySteps([]);
    await advanceTime(SECOND);
    expect.verifySteps(["ask"]);
});

test("two screens ask once, and both fetch", async () => {
    const answers = ["2025-03-03 10:00:05", false];
    const {clock} = makeClock(() => ({now: TEN, at: answers.shift()}));
    clock.watch(() => expect.step("first"));
    clock.watch(() => expect.step("second"));
    await tick();
    await advanceTime(5 * SECOND + MARGIN);
    expect.verifySteps(["ask", "first", "second", "ask"]);
});

test("a screen that is left fetches no more", async () => {
    const {clock} = makeClock(() => ({now: TEN, at: "2025-03-03 10:00:05"}));
    const end = clock.watch(() => expect.step("fetch"));
    await tick();
    end();
    await advanceTime(MINUTE);
    expect.verifySteps(["ask"]);
});

test("a moment that is pushed counts when it comes first", async () => {
    const answers = ["2025-03-03 10:00:50", false];
    const {clock, bus} = makeClock(() => ({now: TEN, at: answers.shift()}));
    clock.watch(() => expect.step("fetch"));
    await tick();
    bus.push({now: TEN, at: "2025-03-03 10:00:10"});
    bus.push({now: TEN, at: "2025-03-03 10:00:30"});
    await advanceTime(10 * SECOND + MARGIN);
    expect.verifySteps(["ask", "fetch", "ask"]);
});

test("the clock of the server counts, however wrong the browser's is", async () => {
    const answers = ["2025-03-03 09:00:05", false];
    const {clock} = makeClock(() => ({
        now: "2025-03-03 09:00:00",
        at: answers.shift(),
    }));
    clock.watch(() => expect.step("fetch"));
    await tick();
    expect.verifySteps(["ask"]);
    await advanceTime(5 * SECOND + MARGIN);
    expect.verifySteps(["fetch", "ask"]);
});

test("after a sleep it fetches as soon as the page is looked at", async () => {
    const answers = ["2025-03-03 11:00:00", false];
    const {clock} = makeClock(() => ({now: TEN, at: answers.shift()}));
    clock.watch(() => expect.step("fetch"));
    await tick();
    expect.verifySteps(["ask"]);
    mockDate("2025-03-03 12:00:00", 0);
    document.dispatchEvent(new Event("visibilitychange"));
    await tick();
    await tick();
    expect.verifySteps(["fetch", "ask"]);
});

test("a page that was hidden shows what became visible meanwhile", async () => {
    // the moment was set after it was hidden, and too far away to be sent
    const {clock} = makeClock(() => ({now: TEN, at: false}));
    clock.watch(() => expect.step("fetch"));
    await tick();
    expect.verifySteps(["ask"]);
    for (const [time, steps] of [
        ["2025-03-03 10:14:00", ["ask"]],
        ["2025-03-03 11:30:00", ["fetch", "ask"]],
        ["2025-03-03 09:00:00", ["fetch", "ask"]],
    ]) {
        mockDate(time, 0);
        document.dispatchEvent(new Event("visibilitychange"));
        await tick();
        await tick();
        expect.verifySteps(steps);
    }
});

test("what is not answered is asked again soon", async () => {
    let online = false;
    const {clock} = makeClock(() => {
        if (!online) {
            throw new ConnectionLostError("offline");
        }
        return {now: TEN, at: false};
    });
    clock.watch(() => expect.step("fetch"));
    await tick();
    online = true;
    await advanceTime(NAP);
    await tick();
    expect.verifySteps(["ask", "ask"]);
    for (let nap = 0; nap < 3; nap++) {
        await advanceTime(NAP);
        await tick();
    }
    expect.verifySteps([]);
});

test("after a sleep during which nothing was sent it fetches as well", async () => {
    const {clock, bus} = makeClock(() => ({now: TEN, at: false}));
    clock.watch(() => expect.step("fetch"));
    await tick();
    bus.trigger("BUS:RECONNECT");
    await tick();
    await tick();
    expect.verifySteps(["ask", "fetch", "ask"]);
});

test("offline it waits for the next connection", async () => {
    let answer = () => {
        throw new ConnectionLostError("offline");
    };
    const {clock, bus} = makeClock(() => answer());
    clock.watch(() => expect.step("fetch"));
    await tick();
    expect.verifySteps(["ask"]);
    answer = () => ({now: TEN, at: false});
    bus.trigger("BUS:RECONNECT");
    await tick();
    await tick();
    expect.verifySteps(["fetch", "ask"]);
});

test("what changes is fetched within a second", async () => {
    const {clock, bus} = makeClock(() => ({now: TEN, at: false}));
    clock.watch(() => expect.step("fetch"));
    await tick();
    bus.change();
    await advanceTime(GATHER - 10);
    expect.verifySteps(["ask"]);
    await advanceTime(SCATTER + 20);
    expect.verifySteps(["fetch"]);
});

test("a burst of 200 letters in five seconds makes a few requests", async () => {
    const {clock, bus} = makeClock(() => ({now: TEN, at: false}));
    let fetched = 0;
    clock.watch(() => {
        fetched++;
    });
    await tick();
    expect.verifySteps(["ask"]);
    for (let second = 0; second < 5; second++) {
        for (let letter = 0; letter < 40; letter++) {
            bus.change();
        }
        await advanceTime(SECOND);
    }
    await advanceTime(LONGEST_PAUSE);
    expect(fetched).toBeWithin(2, 5);
    const before = fetched;
    await advanceTime(MINUTE);
    expect(fetched).toBe(before);
});

test("what changes while it is fetched is fetched after a pause", async () => {
    const {clock, bus} = makeClock(() => ({now: TEN, at: false}));
    let finish = null;
    clock.watch(() => {
        expect.step("fetch");
        return new Promise((resolve) => {
            finish = resolve;
        });
    });
    bus.change();
    await advanceTime(GATHER + SCATTER);
    expect.verifySteps(["ask", "fetch"]);
    bus.change();
    bus.change();
    await advanceTime(MINUTE);
    expect.verifySteps([]);
    finish();
    await tick();
    await tick();
    await advanceTime(PAUSE + SCATTER);
    expect.verifySteps(["fetch"]);
});

test("a screen that nobody looks at fetches nothing that changes", async () => {
    const {clock, bus} = makeClock(() => ({now: TEN, at: false}));
    const end = clock.watch(() => expect.step("fetch"));
    await tick();
    bus.change();
    end();
    await advanceTime(MINUTE);
    expect.verifySteps(["ask"]);
});

test("a screen that is left while it fetches keeps no other one waiting", async () => {
    const {clock, bus} = makeClock(() => ({now: TEN, at: false}));
    const leave = clock.watch(() => new Promise(() => undefined));
    clock.watch(() => expect.step("fetch"));
    await tick();
    bus.change();
    await advanceTime(GATHER + SCATTER);
    expect.verifySteps(["ask", "fetch"]);
    bus.change();
    leave();
    await tick();
    await tick();
    await advanceTime(PAUSE + SCATTER);
    expect.verifySteps(["fetch"]);
});

test("a fetch that fails is tried again at the next change", async () => {
    const {clock, bus} = makeClock(() => ({now: TEN, at: false}));
    let online = false;
    clock.watch(() => {
        expect.step("fetch");
        if (!online) {
            throw new ConnectionLostError("offline");
        }
    });
    bus.change();
    await advanceTime(GATHER + SCATTER);
    online = true;
    bus.change();
    await advanceTime(PAUSE + SCATTER);
    expect.verifySteps(["ask", "fetch", "fetch"]);
});

// On the screen

test("the list shows what becomes visible, and keeps what is selected", async () => {
    serve();
    at = "2025-03-03 10:00:10";
    await mountView({type: "list", resModel: "helpdesk.ticket"});
    expect.verifySteps(["fetch", "ask"]);
    await contains(".o_data_row:eq(1) .o_list_record_selector input").click();
    MockServer.env["helpdesk.ticket"].create({name: "Third"});
    at = false;
    await advanceTime(10 * SECOND + MARGIN);
    await animationFrame();
    expect.verifySteps(["fetch", "ask"]);
    expect(".o_data_row").toHaveCount(3);
    expect(".o_data_row:eq(1) .o_list_record_selector input").toBeChecked();
    expect(".o_data_row:eq(0) .o_list_record_selector input").not.toBeChecked();
});

/** A list whose answers wait until they are let go. */
async function mountSlowList() {
    at = "2025-03-03 10:00:10";
    onRpc("helpdesk.ticket", "get_next_moment", () => ({now, at, near: NEAR / SECOND}));
    const held = [];
    const gate = {isShut: false, open: () => held.splice(0).forEach((go) => go())};
    onRpc("helpdesk.ticket", "web_search_read", async ({kwargs}) => {
        expect.step(kwargs.domain.length ? "search" : "fetch");
        if (gate.isShut) {
            await new Promise((resolve) => held.push(resolve));
        }
    });
    await mountView({
        type: "list",
        resModel: "helpdesk.ticket",
        arch: Conversation._views.list,
        searchViewArch: `
            <search>
                <filter name="second" string="Named Second"
                    domain="[('name', '=', 'Second')]"/>
            </search>`,
    });
    expect.verifySteps(["fetch"]);
    await toggleSearchBarMenu();
    gate.isShut = true;
    return gate;
}

async function letGo(gate) {
    gate.isShut = false;
    gate.open();
    await animationFrame();
    await animationFrame();
}

test("what changes while one searches does not undo the search", async () => {
    const gate = await mountSlowList();
    await toggleMenuItem("Named Second");
    expect.verifySteps(["search"]);
    at = false;
    await advanceTime(10 * SECOND + MARGIN);
    await animationFrame();
    expect.verifySteps([]);
    await letGo(gate);
    expect.verifySteps(["search"]);
    expect(".o_data_row").toHaveCount(1);
});

test("who searches while it fetches has a list that stays live", async () => {
    const gate = await mountSlowList();
    now = at;
    at = "2025-03-03 10:00:20";
    await advanceTime(10 * SECOND + MARGIN);
    await animationFrame();
    expect.verifySteps(["fetch"]);
    await toggleMenuItem("Named Second");
    await letGo(gate);
    expect.verifySteps(["search"]);
    expect(".o_data_row").toHaveCount(1);
    at = false;
    await advanceTime(11 * SECOND + MARGIN);
    await animationFrame();
    expect.verifySteps(["search"]);
    expect(".o_data_row").toHaveCount(1);
});

test("the list stays where it was scrolled to", async () => {
    serve();
    at = "2025-03-03 10:00:10";
    await makeMockServer();
    const more = Array.from({length: 78}, (_, i) => ({name: `No. ${i}`}));
    MockServer.env["helpdesk.ticket"].create(more);
    await mountView({type: "list", resModel: "helpdesk.ticket"});
    const renderer = document.querySelector(".o_list_renderer");
    renderer.style.height = "200px";
    renderer.style.overflow = "auto";
    await scroll(renderer, {y: 500});
    expect(renderer.scrollTop).toBe(500);
    at = false;
    await advanceTime(10 * SECOND + MARGIN);
    await animationFrame();
    expect.verifySteps(["fetch", "ask", "fetch", "ask"]);
    expect(document.querySelector(".o_list_renderer").scrollTop).toBe(500);
});

test("the headings count what becomes visible", async () => {
    serve();
    let count = 1;
    onRpc("helpdesk.ticket", "search_panel_select_range", () => {
        expect.step("count");
        return {
            parent_field: false,
            values: [{id: "mine", display_name: "Mine", __count: count}],
        };
    });
    at = "2025-03-03 10:00:10";
    await mountView({
        type: "list",
        resModel: "helpdesk.ticket",
        arch: Conversation._views.list,
        searchViewArch: `
            <search>
                <searchpanel><field name="queue" enable_counters="1"/></searchpanel>
            </search>`,
    });
    expect(".o_routing_tab[data-value=mine]").toHaveText("Mine1");
    expect(".o_routing_tab[data-value=all]").toHaveAttribute("aria-current", "page");
    count = 2;
    at = false;
    await advanceTime(10 * SECOND + MARGIN);
    await animationFrame();
    expect(".o_routing_tab[data-value=mine]").toHaveAttribute("aria-label", "Mine: 2");
    expect(".o_routing_tab[data-value=all] .badge").toHaveText("2");
    expect.verifySteps(["count", "fetch", "ask", "count", "fetch", "ask"]);
});

test("the conversation says who sees it from the moment on", async () => {
    serve();
    at = "2025-03-03 12:00:00";
    now = "2025-03-03 11:59:50";
    mockDate(now, 0);
    await mountView({type: "form", resModel: "helpdesk.ticket", resId: 1});
    expect(".o_field_widget[name=ladder_text] input").toHaveValue("Anna alone");
    MockServer.env["helpdesk.ticket"].write([1], {ladder_text: "Headphones now"});
    at = false;
    await advanceTime(10 * SECOND + MARGIN);
    await animationFrame();
    expect(".o_field_widget[name=ladder_text] input").toHaveValue("Headphones now");
    expect.verifySteps(["ask", "ask"]);
});

test("what is being written in the conversation is not lost", async () => {
    serve();
    at = "2025-03-03 12:00:00";
    now = "2025-03-03 11:59:50";
    mockDate(now, 0);
    await mountView({type: "form", resModel: "helpdesk.ticket", resId: 1});
    await contains(".o_field_widget[name=name] input").edit("Mine", {confirm: false});
    at = false;
    await advanceTime(10 * SECOND + MARGIN);
    await animationFrame();
    expect(".o_field_widget[name=name] input").toHaveValue("Mine");
    expect.verifySteps(["ask", "ask"]);
});

// Live: lists and cards

test("an opened group stays open, and what is selected in it selected", async () => {
    quiet();
    await mountView({
        type: "list",
        resModel: "helpdesk.ticket",
        arch: Conversation._views.list,
        groupBy: ["queue"],
    });
    await contains(".o_group_header:eq(0)").click();
    await contains(".o_data_row:eq(1) .o_list_record_selector input").click();
    MockServer.env["helpdesk.ticket"].create([
        {name: "Third", queue: "mine"},
        {name: "Fourth", queue: "team"},
    ]);
    await getService("conversation_clock").fetch();
    await animationFrame();
    expect(".o_group_header").toHaveCount(2);
    expect(".o_group_header:eq(0)").toHaveClass("o_group_open");
    expect(".o_data_row").toHaveCount(3);
    expect(".o_data_row:eq(1) .o_list_record_selector input").toBeChecked();
    expect(".o_data_row input:checked").toHaveCount(1);
});

test("the keyboard stays on its row, and goes to the next when that goes", async () => {
    quiet();
    await mountView({type: "list", resModel: "helpdesk.ticket"});
    const focused = () => document.activeElement.closest("tr").textContent.trim();
    document.querySelector(".o_data_row:nth-child(2) input").focus();
    expect(focused()).toBe("Second");
    MockServer.env["helpdesk.ticket"].create({name: "Third"});
    await getService("conversation_clock").fetch();
    await animationFrame();
    expect(focused()).toBe("Second");
    MockServer.env["helpdesk.ticket"].unlink([2]);
    await getService("conversation_clock").fetch();
    await animationFrame();
    expect(focused()).toBe("Third");
});

test("cards are live, folded columns stay folded", async () => {
    quiet();
    await mountView({
        type: "kanban",
        resModel: "helpdesk.ticket",
        arch: `
            <kanban js_class="conversation_kanban" default_group_by="queue">
                <templates><t t-name="card"><field name="name"/></t></templates>
            </kanban>`,
    });
    expect(".o_kanban_record:not(.o_kanban_ghost)").toHaveCount(2);
    MockServer.env["helpdesk.ticket"].create({name: "Third", queue: "mine"});
    await getService("conversation_clock").fetch();
    await animationFrame();
    expect(".o_kanban_record:not(.o_kanban_ghost)").toHaveCount(3);
});

test("a row that is public says so loudly, others say nothing", async () => {
    await mountView({
        type: "list",
        resModel: "helpdesk.ticket",
        arch: `
            <list>
                <field name="name" widget="conversation_subject"/>
            </list>`,
    });
    expect(".o_routing_public").toHaveCount(1);
    expect(".o_data_row:eq(1)").toHaveText(/public\s*Second/i);
});
