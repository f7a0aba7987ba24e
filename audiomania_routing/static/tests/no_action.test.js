import {
    contains,
    getService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {advanceTime} from "@odoo/hoot-mock";
import {animationFrame} from "@odoo/hoot-dom";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {offerUndo} from "@audiomania_routing/no_action/no_action.esm";
import {WebClient} from "@web/webclient/webclient";

describe.current.tags("desktop");
defineMailModels();

const STAY = {type: "ir.actions.act_window_close"};
const OFFER = {params: {ids: [1, 2], message: "2 are worked out.", next: STAY}};

async function offer() {
    const client = await mountWithCleanup(WebClient);
    const following = offerUndo(client.env, OFFER);
    await animationFrame();
    return following;
}

test("what was worked out is said, and what follows is done", async () => {
    expect(await offer()).toEqual(STAY);
    expect(".o_notification_content").toHaveText("2 are worked out.");
    expect(".o_notification_buttons button").toHaveText("Undo");
});

test("after a few seconds the offer is gone", async () => {
    await offer();
    await advanceTime(9000);
    await animationFrame();
    expect(".o_notification").toHaveCount(0);
});

test("undo asks the server for just these, and shows the screen anew", async () => {
    onRpc("helpdesk.ticket", "action_undo_no_action", ({args}) => {
        expect.step(args[0]);
        return true;
    });
    await offer();
    mockActions();
    await contains(".o_notification_buttons button").click();
    await animationFrame();
    expect.verifySteps([[1, 2], "soft_reload"]);
    expect(".o_notification").toHaveCount(0);
});

test("what the server says instead is shown", async () => {
    onRpc("helpdesk.ticket", "action_undo_no_action", () => ({
        type: "ir.actions.client",
        tag: "display_notification",
        params: {message: "There is nothing to undo."},
    }));
    await offer();
    mockActions();
    await contains(".o_notification_buttons button").click();
    await animationFrame();
    expect.verifySteps(["display_notification", "soft_reload"]);
});

/** Note which actions are done. */
function mockActions() {
    getService("action").doAction = async (action) => {
        expect.step(action.tag || action);
    };
}
