import {FormController} from "@web/views/form/form_controller";
import {_t} from "@web/core/l10n/translation";
import {formView} from "@web/views/form/form_view";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

const QUEUE = "audiomania_routing.helpdesk_ticket_action_queue";

/** Who writes a question down for others cannot read it from then on. */
export class ConversationFormController extends FormController {
    setup() {
        super.setup();
        this.notification = useService("notification");
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
