import {Deferred, animationFrame, click, describe, expect, test} from "@odoo/hoot";
import {
    clickSave,
    contains,
    defineModels,
    fields,
    makeServerError,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {SIZES, defineMailModels, patchUiSize} from "@mail/../tests/mail_test_helpers";

class Ticket extends models.Model {
    _name = "helpdesk.ticket";
    name = fields.Char();
    partner_id = fields.Many2one({relation: "res.partner"});
    seen_token = fields.Char();
    _records = [
        {id: 1, name: "First"},
        {id: 2, name: "Second"},
    ];
    _views = {
        form: `
            <form>
                <field name="name" />
                <widget name="customer_panel" />
            </form>`,
    };
}

defineMailModels();
defineModels([Ticket]);

const CUSTOMER = {
    id: 7,
    name: "Petr",
    company: "Studio",
    email: "petr@customer.example",
    place: "",
    phones: [{number: "+7 916 555-01-10", of: ""}],
    language: "English",
    preferred: "",
    audience: {audience: "Hi-Fi", is_known: true, why: "Chosen by hand."},
};
const ORDERS = {
    name: "orders",
    title: "Orders",
    summary: "2 confirmed",
    lines: [
        {
            text: "S1",
            detail: "handled by Ann",
            badge: "Sent",
            model: "sale.order",
            id: 5,
        },
        {text: "A line without content"},
    ],
    more: {text: "All orders", model: "helpdesk.ticket", id: 1, method: "show_orders"},
};

function answerWith(values = {}) {
    onRpc("get_customer_panel", ({args}) => {
        expect.step(`asked about ${args[0]}`);
        return {customer: CUSTOMER, sections: [ORDERS], ...values};
    });
}

async function open(size = SIZES.XXL) {
    await patchUiSize({size});
    await mountView({
        type: "form",
        resModel: "helpdesk.ticket",
        resId: 1,
        resIds: [1, 2],
    });
}

describe.current.tags("desktop");

describe("beside a letter", () => {
    test("the form does not wait for it, and it is asked for once", async () => {
        const wait = new Deferred();
        onRpc("get_customer_panel", async () => {
            expect.step("asked");
            await wait;
            return {customer: CUSTOMER, sections: []};
        });
        await open();
        expect(".o_field_widget[name=name] input").toHaveValue("First");
        expect(".o_customer_panel").toHaveAttribute("aria-busy", "true");
        wait.resolve();
        await animationFrame();
        expect(".o_customer_panel_name").toHaveText("Petr");
        expect(".o_customer_panel").toHaveAttribute("aria-busy", "false");
        expect.verifySteps(["asked"]);
    });

    test("a click on a number calls", async () => {
        answerWith();
        await open();
        await animationFrame();
        expect(".o_customer_panel_phone a").toHaveAttribute(
            "href",
            "tel:+7916555-01-10"
        );
        expect(".o_customer_panel_phone a").toHaveCount(1);
        expect.verifySteps(["asked about 1"]);
    });

    test("what may be opened opens, and the rest is a line of words", async () => {
        mockService("action", {
            doAction(action) {
                expect.step(action.res_model || action.tag);
            },
        });
        onRpc("show_orders", ({args}) => {
            expect.step(`all of ${args[0]}`);
            return {type: "ir.actions.client", tag: "shown"};
        });
        answerWith();
        await open();
        await animationFrame();
        expect(".o_customer_panel_line").toHaveCount(2);
        expect(".o_customer_panel_line:last button").toHaveCount(0);
        await contains(".o_customer_panel_line button").click();
        await contains(".o_customer_panel_orders > button").click();
        await animationFrame();
        expect.verifySteps(["asked about 1", "sale.order", "all of 1", "shown"]);
    });

    test("another conversation, and a change in this one, ask again", async () => {
        answerWith();
        await open();
        await contains(".o_field_widget[name=name] input").edit("Changed");
        expect.verifySteps(["asked about 1"]);
        await clickSave();
        await contains(".o_pager_next").click();
        await animationFrame();
        expect.verifySteps(["asked about 2"]);
    });

    test("what comes late of another conversation is not shown", async () => {
        const late = new Deferred();
        onRpc("get_customer_panel", async ({args}) => {
            if (args[0] === 1) {
                await late;
            }
            const name = args[0] === 1 ? "Late" : "Olga";
            return {customer: {...CUSTOMER, name}, sections: []};
        });
        await open();
        await contains(".o_pager_next").click();
        await animationFrame();
        late.resolve();
        await animationFrame();
        expect(".o_customer_panel_name").toHaveText("Olga");
    });

    test("of a stranger, and of what may not be read, nothing is shown", async () => {
        onRpc("get_customer_panel", () => {
            throw makeServerError({type: "AccessError"});
        });
        await open();
        await animationFrame();
        expect(".o_customer_panel_unknown").toHaveCount(1);
        expect(".o_customer_panel_name").toHaveCount(0);
    });
});

describe("above a letter", () => {
    test("it is one line, and unfolds", async () => {
        answerWith();
        await open(SIZES.LG);
        await animationFrame();
        expect(".o_customer_panel_body").toHaveCount(0);
        expect(".o_customer_panel").toHaveText(/Petr.*2 confirmed/s);
        expect(".o_customer_panel_toggle").toHaveAttribute("aria-expanded", "false");
        await click(".o_customer_panel_toggle");
        await animationFrame();
        expect(".o_customer_panel_body").toHaveCount(1);
        expect(".o_customer_panel_toggle").toHaveAttribute("aria-expanded", "true");
        expect.verifySteps(["asked about 1"]);
    });
});
