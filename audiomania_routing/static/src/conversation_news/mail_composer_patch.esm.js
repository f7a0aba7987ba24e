import {MailComposerFormController} from "@mail/chatter/web/mail_composer_form";
import {confirmDoubts} from "../reply/reply_doubts.esm";
import {onWillDestroy} from "@odoo/owl";
import {patch} from "@web/core/utils/patch";
import {useService} from "@web/core/utils/hooks";

const SENDING = ["action_send_mail", "action_schedule_message"];

patch(MailComposerFormController.prototype, {
    setup() {
        super.setup();
        this.replyDesk = useService("routing_reply");
        onWillDestroy(() => this.replyDesk.undo(this.heldTicketId));
    },

    async beforeExecuteActionButton(clickParams) {
        const ticketId = this.routingTicketId;
        const isSending = ticketId && SENDING.includes(clickParams.name);
        if (isSending && !(await this.mayReplyLeave(ticketId, clickParams.name))) {
            return false;
        }
        const saved = await super.beforeExecuteActionButton(clickParams);
        if (isSending && saved !== false) {
            this.replyDesk.setPromise(ticketId, null);
        }
        return saved;
    },

    /** The conversation to whose customer this is a reply. */
    get routingTicketId() {
        const {data} = this.model.root;
        const isReply =
            data.model === "helpdesk.ticket" &&
            data.composition_mode === "comment" &&
            !data.composition_batch &&
            !data.subtype_is_log;
        return isReply ? JSON.parse(data.res_ids)[0] : 0;
    },

    /** He is asked once, and can take it back as long as it is held. */
    async mayReplyLeave(ticketId, action) {
        const {root} = this.model;
        const doubts = await this.replyDesk.fetchDoubts(
            ticketId,
            root.data.routing_seen
        );
        if (!(await confirmDoubts(this.env.services.dialog, doubts))) {
            return false;
        }
        const promise = this.replyDesk.getPromise(ticketId);
        await root.update({
            routing_seen: doubts.seen || root.data.routing_seen,
            routing_promise: promise ? JSON.stringify(promise) : false,
        });
        if (action !== "action_send_mail") {
            return true;
        }
        this.heldTicketId = ticketId;
        const seconds = this.replyDesk.entry(ticketId).facts?.hold;
        return await this.replyDesk.hold(ticketId, seconds);
    },
});
