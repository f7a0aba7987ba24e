import {
    MockServer,
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
    serverState,
} from "@web/../tests/web_test_helpers";
import {
    advanceTime,
    animationFrame,
    beforeEach,
    expect,
    mockDate,
    press,
    queryAllTexts,
    queryOne,
    test,
    waitFor,
    waitForNone,
    waitUntil,
} from "@odoo/hoot";
import {CHANGED} from "@audiomania_purchase_journal/request_mark/request_mark_service.esm";
import {startBusService} from "@bus/../tests/bus_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

function makeRequest(values = {}) {
    return {
        id: 7,
        state: "asked",
        quantity: 5,
        unit: "Units",
        expected_date: false,
        comment: "",
        comment_by: "",
        needs_decision: false,
        is_late: false,
        ...values,
    };
}

function makeMark(...requests) {
    return {state: requests[0].state, requests};
}

// What the server adds for who may read the request.
function makeHistory(values = {}) {
    return makeRequest({
        product: "Amplifier",
        offer: false,
        messages: [],
        tell_me: false,
        may_be_told: true,
        may_decide: true,
        ...values,
    });
}

let history = [];
// "Within a second or two", and as long as a busy machine needs for it.
const SOON = {timeout: 10000};

class SaleOrderLine extends models.Model {
    _name = "sale.order.line";

    get_purchase_history() {
        return history;
    }

    name = fields.Char();
    purchase_request_mark = fields.Json();

    _records = [
        {id: 1, name: "Amplifier", purchase_request_mark: makeMark(makeRequest())},
        {id: 2, name: "Cable", purchase_request_mark: false},
    ];
}

// The toolbar of the alerts asks for its state when it starts.
class AlertDelivery extends models.Model {
    _name = "alert.delivery";

    get_state() {
        return {version: 0, unseen: 0, total: 0, items: [], next_at: false};
    }
}

class PurchaseJournalRequest extends models.Model {
    _name = "purchase.journal.request";
}

defineMailModels();
defineModels([SaleOrderLine, PurchaseJournalRequest, AlertDelivery]);

beforeEach(() => {
    history = [];
});

async function mountLines() {
    await mountView({
        type: "list",
        resModel: "sale.order.line",
        arch: `<list>
            <field name="name"/>
            <field name="purchase_request_mark" widget="purchase_request_mark"/>
        </list>`,
    });
    await startBusService();
}

function setMark(lineId, mark) {
    MockServer.env["sale.order.line"].write([lineId], {purchase_request_mark: mark});
}

function push(...lineIds) {
    const {env} = MockServer;
    const partner = serverState.partnerId;
    env["bus.bus"]._sendone(partner, CHANGED, {line_ids: lineIds});
}

test("a line shows the status of its request, other lines show nothing", async () => {
    await mountLines();
    expect(".o_request_mark").toHaveCount(1);
    expect(".o_request_mark").toHaveText("Asked");
    expect(".o_request_mark").toHaveClass("text-bg-secondary");
});

test("the mark turns green when the goods are received", async () => {
    SaleOrderLine._records[0].purchase_request_mark = makeMark(
        makeRequest({state: "received", expected_date: "2026-05-04"})
    );
    await mountLines();
    expect(".o_request_mark").toHaveText("Received");
    expect(".o_request_mark").toHaveClass("text-bg-success");
});

test("a line with an expected date shows the date, in the colour of its status", async () => {
    SaleOrderLine._records[0].purchase_request_mark = makeMark(
        makeRequest({state: "ordered", expected_date: "2026-05-04"})
    );
    mockDate("2026-04-01 12:00:00");
    await mountLines();
    expect(".o_request_mark").toHaveText("May 4");
    expect(".o_request_mark").toHaveClass("text-bg-primary");
    expect(".o_request_mark").toHaveAttribute(
        "data-tooltip",
        "Ordered · expected May 4"
    );
});

test("a decision that is waited for is red and stands before the status", async () => {
    SaleOrderLine._records[0].purchase_request_mark = makeMark(
        makeRequest({state: "asked"}),
        makeRequest({id: 8, state: "in_work", needs_decision: true})
    );
    await mountLines();
    expect(".o_request_mark").toHaveText("Your decision");
    expect(".o_request_mark").toHaveClass("text-bg-danger");
});

async function openHistory(...requests) {
    history = requests;
    await mountLines();
    await contains(".o_request_mark").click();
    await waitFor(".o_request_history");
}

function traceCalls(...methods) {
    for (const method of methods) {
        onRpc("purchase.journal.request", method, ({args}) => {
            expect.step([method, ...args.flat()].join(" "));
            return true;
        });
    }
}

test("what comes later than promised says so", async () => {
    SaleOrderLine._records[0].purchase_request_mark = makeMark(
        makeRequest({state: "ordered", expected_date: "2026-05-04", is_late: true})
    );
    mockDate("2026-04-01 12:00:00");
    await mountLines();
    expect(".o_request_mark [aria-label='Later than promised']").toHaveCount(1);
    expect(".o_request_mark").toHaveAttribute(
        "aria-label",
        "Ordered · expected May 4 · later than promised"
    );
});

test("a question and an offer are red and called what they are", async () => {
    SaleOrderLine._records[0].purchase_request_mark = makeMark(
        makeRequest({state: "question", needs_decision: true})
    );
    SaleOrderLine._records[1].purchase_request_mark = makeMark(
        makeRequest({id: 8, state: "offer", needs_decision: true})
    );
    await mountLines();
    expect(queryAllTexts(".o_request_mark")).toEqual(["Question", "Offer"]);
    expect(".o_request_mark.text-bg-danger").toHaveCount(2);
});

test("a click shows each request with its date and its words as text", async () => {
    mockDate("2025-12-30 12:00:00");
    await openHistory(
        makeHistory({
            messages: [
                {
                    id: 1,
                    author: "Boris",
                    date: "2025-12-29 10:00:00",
                    body: "<b>On Monday</b>",
                    changes: [],
                },
            ],
        }),
        makeHistory({id: 8, state: "ordered", expected_date: "2026-05-04"})
    );
    expect(queryAllTexts(".o_request_history .badge")).toEqual(["Asked", "Ordered"]);
    expect(".o_request_words").toHaveText("<b>On Monday</b>");
    expect(".o_request_history").toHaveText(/expected May 4, 2026/);
});

test("what changed is told in words", async () => {
    const change = {field: "Status", type: "selection", old: "Asked", new: "In work"};
    await openHistory(
        makeHistory({
            messages: [
                {
                    id: 1,
                    author: "Boris",
                    date: "2025-12-29 10:00:00",
                    body: "",
                    changes: [
                        change,
                        {field: "Quantity", type: "float", old: 5, new: 3},
                        {field: "Wanted", type: "date", old: false, new: "2018-01-02"},
                    ],
                },
            ],
        })
    );
    expect(queryAllTexts(".o_request_messages li > div")).toEqual([
        "Status: Asked → In work",
        "Quantity: 5 → 3",
        "Wanted: – → Jan 2, 2018",
    ]);
});

test("who may not read the request sees the mark and no conversation", async () => {
    await openHistory(makeRequest({comment: "On Monday", comment_by: "Boris"}));
    expect(".o_request_words").toHaveText("On Monday");
    expect(".o_request_answer").toHaveCount(0);
    expect(".o_request_open").toHaveCount(0);
});

test("an answer is sent once, by Ctrl+Enter too", async () => {
    traceCalls("action_answer");
    await openHistory(makeHistory());
    await contains(".o_request_answer").edit("Green", {confirm: false});
    await press(["Control", "Enter"]);
    await expect.waitForSteps(["action_answer 7 Green"]);
    await animationFrame();
    expect(".o_request_answer").toHaveValue("");
    await contains(".o_request_send").click();
    expect.verifySteps([]);
});

test("what was typed is still there when the history is opened again", async () => {
    await openHistory(makeHistory());
    await contains(".o_request_answer").edit("Gre", {confirm: false});
    await press("Escape");
    await waitForNone(".o_request_history");
    await contains(".o_request_mark").click();
    await waitFor(".o_request_history");
    expect(".o_request_answer").toHaveValue("Gre");
});

test("the keyboard opens it, and Escape leads back to the mark", async () => {
    history = [makeHistory()];
    await mountLines();
    queryOne(".o_request_mark").focus();
    await press("Enter");
    await waitFor(".o_request_history");
    await press("Escape");
    await waitForNone(".o_request_history");
    expect(".o_request_mark").toBeFocused();
});

const OFFER = {
    id: 3,
    product: "Yellow",
    quantity: 5,
    unit: "Units",
    expected_date: "2026-05-04",
    from_stock: false,
    note: "",
    by: "Boris",
};

test("an offer is accepted with a click, and the lines are read again", async () => {
    mockDate("2026-04-01 12:00:00");
    traceCalls("action_accept_offer");
    await openHistory(makeHistory({state: "offer", offer: OFFER}));
    onRpc("sale.order.line", "web_search_read", () => expect.step("reload"));
    expect(".o_request_offer .fw-bold").toHaveText("5 Units · Yellow · May 4");
    await contains(".o_request_accept").click();
    await expect.waitForSteps(["action_accept_offer 7 3", "reload"]);
    await waitForNone(".o_request_history");
});

test("an offer is declined with the word that was typed", async () => {
    traceCalls("action_decline_offer");
    await openHistory(
        makeHistory({state: "offer", offer: {...OFFER, from_stock: true}})
    );
    expect(".o_request_offer .fw-bold").toHaveText("5 Units · Yellow · in stock");
    await contains(".o_request_answer").edit("Green only", {confirm: false});
    await contains(".o_request_decline").click();
    await expect.waitForSteps(["action_decline_offer 7 3 Green only"]);
});

test("who may not change the order sees the offer and no buttons", async () => {
    await openHistory(makeHistory({state: "offer", offer: OFFER, may_decide: false}));
    expect(".o_request_offer").toHaveCount(1);
    expect(".o_request_accept, .o_request_decline").toHaveCount(0);
});

test("one asks to be told when it arrives", async () => {
    traceCalls("action_tell_me");
    await openHistory(makeHistory());
    await contains(".o_request_tell_me").click();
    await expect.waitForSteps(["action_tell_me 7 true"]);
});

test("an open history follows what the buyer says", async () => {
    await openHistory(makeHistory());
    history = [makeHistory({state: "question", needs_decision: true})];
    push(1);
    await waitFor(".o_request_history .badge:contains(Question)", SOON);
});

test("a changed status is shown without reloading the view", async () => {
    await mountLines();
    setMark(1, makeMark(makeRequest({state: "ordered"})));
    push(1);
    await waitFor(".o_request_mark:contains(Ordered)", SOON);
    expect(".o_request_mark").toHaveClass("text-bg-primary");
});

test("a line that had no mark gets one", async () => {
    await mountLines();
    setMark(2, makeMark(makeRequest({state: "in_work"})));
    push(2);
    await waitFor(".o_request_mark:contains(In work)", SOON);
    expect(".o_request_mark").toHaveCount(2);
});

test("a burst of changes is read in few requests, others not at all", async () => {
    let requests = 0;
    onRpc("sale.order.line", "search_read", ({args, kwargs}) => {
        const [[, , ids]] = kwargs.domain || args[0];
        expect.step(ids.join());
        requests++;
    });
    await mountLines();
    push(99);
    for (let number = 0; number < 60; number++) {
        push(1, 2, 99);
    }
    await waitUntil(() => requests, SOON);
    await advanceTime(2000);
    expect(requests).toBeLessThan(4);
    expect.verifySteps(Array(requests).fill("1,2"));
});

test("what is not on the screen any more is not read", async () => {
    onRpc("sale.order.line", "search_read", () => expect.step("read"));
    const view = await mountView({
        type: "form",
        resModel: "sale.order.line",
        resId: 1,
        arch: `<form>
            <field name="purchase_request_mark" widget="purchase_request_mark"/>
        </form>`,
    });
    await startBusService();
    view.__owl__.app.destroy();
    push(1);
    await animationFrame();
    expect.verifySteps([]);
});
