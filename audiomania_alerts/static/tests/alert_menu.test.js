import {describe, expect, test} from "@odoo/hoot";
import {click, press, queryAllTexts, queryOne, scroll} from "@odoo/hoot-dom";
import {
    contains,
    getMockEnv,
    getService,
    mountWithCleanup,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {
    defineAlertModels,
    makeItem,
    sendChanged,
    setServerState,
} from "./alert_test_helpers";
import {AlertMenu} from "@audiomania_alerts/alert_menu/alert_menu.esm";
import {animationFrame, mockDate} from "@odoo/hoot-mock";
import {registry} from "@web/core/registry";
import {startBusService} from "@bus/../tests/bus_test_helpers";

describe.current.tags("desktop");
defineAlertModels();

const items = [
    makeItem(3, {severity: "danger", title: "Angry customer", must_do: true}),
    makeItem(2, {title: "Newer"}),
    makeItem(1, {title: "Older", unseen: false, count: 4}),
];

async function mountMenu(state = items) {
    setServerState(1, state);
    await mountWithCleanup(AlertMenu);
    await startBusService();
    await animationFrame();
    expect.verifySteps(["get_state"]);
}

async function open() {
    await contains(".o_alert_menu").click();
    await animationFrame();
}

test("badge shows the count of unseen and the icon blinks", async () => {
    await mountMenu();
    expect(".o_alert_counter").toHaveText("2");
    expect(".o_alert_menu").toHaveClass("o_alert_unseen");
    expect(".o_alert_menu").toHaveAttribute("aria-label", "Alerts: 2 not seen yet");
});

test("without unseen alerts there is no badge and nothing blinks", async () => {
    await mountMenu([makeItem(1, {unseen: false})]);
    expect(".o_alert_counter").toHaveCount(0);
    expect(".o_alert_menu").not.toHaveClass("o_alert_unseen");
    expect(".o_alert_menu").toHaveAttribute("aria-label", "Alerts");
});

test("blinking is an animation, unless less motion is asked for", async () => {
    await mountMenu();
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
    const blinks = rules.filter((rule) =>
        rule.selectorText?.includes(".o_alert_menu.o_alert_unseen")
    );
    expect(blinks[0].style.animationName).toBe("o_alert_blink");
    const reduced = rules.filter(
        (rule) =>
            rule.media?.mediaText.includes("prefers-reduced-motion: reduce") &&
            rule.cssText.includes("o_alert_unseen")
    );
    expect(reduced[0].cssRules[0].style.animationName).toBe("none");
});

test("opening groups by severity, danger first, and marks what is shown as seen", async () => {
    await mountMenu();
    await open();
    expect(queryAllTexts(".o_alert_severity")).toEqual(["Danger", "Information"]);
    expect(queryAllTexts(".o_alert_title")).toEqual([
        "Angry customer",
        "Newer",
        "Older",
    ]);
    expect(".o_alert_count").toHaveText("4");
    expect(".o_alert_count").toHaveAttribute("title", "Reported 4 times");
    expect(".o_alert_all").toHaveText("All alerts");
    expect.verifySteps(["seen 3,2", "get_state"]);
    expect(".o_alert_menu").not.toHaveClass("o_alert_unseen");
    expect(".o_alert_counter").toHaveCount(0);
    expect(".o_alert_fresh").toHaveCount(2);
});

test("done removes the row", async () => {
    await mountMenu([makeItem(1, {unseen: false}), makeItem(2, {unseen: false})]);
    await open();
    await contains(".o_alert_row[data-id='1'] .o_alert_done").click();
    await animationFrame();
    expect.verifySteps(["done 1", "get_state"]);
    expect(queryAllTexts(".o_alert_title")).toEqual(["Title 2"]);
});

test("snooze removes the row", async () => {
    await mountMenu([makeItem(1, {unseen: false})]);
    await open();
    await contains(".o_alert_snooze").click();
    await animationFrame();
    expect.verifySteps(["snooze 1", "get_state"]);
    expect(".o_alert_row").toHaveCount(0);
    expect(".o_alert_empty").toHaveCount(1);
});

test("click opens the record and closes the list", async () => {
    await mountMenu([makeItem(1, {unseen: false})]);
    patchWithCleanup(getService("action"), {
        doAction: (action) => expect.step(action.tag),
    });
    await open();
    await contains(".o_alert_open").click();
    await animationFrame();
    expect.verifySteps(["open 1", "test_alert_opened", "get_state"]);
    expect(".o_alert_row").toHaveCount(0);
});

test("an alert about a record that he may not read shows its type only", async () => {
    await mountMenu([makeItem(1, {hidden: true, title: false, body: false})]);
    await open();
    expect(".o_alert_title").toHaveText("A type");
    expect(".o_alert_body").toHaveText(/cannot read the record/);
    expect.verifySteps(["seen 1", "get_state"]);
});

test("a message of the bus updates the badge without reloading", async () => {
    await mountMenu([]);
    setServerState(2, [makeItem(1)]);
    sendChanged(2, 1);
    await expect.waitForSteps(["get_state"]);
    await animationFrame();
    expect(".o_alert_counter").toHaveText("1");
});

test("a message that is older than what is shown changes nothing", async () => {
    await mountMenu();
    sendChanged(1, 9);
    sendChanged(2, 5);
    await expect.waitForSteps(["get_state"]);
    await animationFrame();
    expect(".o_alert_counter").toHaveText("5");
});

test("the list is used with the keyboard", async () => {
    await mountMenu([makeItem(1, {unseen: false})]);
    queryOne(".o_alert_menu").focus();
    await click(".o_alert_menu");
    await animationFrame();
    await press("arrowdown");
    await animationFrame();
    expect(".o_alert_sound").toBeFocused();
    for (let step = 0; step < 3; step++) {
        await press("arrowdown");
    }
    await animationFrame();
    expect(".o_alert_open").toBeFocused();
    for (let step = 0; step < 5; step++) {
        await press("arrowdown");
    }
    await animationFrame();
    expect(".o_alert_done").toBeFocused();
    await press("enter");
    await animationFrame();
    expect.verifySteps(["done 1", "get_state"]);
});

test("who did one with the keyboard stands on the next", async () => {
    await mountMenu([
        makeItem(1, {unseen: false}),
        makeItem(2, {unseen: false}),
        makeItem(3, {unseen: false}),
    ]);
    await open();
    queryOne(".o_alert_row[data-id='2'] .o_alert_done").focus();
    await press("enter");
    await animationFrame();
    await animationFrame();
    expect.verifySteps(["done 2", "get_state"]);
    expect(".o_alert_row[data-id='3'] .o_alert_done").toBeFocused();
});

test("in a severity alerts stand by type", async () => {
    await mountMenu([
        makeItem(4, {type_id: 2, type: "Letters", unseen: false}),
        makeItem(3, {type_id: 2, type: "Letters", unseen: false}),
        makeItem(2, {type_id: 1, type: "Orders", unseen: false}),
    ]);
    await open();
    expect(queryAllTexts(".o_alert_type_name")).toEqual(["Letters", "Orders"]);
    expect(".o_alert_type:first .o_alert_row").toHaveCount(2);
});

test("alerts about one thing are one row with a count, and act together", async () => {
    await mountMenu([makeItem(5, {ids: [5, 3, 1], count: 4})]);
    await open();
    expect(".o_alert_count").toHaveText("4");
    await contains(".o_alert_done").click();
    await animationFrame();
    expect.verifySteps(["seen 5,3,1", "get_state", "done 5,3,1", "get_state"]);
});

test("snooze until tomorrow morning is one click", async () => {
    await mountMenu([makeItem(1, {unseen: false})]);
    await open();
    await contains(".o_alert_tomorrow").click();
    await animationFrame();
    expect.verifySteps(["snooze 1 tomorrow", "get_state"]);
    expect(".o_alert_row").toHaveCount(0);
});

test("what a clock ahead of this one told is not told in the future", async () => {
    mockDate("2026-03-02 12:00:00", 0);
    const ahead = makeItem(1, {at: "2026-03-03 12:00:00"});
    const before = makeItem(2, {at: "2026-03-02 11:00:00"});
    await mountMenu([before, ahead]);
    await open();
    const ages = ["0 seconds ago", "1 hour ago"];
    expect(queryAllTexts(".o_alert_age").sort()).toEqual(ages);
    expect.verifySteps(["seen 2,1", "get_state"]);
});

test("snooze until a date asks for it", async () => {
    mockDate("2026-03-02 12:00:00", 0);
    await mountMenu([makeItem(1, {unseen: false})]);
    await open();
    await contains(".o_alert_until").click();
    await animationFrame();
    expect(".o_alert_menu_list").toHaveCount(0);
    expect(".o_alert_snooze_dialog").toHaveText(/Title 1/);
    await contains(".o_alert_snooze_confirm").click();
    await animationFrame();
    expect.verifySteps(["snooze 1 until 2026-03-04 09:00:00", "get_state"]);
    expect(".o_alert_snooze_dialog").toHaveCount(0);
});

test("mute hides the type, and can be undone", async () => {
    await mountMenu([
        makeItem(2, {unseen: false}),
        makeItem(1, {unseen: false, type_id: 2, type: "B type"}),
    ]);
    await open();
    await contains(".o_alert_row[data-id='2'] .o_alert_mute").click();
    await animationFrame();
    expect.verifySteps(["mute 2", "get_state"]);
    expect(queryAllTexts(".o_alert_title")).toEqual(["Title 1"]);
    expect(".o_notification").toHaveText(/A type/);
    await contains(".o_notification_buttons button").click();
    await animationFrame();
    expect.verifySteps(["unmute 2", "get_state"]);
    expect(".o_notification").toHaveCount(0);
});

test("a type that may not be muted has no button for it", async () => {
    await mountMenu([makeItem(1, {can_mute: false, unseen: false})]);
    await open();
    expect(".o_alert_mute").toHaveCount(0);
    expect(".o_alert_done").toHaveCount(1);
});

test("the list goes on as one scrolls", async () => {
    const many = Array.from({length: 70}, (_, index) =>
        makeItem(100 - index, {unseen: false})
    );
    await mountMenu(many);
    await open();
    expect(".o_alert_row").toHaveCount(30);
    expect(".o_alert_more").toHaveText("40 more");
    await scroll(".o_alert_scroll", {y: queryOne(".o_alert_scroll").scrollHeight});
    await animationFrame();
    await animationFrame();
    expect.verifySteps(["get_page 30"]);
    expect(".o_alert_row").toHaveCount(60);
    await contains(".o_alert_more").click();
    await animationFrame();
    expect.verifySteps(["get_page 60"]);
    expect(".o_alert_row").toHaveCount(70);
    expect(".o_alert_more").toHaveCount(0);
});

test("settings open from the list", async () => {
    await mountMenu([]);
    patchWithCleanup(getService("action"), {
        doAction: (action) => expect.step(action.tag),
    });
    await open();
    await contains(".o_alert_settings").click();
    await expect.waitForSteps(["test_alert_settings"]);
    expect(".o_alert_menu_list").toHaveCount(0);
});

test("settings open from the user menu", async () => {
    await mountMenu([]);
    const item = registry.category("user_menuitems").get("audiomania_alerts.settings")(
        getMockEnv()
    );
    expect(item.description).toBe("My alert settings");
    patchWithCleanup(getService("action"), {
        doAction: (action) => expect.step(action.tag),
    });
    await item.callback();
    expect.verifySteps(["test_alert_settings"]);
});

test("a screen reader hears of what is new, politely", async () => {
    await mountMenu([makeItem(1)]);
    expect(".o_alert_live").toHaveAttribute("aria-live", "polite");
    expect(".o_alert_live").toHaveText("");
    setServerState(2, [makeItem(2, {title: "Angry customer"}), makeItem(1)]);
    sendChanged(2, 2);
    await expect.waitForSteps(["get_state"]);
    await animationFrame();
    expect(".o_alert_live").toHaveText("New alert: Angry customer");
});
