import {ConversationTabs} from "../conversation_tabs/conversation_tabs.esm";
import {ListController} from "@web/views/list/list_controller";
import {listView} from "@web/views/list/list_view";
import {registry} from "@web/core/registry";
import {useLiveView} from "../live_view/live_view.esm";

/** A list that shows what becomes visible, and what changes, by itself. */
export class ConversationListController extends ListController {
    setup() {
        super.setup();
        useLiveView(this, this.rootRef);
    }
}

registry.category("views").add("conversation_list", {
    ...listView,
    Controller: ConversationListController,
    SearchPanel: ConversationTabs,
});
