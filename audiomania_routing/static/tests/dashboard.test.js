import {Deferred, advanceTime, animationFrame, mockDate} from "@odoo/hoot-mock";
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {click, queryAllTexts, queryText} from "@odoo/hoot-dom";
import {
    getService,
    makeServerError,
    mockService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {PATIENCE} from "@audiomania_routing/dashboard/dashboard_block.esm";
import {LIVE_PAUSE, REFRESH} from "@audiomania_routing/dashboard/dashboard.esm";
import {WebClient} from "@web/webclient/webclient";
import {browser} from "@web/core/browser/browser";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

const ACTION = {type: "ir.actions.client", tag: "audiomania_routing.dashboard"};
const WAITING = ".o_routing_block[data-block=waiting]";
const TODAY = ".o_routing_block[data-block=today]";
const BLOCKS = ["waiting", "load", "today", "window", "marks"];

defineMailModels();
describe.current.tags("desktop");

/** What the server answers, by block; a function may hold or refuse. */
let answers = {};

function makeBlock(value, values = {}) {
    return {
        figures: [
            {
                key: "waits",
                label: "Waiting",
                value,
                formula: "How it is computed",
                level: "late",
                action: {type: "ir.actions.act_window", res_model: "helpdesk.ticket"},
            },
        ],
        columns: [],
        rows: [],
        note: "",
        ...values,
    };
}

function serve(block) {
    onRpc("helpdesk.dashboard", `get_${block}`, ({args}) => {
        expect.step(`${block} ${args[0]}`);
        return answers[block]?.() ?? makeBlock("1");
    });
}

beforeEach(() => {
    mockDate("2025-04-23 10:00:00", 0);
    answers = {};
    onRpc("helpdesk.ticket", "get_next_moment", () => ({
        now: "2025-04-23 10:00:00",
        at: false,
        near: 900,
    }));
    onRpc("helpdesk.dashboard", "get_scopes", () => [
        ["all", "All teams"],
        ["own", "My figures"],
    ]);
    BLOCKS.forEach(serve);
});

async function open() {
    await mountWithCleanup(WebClient);
    await getService("action").doAction(ACTION);
    await animationFrame();
}

test("the screen is painted before anything is answered, and no block waits for another", async () => {
    const slow = new Deferred();
    answers.waiting = () => slow;
    await open();
    expect(".o_routing_block").toHaveCount(5);
    expect(`${WAITING} .o_routing_skeleton`).toHaveCount(1);
    expect(`${WAITING}[aria-busy=true]`).toHaveCount(1);
    expect(`${TODAY} .o_routing_value`).toHaveText("1");
    slow.resolve(makeBlock("7"));
    await animationFrame();
    expect(`${WAITING} .o_routing_skeleton`).toHaveCount(0);
    expect(`${WAITING} .o_routing_value`).toHaveText("7");
    expect.verifySteps(BLOCKS.map((block) => `${block} false`));
});

test("a block that fails says so and can be asked again", async () => {
    answers.today = () => {
        throw makeServerError();
    };
    await open();
    expect(`${TODAY} [role=alert]`).toHaveCount(1);
    expect(`${WAITING} [role=alert]`).toHaveCount(0);
    expect(`${WAITING} .o_routing_value`).toHaveText("1");
    expect.verifySteps(BLOCKS.map((block) => `${block} false`));
    answers.today = () => makeBlock("3");
    await click(`${TODAY} [role=alert] button`);
    await animationFrame();
    expect(`${TODAY} [role=alert]`).toHaveCount(0);
    expect(`${TODAY} .o_routing_value`).toHaveText("3");
    expect.verifySteps(["today false"]);
});

test("who may read no figures is told whom they are for, and nothing is asked again", async () => {
    onRpc("helpdesk.dashboard", "get_scopes", () => {
        throw makeServerError({
            type: "AccessError",
            message: "Figures are for those who work with conversations.",
        });
    });
    await open();
    expect(".o_routing_refusal").toHaveText(/those who work with conversations/);
    expect(".o_routing_block").toHaveCount(0);
    expect.verifySteps(BLOCKS.map((block) => `${block} false`));
    await advanceTime(REFRESH);
    await getService("conversation_clock").fetch();
    await advanceTime(LIVE_PAUSE);
    expect.verifySteps([]);
});

test("what is never answered fails in the end", async () => {
    answers.marks = () => new Deferred();
    await open();
    await advanceTime(PATIENCE);
    await animationFrame();
    expect(".o_routing_block[data-block=marks] [role=alert]").toHaveCount(1);
    expect.verifySteps(BLOCKS.map((block) => `${block} false`));
});

test("all is asked again each minute, and what was shown stays meanwhile and after a failure", async () => {
    await open();
    expect.verifySteps(BLOCKS.map((block) => `${block} false`));
    answers.today = () => {
        throw makeServerError();
    };
    answers.waiting = () => makeBlock("2");
    await advanceTime(REFRESH);
    await animationFrame();
    expect.verifySteps(BLOCKS.map((block) => `${block} false`));
    expect(".o_routing_skeleton").toHaveCount(0);
    expect(`${WAITING} .o_routing_value`).toHaveText("2");
    expect(`${TODAY} .o_routing_value`).toHaveText("1");
    expect(queryText(`${TODAY} [role=alert] span`)).toMatch(/could not be read again/);
});

test("what waits follows each change, and many changes only once in a while", async () => {
    const live = ["waiting all", "load all"];
    await open();
    await click(".o_routing_scope[data-scope=all]");
    await advanceTime(LIVE_PAUSE);
    expect.verifySteps([
        ...BLOCKS.map((block) => `${block} false`),
        ...BLOCKS.map((block) => `${block} all`),
    ]);
    const clock = getService("conversation_clock");
    await clock.fetch();
    expect.verifySteps(live);
    await clock.fetch();
    await clock.fetch();
    await advanceTime(LIVE_PAUSE - 2000);
    expect.verifySteps([]);
    await advanceTime(2000);
    expect.verifySteps(live);
});

test("nobody asks for a hidden page; it is asked when it is looked at", async () => {
    let visibility = "visible";
    patchWithCleanup(document, {
        get visibilityState() {
            return visibility;
        },
    });
    await open();
    expect.verifySteps(BLOCKS.map((block) => `${block} false`));
    visibility = "hidden";
    await advanceTime(3 * REFRESH);
    expect.verifySteps([]);
    visibility = "visible";
    document.dispatchEvent(new Event("visibilitychange"));
    await animationFrame();
    expect.verifySteps(BLOCKS.map((block) => `${block} false`));
});

test("whose figures are shown is chosen, and an answer of before is dropped", async () => {
    const slow = new Deferred();
    answers.waiting = () => slow;
    await open();
    expect(queryAllTexts(".o_routing_scope")).toEqual(["All teams", "My figures"]);
    expect(".o_routing_scope[aria-pressed=true]").toHaveText("All teams");
    answers.waiting = () => makeBlock("5");
    await click(".o_routing_scope[data-scope=own]");
    await animationFrame();
    slow.resolve(makeBlock("99"));
    await animationFrame();
    expect(".o_routing_scope[aria-pressed=true]").toHaveText("My figures");
    expect(`${WAITING} .o_routing_value`).toHaveText("5");
    expect.verifySteps([
        ...BLOCKS.map((block) => `${block} false`),
        ...BLOCKS.map((block) => `${block} own`),
    ]);
});

test("a figure tells its formula, and opens what is behind it", async () => {
    mockService("action", {
        doAction(action) {
            if (action.res_model) {
                expect.step(`open ${action.res_model}`);
                return true;
            }
            return super.doAction(...arguments);
        },
    });
    await open();
    expect.verifySteps(BLOCKS.map((block) => `${block} false`));
    const button = `${WAITING} .o_routing_figure button`;
    expect(button).toHaveAttribute("aria-label", "Waiting: 1, Late");
    expect(button).toHaveAttribute("aria-description", "How it is computed");
    await click(button);
    expect.verifySteps(["open helpdesk.ticket"]);
});

test("it prints with who and when", async () => {
    patchWithCleanup(browser, {print: () => expect.step("print")});
    await open();
    expect.verifySteps(BLOCKS.map((block) => `${block} false`));
    await click(".o_routing_print");
    expect.verifySteps(["print"]);
    expect(queryText(".o_routing_printed", {raw: true})).toMatch(
        /Inquiries: All teams/
    );
    expect(queryText(".o_routing_printed", {raw: true})).toMatch(/Apr 23, 2025/);
});
