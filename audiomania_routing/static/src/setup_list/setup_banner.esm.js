import {Component, onMounted, useState} from "@odoo/owl";
import {ConversationTabs} from "../conversation_tabs/conversation_tabs.esm";
import {session} from "@web/session";
import {useService} from "@web/core/utils/hooks";

const MODEL = "routing.setup.step";

/**
 * How far first use is, above the queue of those who set it up, until it is done.
 *
 * The queue neither waits for it nor fails with it.
 */
export class SetupBanner extends Component {
    static template = "audiomania_routing.SetupBanner";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({banner: false});
        onMounted(() => session.routing_setup && this.look());
    }

    async look() {
        try {
            this.state.banner = await this.orm.silent.call(MODEL, "get_banner", []);
        } catch {
            this.state.banner = false;
        }
    }

    open() {
        this.action.doAction("audiomania_routing.routing_setup_step_action");
    }

    async putAway() {
        await this.orm.call(MODEL, "action_put_away", []);
        session.routing_setup = false;
        this.state.banner = false;
    }
}

ConversationTabs.components = {...ConversationTabs.components, SetupBanner};
