import {Component, onMounted, onWillUnmount, reactive, useState} from "@odoo/owl";
import {Block, DashboardBlock, blockRegistry} from "./dashboard_block.esm";
import {Layout} from "@web/search/layout";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useConversationClock} from "../conversation_clock/conversation_clock.esm";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";

// What nobody tells of is fetched so often.
export const REFRESH = 60 * 1000;
// However much is written and answered, what waits is fetched no more often than this:
// figures are not a queue, and many look at them.
export const LIVE_PAUSE = 5 * 1000;
const CHOSEN = "audiomania_routing.dashboard.scope";
const REFUSED = "odoo.exceptions.AccessError";

/**
 * The figures of one screen (rule 26). It is painted before anything is asked; each
 * block asks by itself and holds no other. What waits now is asked again as soon as it
 * changes, everything each minute; nobody looks at a hidden page.
 */
export class Dashboard extends Component {
    static template = "audiomania_routing.Dashboard";
    static components = {DashboardBlock, Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.actionService = useService("action");
        this.display = {controlPanel: {}};
        this.state = useState({
            scopes: [],
            scope: browser.localStorage.getItem(CHOSEN) || false,
            refusal: false,
            now: luxon.DateTime.now(),
        });
        const call = (method, args) => this.call(method, args);
        this.blocks = blockRegistry
            .getEntries()
            .map(([key, definition]) => reactive(new Block(call, key, definition)));
        this.onLook = () => this.look();
        useConversationClock(() => this.refreshLive());
        onMounted(() => this.start());
        onWillUnmount(() => this.end());
    }

    start() {
        this.timer = browser.setInterval(() => this.look(), REFRESH);
        document.addEventListener("visibilitychange", this.onLook);
        this.askScopes();
        this.refresh();
    }

    end() {
        browser.clearInterval(this.timer);
        browser.clearTimeout(this.liveTimer);
        document.removeEventListener("visibilitychange", this.onLook);
    }

    call(method, args = []) {
        return this.orm.silent.call("helpdesk.dashboard", method, args);
    }

    async askScopes() {
        try {
            this.state.scopes = await this.call("get_scopes");
        } catch (error) {
            // The figures do not wait for the choice; the next minute asks again.
            this.state.scopes = [];
            if (error.exceptionName === REFUSED) {
                this.refuse(error.data.message);
            }
        }
    }

    /** He may read none of it: whom it is for is said once, and nothing asked again. */
    refuse(why) {
        this.state.refusal = why;
        this.end();
    }

    /** A page that was hidden for longer is of the past. */
    look() {
        const age = Date.now() - this.refreshedAt;
        if (document.visibilityState !== "hidden" && age >= REFRESH - 1000) {
            if (!this.state.scopes.length) {
                this.askScopes();
            }
            this.refresh();
        }
    }

    /**
     * @param {Function} [filter] which blocks; all of them
     * @returns {Promise} of all
     */
    refresh(filter) {
        this.liveAt = Date.now();
        browser.clearTimeout(this.liveTimer);
        if (!filter) {
            this.refreshedAt = Date.now();
            this.state.now = luxon.DateTime.now();
        }
        const blocks = filter ? this.blocks.filter(filter) : this.blocks;
        return Promise.all(blocks.map((block) => block.load(this.state.scope)));
    }

    /** What waits has changed: asked at once, or when the pause is over. */
    refreshLive() {
        if (this.state.refusal) {
            return;
        }
        const rest = this.liveAt + LIVE_PAUSE - Date.now();
        if (rest <= 0) {
            return this.refresh(({isLive}) => isLive);
        }
        browser.clearTimeout(this.liveTimer);
        this.liveTimer = browser.setTimeout(() => this.refreshLive(), rest);
    }

    /** What is chosen; at first the widest, which the server says. */
    get scope() {
        const {scope, scopes} = this.state;
        const known = scopes.some(([key]) => key === scope);
        return known ? scope : scopes[0]?.[0];
    }

    get scopeName() {
        return this.state.scopes.find(([key]) => key === this.scope)?.[1];
    }

    choose(scope) {
        this.state.scope = scope;
        browser.localStorage.setItem(CHOSEN, scope);
        for (const block of this.blocks) {
            block.reset();
        }
        this.refresh();
    }

    retry(block) {
        block.load(this.state.scope);
    }

    open(action) {
        this.actionService.doAction(action);
    }

    print() {
        browser.print();
    }

    // The header of the printed page

    get reader() {
        return user.name;
    }

    get companies() {
        return user.activeCompanies.map(({name}) => name).join(", ");
    }

    get printedAt() {
        return this.state.now.toLocaleString(luxon.DateTime.DATETIME_MED);
    }
}

registry.category("actions").add("audiomania_routing.dashboard", Dashboard);
