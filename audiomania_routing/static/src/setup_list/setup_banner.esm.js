import {Component, onWillStart, useState} from "@odoo/owl";
import {ConversationTabs} from "../conversation_tabs/conversation_tabs.esm";
import {session} from "@web/session";
import {useService} from "@web/core/utils/hooks";

const MODEL = "routing.setup.step";

/** How far first use is, above the queue of those who set it up, until it is done. */
export class SetupBanner extends Component {
    static template = "audiomania_routing.SetupBanner";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({banner: false});
        onWillStart(async () => {
            if (session.routing_setup) {
                this.state.banner = await this.orm.silent.call(MODEL, "get_banner", []);
            }
        });
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
