import {ConversationTabs} from "../conversation_tabs/conversation_tabs.esm";
import {KanbanController} from "@web/views/kanban/kanban_controller";
import {SearchModel} from "@web/search/search_model";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {registry} from "@web/core/registry";
import {useLiveView} from "../live_view/live_view.esm";

/** The same as the list, as cards by the state in which they are. */
export class ConversationKanbanController extends KanbanController {
    setup() {
        super.setup();
        useLiveView(this, this.rootRef);
    }
}

/** On a telephone there is one column, in the order of the queue. */
export class ConversationKanbanSearchModel extends SearchModel {
    async load(config) {
        const defaultGroupBy = this.env.isSmall ? undefined : config.defaultGroupBy;
        return super.load({...config, defaultGroupBy});
    }
}

registry.category("views").add("conversation_kanban", {
    ...kanbanView,
    Controller: ConversationKanbanController,
    SearchModel: ConversationKanbanSearchModel,
    SearchPanel: ConversationTabs,
});
