import {
    Component,
    onMounted,
    onWillDestroy,
    onWillUpdateProps,
    useState,
} from "@odoo/owl";

import {browser} from "@web/core/browser/browser";
import {imageUrl} from "@web/core/utils/urls";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";
import {user} from "@web/core/user";

export const NOTIFICATION = "routing_presence/here";
// A sign of presence so often, and forgotten when none came for so long.
export const BEAT = 12 * 1000;
export const FORGOTTEN = 30 * 1000;
const SECOND = 1000;
// Who has not touched his answer for so long does not write any more.
export const PAUSE = 10 * SECOND;
// Who begins to write is shown at once, yet he tells no more often than this.
export const LEAST = 3 * SECOND;

/** Colleagues who look at the same conversation, or write in it. It blocks nothing. */
export class ConversationPresence extends Component {
    static template = "audiomania_routing.ConversationPresence";
    static props = {...standardWidgetProps};

    setup() {
        this.bus = useService("bus_service");
        this.orm = useService("orm");
        this.store = useService("mail.store");
        this.people = useState({});
        this.hear = this.hear.bind(this);
        this.ticketId = null;
        this.said = {state: null, at: 0};
        onMounted(() => {
            this.bus.subscribe(NOTIFICATION, this.hear);
            this.timer = browser.setInterval(() => this.look(), SECOND);
            this.enter(this.props.record.resId);
        });
        onWillUpdateProps(({record}) => {
            if (record.resId !== this.ticketId) {
                this.leave();
                this.enter(record.resId);
            }
        });
        onWillDestroy(() => {
            browser.clearInterval(this.timer);
            this.bus.unsubscribe(NOTIFICATION, this.hear);
            this.leave();
        });
    }

    enter(ticketId) {
        this.ticketId = ticketId || null;
        if (this.ticketId) {
            this.bus.addChannel(this.channel);
            this.say("looking");
        }
    }

    leave() {
        if (this.ticketId) {
            this.bus.deleteChannel(this.channel);
            this.say("left");
            this.ticketId = null;
        }
        for (const key of Object.keys(this.people)) {
            delete this.people[key];
        }
    }

    get channel() {
        return `routing_presence_${this.ticketId}`;
    }

    /** Each second: tell what one does oneself, forget who has not been heard of. */
    look() {
        const now = Date.now();
        for (const [key, {heardAt}] of Object.entries(this.people)) {
            if (now - heardAt >= FORGOTTEN) {
                delete this.people[key];
            }
        }
        if (!this.ticketId || document.visibilityState === "hidden") {
            return;
        }
        const state = this.isWriting ? "writing" : "looking";
        const wait = state === this.said.state ? BEAT : LEAST;
        if (now - this.said.at >= wait) {
            this.say(state);
        }
    }

    get isWriting() {
        const thread = this.store.Thread.get({
            model: "helpdesk.ticket",
            id: this.ticketId,
        });
        return Date.now() - (thread?.routingWroteAt || 0) < PAUSE;
    }

    /** A sign that is lost is followed by another one. */
    async say(state) {
        this.said = {state, at: Date.now()};
        const call = this.orm.silent.call("helpdesk.ticket", "notify_presence", [
            this.ticketId,
            state,
        ]);
        await call.catch(() => {
            this.said.at = Date.now();
        });
    }

    hear({ticket_id: ticketId, user_id: userId, partner_id: partnerId, name, state}) {
        if (ticketId !== this.ticketId || userId === user.userId) {
            return;
        }
        if (state === "left") {
            delete this.people[userId];
            return;
        }
        if (!this.people[userId]) {
            // Who has just come hears of us at once.
            this.said.at = Math.min(this.said.at, Date.now() - BEAT + SECOND);
        }
        this.people[userId] = {name, partnerId, state, heardAt: Date.now()};
    }

    get colleagues() {
        return Object.entries(this.people).map(([userId, person]) => ({
            ...person,
            userId,
            image: imageUrl("res.partner", person.partnerId, "avatar_128"),
        }));
    }
}

export const conversationPresence = {component: ConversationPresence};

registry.category("view_widgets").add("conversation_presence", conversationPresence);
