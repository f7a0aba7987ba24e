import {Message} from "@mail/core/common/message";
import {patch} from "@web/core/utils/patch";

patch(Message.prototype, {
    /** A customer's first letter is shown as he wrote it, without "Ticket created". */
    get showSubtypeDescription() {
        const {isBodyEmpty, thread} = this.message;
        const isLetter = !isBodyEmpty && thread?.model === "helpdesk.ticket";
        return !isLetter && super.showSubtypeDescription;
    },
});
