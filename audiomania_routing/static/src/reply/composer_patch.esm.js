import {onWillUnmount, status, toRaw} from "@odoo/owl";
import {Composer} from "@mail/core/common/composer";
import {ReplyPanel} from "./reply_panel.esm";
import {Store} from "@mail/core/common/store_service";
import {_t} from "@web/core/l10n/translation";
import {confirmDoubts} from "./reply_doubts.esm";
import {patch} from "@web/core/utils/patch";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";

const TICKET = "helpdesk.ticket";

patch(Store.prototype, {
    /** What is promised goes with the reply, and with no note. */
    async getMessagePostParams({postData, thread}) {
        const params = await super.getMessagePostParams(...arguments);
        const isReply = thread.model === TICKET && !postData.isNote;
        const promise =
            isReply && this.env.services.routing_reply?.getPromise(thread.id);
        if (promise) {
            params.context = {...params.context, routing_promise: promise};
        }
        return params;
    },
});

patch(Composer, {components: {...Composer.components, ReplyPanel}});

patch(Composer.prototype, {
    setup() {
        super.setup();
        this.replyDesk = useService("routing_reply");
        // Who goes on to the next conversation has pressed Send.
        onWillUnmount(() => this.replyDesk.sendNow(this.heldTicketId));
    },

    /** The conversation to whose customer this is a reply. */
    get routingTicketId() {
        const {composer, type} = this.props;
        const isReply = type === "message" && !composer.message;
        return isReply && composer.thread?.model === TICKET ? composer.thread.id : 0;
    },

    get routingRecipients() {
        const {suggestedRecipients, additionalRecipients} = this.props.composer.thread;
        return [...suggestedRecipients, ...additionalRecipients].map(({name, email}) =>
            name && email ? `${name} <${email}>` : name || email
        );
    },

    /** Words in braces of an answer of frequent use are replaced by what they mean. */
    get navigableListProps() {
        const props = super.navigableListProps;
        const facts =
            this.routingTicketId && this.replyDesk.entry(this.routingTicketId).facts;
        if (!facts) {
            return props;
        }
        const fill = (option) =>
            option.cannedResponse
                ? {...option, label: fillPlaceholders(option.label, facts)}
                : option;
        return {...props, onSelect: (ev, option) => props.onSelect(ev, fill(option))};
    },

    async processMessage(cb) {
        const ticketId = this.routingTicketId;
        const {attachments} = this.props.composer;
        const waits = attachments.some(({uploading}) => uploading);
        if (!ticketId || waits || !this.canProcessMessage || !this.state.active) {
            return super.processMessage(cb);
        }
        if (!(await this.mayReplyLeave(ticketId))) {
            return;
        }
        if (status(this) === "destroyed") {
            return this.sendReplyLate(ticketId);
        }
        await super.processMessage(async (value) => {
            await cb(value);
            this.replyDesk.noteSent(ticketId);
        });
    },

    /** He is asked once, and can take it back as long as it is held. */
    async mayReplyLeave(ticketId) {
        this.state.active = false;
        try {
            const {thread} = this;
            const doubts = await this.replyDesk.fetchDoubts(
                ticketId,
                thread.routingSeen
            );
            if (!(await confirmDoubts(this.env.services.dialog, doubts))) {
                this.replyDesk.load(ticketId);
                return false;
            }
            thread.routingSeen = doubts.seen || thread.routingSeen;
            return await this.holdReply(ticketId);
        } finally {
            this.state.active = true;
        }
    },

    async holdReply(ticketId) {
        const seconds = this.replyDesk.entry(ticketId).facts?.hold;
        if (!seconds || status(this) === "destroyed") {
            return true;
        }
        const last = {
            params: await this.prepareLastCall(),
            draft: this.props.composer.localId,
        };
        this.heldTicketId = ticketId;
        const leaves = await this.replyDesk.hold(ticketId, seconds, last);
        this.heldTicketId = undefined;
        return leaves;
    },

    /** How it leaves when the tab is closed: nobody is there to be asked again. */
    async prepareLastCall() {
        const params = await this.store.getMessagePostParams({
            body: this.props.composer.composerHtml,
            postData: this.postData,
            thread: this.thread,
        });
        const context = {...user.context, ...params.context};
        delete context.routing_seen;
        return {...params, ...this.extraData, context};
    },

    /** He is somewhere else by now. What cannot be sent stays in the conversation. */
    async sendReplyLate(ticketId) {
        const composer = toRaw(this.props.composer);
        try {
            await this._sendMessage(
                composer.composerHtml,
                this.postData,
                this.extraData
            );
        } catch {
            this.env.services.notification.add(
                _t("Your answer was not sent. It is kept in its conversation."),
                {type: "danger", sticky: true}
            );
            return;
        }
        this.clear();
        this.replyDesk.noteSent(ticketId);
    },
});

/**
 * @param {String} text
 * @param {Object} facts as ``get_reply_facts`` says them
 * @returns {String} what is not known here is left for the writer to see
 */
export function fillPlaceholders(text, facts) {
    return text.replace(/\{\w+\}/g, (word) => facts.placeholders[word] || word);
}
