import {FormController} from "@web/views/form/form_controller";
import {RPCError} from "@web/core/network/rpc";
import {_t} from "@web/core/l10n/translation";
import {formView} from "@web/views/form/form_view";
import {registry} from "@web/core/registry";
import {useEffect} from "@odoo/owl";
import {useConversationClock} from "../conversation_clock/conversation_clock.esm";
import {useService} from "@web/core/utils/hooks";

const QUEUE = "audiomania_routing.helpdesk_ticket_action_queue";
const ACCESS_ERROR = "odoo.exceptions.AccessError";

/** Who writes a question down for others cannot read it from then on. */
export class ConversationFormController extends FormController {
    setup() {
        super.setup();
        this.notification = useService("notification");
        this.clock = useConversationClock(() => this.refetch());
        useEffect(
            (ticketId, seen) => this.noteSeen(ticketId, seen),
            () => [this.model.root.resId, this.model.root.data.seen_token]
        );
    }

    /** An answer tells the server what its writer has seen here. */
    noteSeen(ticketId, seen) {
        if (ticketId && seen) {
            const thread = {model: this.props.resModel, id: ticketId};
            this.mailStore.Thread.insert(thread).routingSeen = seen;
        }
    }

    /** What it says of who sees it is right from the very second on. */
    async refetch() {
        const {root} = this.model;
        const moment = root.data.next_moment;
        const isDue = moment && moment.toMillis() <= this.clock.now;
        if (!isDue || root.isNew || (await root.isDirty())) {
            return;
        }
        try {
            await root.load();
        } catch (error) {
            if (error instanceof RPCError && error.exceptionName === ACCESS_ERROR) {
                return this.leave();
            }
            throw error;
        }
    }

    /** Somebody else has it meanwhile. */
    async leave() {
        this.notification.add(_t("A colleague works on this conversation now."), {
            type: "info",
        });
        await this.actionService.doAction(QUEUE, {clearBreadcrumbs: true});
    }

    async save(params) {
        const saved = await super.save(params);
        const {is_handed_on: handedOn, ladder_text: readers} = this.model.root.data;
        if (saved && handedOn && !this.env.inDialog) {
            this.notification.add(_t("Saved. Who sees it: %s", readers), {
                type: "success",
            });
            await this.actionService.doAction(QUEUE, {clearBreadcrumbs: true});
        }
        return saved;
    }
}

registry.category("views").add("conversation_form", {
    ...formView,
    Controller: ConversationFormController,
});
