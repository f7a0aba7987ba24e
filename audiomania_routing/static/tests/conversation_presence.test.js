import {
    BEAT,
    FORGOTTEN,
    NOTIFICATION,
} from "@audiomania_routing/conversation_presence/conversation_presence.esm";
import {
    MockServer,
    contains,
    defineModels,
    fields,
    getService,
    makeServerError,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {isStale} from "@audiomania_routing/conversation_news/conversation_news.esm";

const BORIS = {user_id: 99, partner_id: 98, name: "Boris"};

class Ticket extends models.Model {
    _name = "helpdesk.ticket";
    name = fields.Char();
    _records = [
        {id: 1, name: "First"},
        {id: 2, name: "Second"},
    ];
    _views = {
        form: `
            <form>
                <field name="name"/>
                <widget name="conversation_presence"/>
            </form>`,
    };
}

defineMailModels();
defineModels([Ticket]);

describe.current.tags("desktop");

let said = [];

beforeEach(() => {
    said = [];
    onRpc("helpdesk.ticket", "notify_presence", ({args}) => {
        said.push(args);
        return true;
    });
});

async function open(resId = 1) {
    await mountView({
        type: "form",
        resModel: "helpdesk.ticket",
        resId,
        resIds: [1, 2],
    });
}

async function hear(values) {
    const {env} = MockServer;
    env["bus.bus"]._sendone("broadcast", NOTIFICATION, {
        ticket_id: 1,
        ...BORIS,
        ...values,
    });
    // The bus delivers, and then the widget is drawn, however busy the machine is.
    for (let frame = 0; frame < 3; frame++) {
        await advanceTime(100);
        await animationFrame();
    }
}

test("a colleague who looks and who writes is shown", async () => {
    await open();
    expect(".o_routing_presence span").toHaveCount(0);
    await hear({state: "looking"});
    expect(".o_routing_presence").toHaveText("Boris is looking");
    await hear({state: "writing"});
    expect(".o_routing_presence").toHaveText("Boris is writing");
    await hear({state: "left"});
    expect(".o_routing_presence").toHaveText("");
});

test("who has not been heard of for half a minute is gone", async () => {
    await open();
    await hear({state: "writing"});
    await advanceTime(FORGOTTEN - 2000);
    await animationFrame();
    expect(".o_routing_presence").toHaveText("Boris is writing");
    await advanceTime(3000);
    await animationFrame();
    expect(".o_routing_presence").toHaveText("");
});

test("who looks at another conversation is not shown, nor oneself", async () => {
    await open();
    await hear({state: "looking", ticket_id: 2});
    await hear({state: "looking", user_id: MockServer.env.uid});
    expect(".o_routing_presence").toHaveText("");
});

test("one tells that one looks, and not often", async () => {
    await open();
    await animationFrame();
    expect(said).toEqual([[1, "looking"]]);
    await advanceTime(BEAT - 2000);
    expect(said).toHaveLength(1);
    await advanceTime(3000);
    expect(said).toEqual([
        [1, "looking"],
        [1, "looking"],
    ]);
});

test("who begins to write is told at once, and looks again after a pause", async () => {
    await open();
    const thread = getService("mail.store").Thread.insert({
        model: "helpdesk.ticket",
        id: 1,
    });
    await advanceTime(4000);
    thread.routingWroteAt = Date.now();
    await advanceTime(1000);
    expect(said.at(-1)).toEqual([1, "writing"]);
    await advanceTime(15000);
    expect(said.at(-1)).toEqual([1, "looking"]);
});

test("who goes on to the next conversation leaves this one", async () => {
    await open();
    await hear({state: "looking"});
    await contains(".o_pager_next").click();
    await animationFrame();
    expect(said).toEqual([
        [1, "looking"],
        [1, "left"],
        [2, "looking"],
    ]);
    expect(".o_routing_presence").toHaveText("");
});

test("only an answer that came too late is stale", async () => {
    const name = "odoo.addons.audiomania_routing.models.x.StaleAnswer";
    expect(isStale(makeServerError({errorName: name}))).toBe(true);
    expect(isStale(makeServerError({message: "No"}))).toBe(false);
    expect(isStale(new Error("No"))).toBe(false);
});
