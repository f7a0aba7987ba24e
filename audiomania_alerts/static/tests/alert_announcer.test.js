import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {makeMockEnv, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {AlertAnnouncer} from "@audiomania_alerts/alert_announcer/alert_announcer.esm";
import {browser} from "@web/core/browser/browser";
import {defineAlertModels, makeItem} from "./alert_test_helpers";
import {user} from "@web/core/user";

describe.current.tags("headless");
defineAlertModels();

let announcer, isMain, permission;

class MockNotification {
    constructor(title, {body}) {
        expect.step(`notification ${title}: ${body}`);
    }
    static get permission() {
        return permission;
    }
    static async requestPermission() {
        expect.step("requestPermission");
        return permission;
    }
    addEventListener() {
        // Nobody clicks here.
    }
}

beforeEach(async () => {
    await makeMockEnv();
    expect.verifySteps(["get_state"]);
    isMain = true;
    permission = "granted";
    patchWithCleanup(browser, {Notification: MockNotification});
    patchWithCleanup(user, {
        setUserSettings: async (key, value) => expect.step(`${key} ${value}`),
    });
    announcer = new AlertAnnouncer({
        "audiomania_alerts.store": {newsListeners: []},
        "mail.sound_effects": {play: () => expect.step("sound")},
        multi_tab: {isOnMainTab: async () => isMain},
    });
    announcer.setup();
});

test("sound and notifications are off until they are switched on", async () => {
    await announcer.announce([makeItem(1)]);
    expect.verifySteps([]);
    expect(announcer.message).toBe("New alert: Title 1");
});

test("several at once are announced as one", async () => {
    await announcer.announce([makeItem(1), makeItem(2)]);
    expect(announcer.message).toBe("2 new alerts");
});

test("a sound that is switched on is played and kept for the employee", async () => {
    await announcer.setSound(true);
    await announcer.announce([makeItem(1)]);
    await announcer.setSound(false);
    await announcer.announce([makeItem(2)]);
    expect.verifySteps(["alert_sound true", "sound", "sound", "alert_sound false"]);
});

test("notifications are asked for, and shown with the text", async () => {
    expect(await announcer.setNotification(true)).toBe(true);
    await announcer.announce([makeItem(1)]);
    expect.verifySteps([
        "requestPermission",
        "alert_notification true",
        "notification New alert: Title 1: Body 1",
    ]);
});

test("notifications that the browser refuses stay off", async () => {
    permission = "denied";
    expect(await announcer.setNotification(true)).toBe(false);
    await announcer.announce([makeItem(1)]);
    expect.verifySteps(["requestPermission"]);
});

test("of an alert that he may not read a notification tells the type only", async () => {
    await announcer.setNotification(true);
    await announcer.announce([makeItem(1, {hidden: true, title: false, body: false})]);
    expect.verifySteps([
        "requestPermission",
        "alert_notification true",
        "notification New alert: A type: ",
    ]);
});

test("of several tabs only one rings", async () => {
    await announcer.setSound(true);
    expect.verifySteps(["alert_sound true", "sound"]);
    isMain = false;
    await announcer.announce([makeItem(1)]);
    expect.verifySteps([]);
});
