import {animationFrame, describe, expect, test} from "@odoo/hoot";
import {
    clickSave,
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

class Audience extends models.Model {
    _name = "audience";
    name = fields.Char();
    _records = [{id: 1, name: "Hi-Fi"}];
}

class Customer extends models.Model {
    _name = "customer";
    name = fields.Char();
    audience_manual_id = fields.Many2one({relation: "audience"});
    _records = [
        {id: 7, name: "Petr", audience_manual_id: false},
        {id: 8, name: "Olga", audience_manual_id: 1},
    ];
    _views = {
        form: `
            <form>
                <field name="name" />
                <field name="audience_manual_id" />
                <widget name="audience_evidence" />
            </form>`,
    };
}

defineMailModels();
defineModels([Audience, Customer]);
describe.current.tags("desktop");

const PART = {name: "Ann", share: 75};

function answerWith(values) {
    onRpc("get_audience_evidence", ({args}) => {
        expect.step(`asked about ${args[0]}`);
        return {
            audience: "Hi-Fi",
            team: "",
            is_known: true,
            why: "75 % of the purchases that belong to an audience.",
            note: "",
            parts: [],
            handled: [],
            rows: [],
            ...values,
        };
    });
}

async function open(resId) {
    await mountView({
        type: "form",
        resModel: "customer",
        resId,
        resIds: [7, 8],
    });
}

test("what was bought is a row for each category", async () => {
    answerWith({
        handled: [PART, {name: "Bob", share: 25}],
        rows: [
            {
                category: "Audio / Vinyl",
                audiences: "Collectors",
                share: 80,
                amount: "400.00 €",
                orders: 2,
                last: "03/03/2025",
                handled: [PART],
            },
        ],
    });
    await open(7);
    expect(".o_audience_name").toHaveText("Hi-Fi");
    expect(".o_audience_handled").toHaveText("Orders handled by: Ann 75 %, Bob 25 %");
    expect(".o_audience_evidence tbody tr").toHaveCount(1);
    expect(".o_audience_evidence tbody tr td:first").toHaveText("Audio / Vinyl");
    expect(".o_audience_evidence tbody tr td:last").toHaveText("Ann 75 %");
    expect.verifySteps(["asked about 7"]);
});

test("who has bought nothing has no empty table", async () => {
    answerWith({audience: "Unknown", is_known: false});
    await open(7);
    expect(".o_audience_evidence table").toHaveCount(0);
    expect(".o_audience_name").toHaveClass("text-muted");
    expect.verifySteps(["asked about 7"]);
});

test("the next contact is asked about", async () => {
    answerWith({});
    await open(7);
    await contains(".o_pager_next").click();
    await animationFrame();
    expect.verifySteps(["asked about 7", "asked about 8"]);
});

test("nothing is asked while one types, and once when a choice is saved", async () => {
    answerWith({});
    await open(8);
    expect.verifySteps(["asked about 8"]);
    await contains(".o_field_widget[name=audience_manual_id] input").clear({
        confirm: "blur",
    });
    await animationFrame();
    expect.verifySteps([]);
    await clickSave();
    await animationFrame();
    expect.verifySteps(["asked about 8"]);
});
