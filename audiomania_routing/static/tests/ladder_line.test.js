import {advanceTime, describe, expect, mockDate, test} from "@odoo/hoot";
import {
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

const SECOND = 1000;

class Conversation extends models.Model {
    _name = "conversation";
    ladder_text = fields.Char();
    ladder_rungs = fields.Json();
    _records = [
        {
            id: 1,
            ladder_text: "Anna alone until 12:00, Headphones from 12:00",
            ladder_rungs: [
                {
                    who: "Anna",
                    at: false,
                    before: "alone until 12:00",
                    after: "alone until 12:00",
                },
                {
                    who: "Headphones",
                    at: "2025-03-03 12:00:00",
                    before: "from 12:00",
                    after: "since 12:00",
                },
            ],
        },
        {id: 2, ladder_text: "Worked out: the department may read it."},
    ];
    _views = {
        form: `
            <form edit="0">
                <field name="ladder_text" widget="ladder_line" />
            </form>`,
    };
}

defineMailModels();
defineModels([Conversation]);
describe.current.tags("desktop");

async function showAt(moment, resId = 1) {
    mockDate(moment, 0);
    onRpc("get_next_moment", () => ({
        now: "2025-03-03 11:59:59",
        at: false,
        near: 900,
    }));
    await mountView({type: "form", resModel: "conversation", resId});
}

test("each step says who sees it from when, and where it stands now", async () => {
    await showAt("2025-03-03 11:00:00");
    expect(".o_ladder_step").toHaveCount(2);
    expect(".o_ladder_current").toHaveText("Anna alone until 12:00");
    expect(".o_ladder_current").toHaveAttribute("aria-current", "step");
    expect(".o_ladder_step:not(.o_ladder_reached)").toHaveText("Headphones from 12:00");
});

test("it moves on by itself at the moment", async () => {
    await showAt("2025-03-03 11:00:00");
    mockDate("2025-03-03 11:59:59", 0);
    expect(".o_ladder_current").toHaveText("Anna alone until 12:00");
    await advanceTime(2 * SECOND);
    expect(".o_ladder_current").toHaveText("Headphones since 12:00");
    expect(".o_ladder_reached").toHaveCount(2);
});

test("where nothing moves, a sentence says who sees it", async () => {
    await showAt("2025-03-03 11:00:00", 2);
    expect(".o_ladder_line").toHaveCount(0);
    expect(".o_ladder_text").toHaveText("Worked out: the department may read it.");
});
