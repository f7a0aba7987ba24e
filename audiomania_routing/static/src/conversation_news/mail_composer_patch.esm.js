import {MailComposerFormController} from "@mail/chatter/web/mail_composer_form";
import {confirmNews} from "./conversation_news.esm";
import {patch} from "@web/core/utils/patch";
import {useService} from "@web/core/utils/hooks";

patch(MailComposerFormController.prototype, {
    setup() {
        super.setup();
        this.orm = useService("orm");
    },
    async beforeExecuteActionButton(clickParams) {
        const isSending = clickParams.name === "action_send_mail";
        if (isSending && !(await this.confirmRoutingNews())) {
            return false;
        }
        return super.beforeExecuteActionButton(clickParams);
    },
    /** Whether nothing has happened since, or he sends it all the same. */
    async confirmRoutingNews() {
        const {data} = this.model.root;
        if (!data.routing_seen || data.model !== "helpdesk.ticket") {
            return true;
        }
        const [ticketId] = JSON.parse(data.res_ids);
        const {lines, seen} = await this.orm.call("helpdesk.ticket", "get_news", [
            ticketId,
            data.routing_seen,
        ]);
        if (lines.length && !(await confirmNews(this.env.services.dialog, lines))) {
            return false;
        }
        await this.model.root.update({routing_seen: seen});
        return true;
    },
});
