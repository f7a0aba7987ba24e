import {advanceTime, describe, expect, mockDate, test} from "@odoo/hoot";
import {
    allowTranslations,
    defineModels,
    fields,
    models,
    mountView,
} from "@web/../tests/web_test_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {formatLeft} from "@audiomania_routing/time_left/time_left.esm";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

class Conversation extends models.Model {
    _name = "conversation";
    waiting_since = fields.Datetime();
    next_moment = fields.Datetime();
    _records = [
        {
            id: 1,
            waiting_since: "2025-03-03 10:00:00",
            next_moment: "2025-03-03 12:00:00",
        },
        {id: 2, waiting_since: "2025-03-03 10:00:00", next_moment: false},
    ];
    _views = {
        list: `
            <list>
                <field
                    name="next_moment"
                    widget="time_left"
                    options="{'from_field': 'waiting_since'}"
                />
            </list>`,
    };
}

defineMailModels();
defineModels([Conversation]);
describe.current.tags("desktop");

async function showAt(moment) {
    mockDate(moment, 0);
    await mountView({type: "list", resModel: "conversation"});
}

function getBar() {
    return document.querySelector(".o_time_left_bar > span");
}

test("time is told in days, hours, minutes, and in the last minute in seconds", () => {
    allowTranslations();
    expect(formatLeft(49 * 60 * MINUTE).toString()).toBe("2 d 1 h");
    expect(formatLeft(119 * MINUTE + 59 * SECOND).toString()).toBe("1 h 59 min");
    expect(formatLeft(60 * MINUTE).toString()).toBe("1 h 00 min");
    expect(formatLeft(59 * MINUTE + 59 * SECOND).toString()).toBe("59 min");
    expect(formatLeft(59 * SECOND).toString()).toBe("0:59");
    expect(formatLeft(0).toString()).toBe("0:00");
});

test("the time until the moment is shown, and a bar for the part that is left", async () => {
    await showAt("2025-03-03 10:59:30");
    expect(".o_time_left_text").toHaveText("1 h 00 min");
    expect(Math.floor(parseFloat(getBar().style.width))).toBe(50);
    expect(".o_time_left_bar > span").toHaveClass("bg-success");
    expect(".o_time_left").toHaveAttribute("aria-label", "Time left: 1 h 00 min");
});

test("a row without a moment shows nothing", async () => {
    await showAt("2025-03-03 11:00:00");
    expect(".o_data_row").toHaveCount(2);
    expect(".o_time_left").toHaveCount(1);
});

test("it counts down by itself", async () => {
    await showAt("2025-03-03 11:58:50");
    expect(".o_time_left_text").toHaveText("1 min");
    await advanceTime(30 * SECOND);
    expect(".o_time_left_text").toHaveText(/^0:[23]\d$/);
});

test("the bar warns when little is left", async () => {
    await showAt("2025-03-03 11:31:00");
    expect(".o_time_left_bar > span").toHaveClass("bg-danger");
});

test("at the moment itself it goes away", async () => {
    await showAt("2025-03-03 11:50:00");
    expect(".o_time_left").toHaveCount(1);
    mockDate("2025-03-03 11:59:59", 0);
    await advanceTime(2 * SECOND);
    expect(".o_time_left").toHaveCount(0);
});
