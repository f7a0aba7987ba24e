import {Chatter} from "@mail/chatter/web_portal/chatter";
import {patch} from "@web/core/utils/patch";
import {useBus} from "@web/core/utils/hooks";

/** Somebody wants to answer in a conversation that is on the screen. */
export const ANSWER = "ROUTING:ANSWER";

patch(Chatter.prototype, {
    setup() {
        super.setup();
        useBus(this.env.bus, ANSWER, ({detail: thread}) =>
            this.onRoutingAnswer(thread)
        );
    },
    /** The composer opens, and comes into sight where it stands below the letter. */
    onRoutingAnswer(thread) {
        if (!this.state.thread?.eq(thread)) {
            return;
        }
        this.toggleComposer("message", {force: true});
        this.state.thread.composer.autofocus++;
        this.rootRef.el?.scrollIntoView({block: "start"});
    },
});
