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
import {animationFrame, expect, mockDate, queryAllTexts, test} from "@odoo/hoot";
import {CHANGED} from "@audiomania_purchase_journal/request_mark/request_mark_service.esm";
import {startBusService} from "@bus/../tests/bus_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {waitFor} from "@odoo/hoot-dom";

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
        ...values,
    };
}

function makeMark(...requests) {
    return {state: requests[0].state, requests};
}

class SaleOrderLine extends models.Model {
    _name = "sale.order.line";

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

defineMailModels();
defineModels([SaleOrderLine, AlertDelivery]);

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
        makeRequest({state: "received"})
    );
    await mountLines();
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

test("a click shows each request with its date and its comment as text", async () => {
    SaleOrderLine._records[0].purchase_request_mark = makeMark(
        makeRequest({comment: "<b>On Monday</b>", comment_by: "Boris"}),
        makeRequest({id: 8, state: "ordered", expected_date: "2026-05-04"})
    );
    mockDate("2025-12-30 12:00:00");
    await mountLines();
    await contains(".o_request_mark").click();
    await waitFor(".o_request_mark_popover");
    expect(queryAllTexts(".o_request_mark_popover .badge")).toEqual([
        "Asked",
        "Ordered",
    ]);
    expect(".o_request_mark_comment").toHaveText("<b>On Monday</b>");
    expect(".o_request_mark_popover").toHaveText(/expected May 4, 2026/);
});

test("a changed status is shown without reloading the view", async () => {
    await mountLines();
    setMark(1, makeMark(makeRequest({state: "ordered"})));
    push(1);
    await waitFor(".o_request_mark:contains(Ordered)");
    expect(".o_request_mark").toHaveClass("text-bg-primary");
});

test("a line that had no mark gets one", async () => {
    await mountLines();
    setMark(2, makeMark(makeRequest({state: "in_work"})));
    push(2);
    await waitFor(".o_request_mark:contains(In work)");
    expect(".o_request_mark").toHaveCount(2);
});

test("many changed lines are read in one request, others not at all", async () => {
    onRpc("sale.order.line", "search_read", ({args, kwargs}) => {
        const [[, , ids]] = kwargs.domain || args[0];
        expect.step(ids.join());
    });
    await mountLines();
    push(99);
    push(1, 2, 99);
    await expect.waitForSteps(["1,2"]);
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
