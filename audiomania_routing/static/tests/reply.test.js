import {
    contains,
    defineModels,
    fields,
    getService,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {advanceTime, animationFrame, mockSendBeacon} from "@odoo/hoot-mock";
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {browser} from "@web/core/browser/browser";
import {confirmDoubts} from "@audiomania_routing/reply/reply_doubts.esm";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {fillPlaceholders} from "@audiomania_routing/reply/composer_patch.esm";
import {queryAllTexts, queryOne} from "@odoo/hoot-dom";

class Composer extends models.Model {
    _name = "a.composer";
    model = fields.Char();
    res_ids = fields.Char();
    _records = [{id: 1, model: "helpdesk.ticket", res_ids: "[7]"}];
    _views = {
        form: `
            <form>
                <field name="model" invisible="1"/>
                <field name="res_ids" invisible="1"/>
                <widget name="reply_panel"/>
            </form>`,
    };
}

defineMailModels();
defineModels([Composer]);

describe.current.tags("desktop");

const NOTHING = {public: false, questions: [], lines: [], seen: "now"};
let facts = {};

beforeEach(() => {
    facts = {
        public: "Public: press@paper.example will read the answer, too.",
        questions: [
            {id: 1, text: "Is it loud?", done: false, by: ""},
            {id: 2, text: "Is it green?", done: true, by: "Anna"},
        ],
        contact: {sentence: "Petr would rather hear by telephone.", phone: "+7 495"},
        promise: {
            choices: [{at: "2031-03-06 15:00:00", label: "Thursday"}],
            waits: [{ref: "request,3", label: "the buyer's word"}],
            last: "2031-03-20 15:00:00",
            current: false,
        },
        hold: 5,
        placeholders: {"{customer}": "Petr", "{order}": ""},
    };
    onRpc("helpdesk.ticket", "get_reply_facts", ({args}) => {
        expect(args).toEqual([7]);
        return facts;
    });
    onRpc("helpdesk.inquiry.question", "action_tick", ({args}) => {
        expect.step(`tick ${JSON.stringify(args)}`);
        return true;
    });
});

async function open() {
    await mountView({type: "form", resModel: "a.composer", resId: 1});
    await animationFrame();
    return getService("routing_reply");
}

test("who else reads it, and by which way he would rather hear, is shown", async () => {
    await open();
    expect(".o_reply_public").toHaveText(/press@paper\.example/);
    expect(".o_reply_public").toHaveAttribute("role", "alert");
    expect(".o_reply_contact").toHaveText(/rather hear by telephone/);
    expect(".o_reply_contact a").toHaveAttribute("href", "tel:+7 495");
});

test("what is neither public nor asked shows nothing", async () => {
    Object.assign(facts, {
        public: false,
        questions: [],
        contact: false,
        promise: false,
    });
    await open();
    expect(".o_reply_public, .o_reply_contact, fieldset, select").toHaveCount(0);
});

test("questions of the letter are ticked by hand", async () => {
    await open();
    expect("legend").toHaveText(/1 of 2/);
    expect(queryAllTexts(".o_reply_question")).toEqual(["Is it loud?", "Is it green?"]);
    await contains(".o_reply_question:first input").click();
    expect.verifySteps(["tick [[1],true]"]);
    expect("legend").toHaveText(/2 of 2/);
});

test("what is ticked while the list is fetched again stays ticked", async () => {
    const desk = await open();
    const fetched = desk.load(7);
    await contains(".o_reply_question:first input").click();
    expect.verifySteps(["tick [[1],true]"]);
    await fetched;
    await animationFrame();
    expect("legend").toHaveText(/2 of 2/);
});

test("a promise is chosen, and goes with the reply until it has left", async () => {
    const desk = await open();
    expect(desk.getPromise(7)).toBe(null);
    await contains("select").select("2031-03-06 15:00:00");
    expect(desk.getPromise(7)).toEqual({
        until: "2031-03-06 15:00:00",
        waits_ref: false,
    });
    expect(".o_reply_promised").toHaveText(/stays open until/);
    await contains("select").select("request,3");
    expect(desk.getPromise(7)).toEqual({until: false, waits_ref: "request,3"});
    await contains("select").select("");
    expect(desk.getPromise(7)).toBe(null);
    await contains("select").select("2031-03-06 15:00:00");
    desk.noteSent(7);
    expect(desk.getPromise(7)).toBe(null);
});

test("another moment is promised by the clock of its writer", async () => {
    const desk = await open();
    await contains("select").select("other");
    expect(desk.getPromise(7)).toBe(null);
    const input = queryOne("input[type=datetime-local]");
    input.value = "2031-03-07T12:00";
    input.dispatchEvent(new Event("change"));
    const until = luxon.DateTime.fromISO("2031-03-07T12:00")
        .toUTC()
        .toFormat("yyyy-MM-dd HH:mm:ss");
    expect(desk.getPromise(7).until).toBe(until);
});

test("a reply is held for some seconds, and Undo keeps it", async () => {
    const desk = await open();
    const held = desk.hold(7, 5, {params: {}, draft: "a-draft"});
    await animationFrame();
    expect(".o_reply_held").toHaveText(/Leaves in 5 s/);
    await advanceTime(2000);
    await animationFrame();
    expect(".o_reply_held").toHaveText(/Leaves in 3 s/);
    await contains(".o_reply_undo").click();
    expect(await held).toBe(false);
    expect(".o_reply_held").toHaveCount(0);
});

test("after its seconds it leaves; at once where the company wants it so", async () => {
    const desk = await open();
    expect(await desk.hold(7, 0)).toBe(true);
    const held = desk.hold(7, 5);
    await advanceTime(5000);
    expect(await held).toBe(true);
    const now = desk.hold(7, 5);
    await animationFrame();
    await contains(".o_reply_send_now").click();
    expect(await now).toBe(true);
});

test("a reply leaves when the tab is closed while it is held", async () => {
    const desk = await open();
    mockSendBeacon((url, body) => {
        expect.step(`${url} ${body.type}`);
        return true;
    });
    browser.localStorage.setItem("a-draft", "a draft");
    desk.hold(7, 5, {params: {thread_id: 7}, draft: "a-draft"});
    window.dispatchEvent(new Event("pagehide"));
    expect.verifySteps(["/mail/message/post application/json"]);
    expect(browser.localStorage.getItem("a-draft")).toBe(null);
    window.dispatchEvent(new Event("pagehide"));
    expect.verifySteps([]);
});

test("what cannot leave by itself asks before the tab is closed", async () => {
    const desk = await open();
    const leave = () => {
        const ev = new Event("beforeunload", {cancelable: true});
        desk.warn(ev);
        return ev.defaultPrevented;
    };
    expect(leave()).toBe(false);
    desk.hold(7, 5);
    expect(leave()).toBe(true);
    desk.undo(7);
    expect(leave()).toBe(false);
    desk.hold(7, 5, {params: {body: "Yes."}});
    expect(leave()).toBe(false);
    desk.undo(7);
    desk.hold(7, 5, {params: {body: "Yes.".repeat(20000)}});
    expect(leave()).toBe(true);
    desk.undo(7);
});

test("all doubts are asked in one dialog", async () => {
    await open();
    const dialogs = getService("dialog");
    expect(await confirmDoubts(dialogs, NOTHING)).toBe(true);
    const doubts = {
        public: "Everybody reads it",
        questions: ["Is it loud?", "Is it green?"],
        lines: ["Boris at 10:02: In blue"],
        seen: "now",
    };
    for (const [button, answer] of [
        ["Back to my answer", false],
        ["Send all the same", true],
    ]) {
        const asked = confirmDoubts(dialogs, doubts);
        await animationFrame();
        expect(".modal").toHaveCount(1);
        expect(".modal .o_reply_public").toHaveText("Everybody reads it");
        expect(".modal .o_routing_news").toHaveText(/In blue/);
        expect(".modal .o_reply_open").toHaveText(/2 questions are not ticked/);
        await contains(`.modal button:contains(${button})`).click();
        expect(await asked).toBe(answer);
    }
});

test("who promises more is not asked for questions that are open", async () => {
    onRpc("helpdesk.ticket", "get_reply_doubts", () => ({
        ...NOTHING,
        questions: ["Is it loud?"],
    }));
    const desk = await open();
    expect((await desk.fetchDoubts(7)).questions).toHaveLength(1);
    desk.setPromise(7, {key: "a", until: "2031-03-06 15:00:00"});
    expect((await desk.fetchDoubts(7)).questions).toHaveLength(0);
});

test("words in braces of an answer of frequent use are replaced", () => {
    expect(fillPlaceholders("{customer}, about {order}, {odd}", facts)).toBe(
        "Petr, about {order}, {odd}"
    );
});

test("where nobody may read it any more nothing stands beside it", async () => {
    onRpc("helpdesk.ticket", "get_reply_facts", () => {
        throw new Error("No access");
    });
    mockService("notification", {add: () => expect.step("noise")});
    await open();
    expect(".o_reply_panel").toHaveCount(1);
    expect(".o_reply_panel fieldset").toHaveCount(0);
    expect.verifySteps([]);
});
