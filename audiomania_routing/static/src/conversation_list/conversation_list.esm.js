import {ListController} from "@web/views/list/list_controller";
import {SearchPanel} from "@web/search/search_panel/search_panel";
import {listView} from "@web/views/list/list_view";
import {registry} from "@web/core/registry";
import {useConversationClock} from "../conversation_clock/conversation_clock.esm";
import {useService} from "@web/core/utils/hooks";

/** A list that shows what becomes visible from the very second on. */
export class ConversationListController extends ListController {
    setup() {
        super.setup();
        useConversationClock(() => this.refetch());
    }

    /** Fetch again; what is selected stays selected, and the page where it is. */
    async refetch() {
        const {root} = this.model;
        if (root.editedRecord) {
            return;
        }
        const selected = new Set(root.selection.map((record) => record.resId));
        await this.model.load();
        for (const record of this.model.root.records) {
            if (selected.has(record.resId)) {
                record.toggleSelection(true);
            }
        }
        if (root.isDomainSelected) {
            this.model.root.selectDomain(true);
        }
    }
}

/** The headings of the queue count what becomes visible from the very second on. */
export class ConversationSearchPanel extends SearchPanel {
    setup() {
        super.setup();
        this.orm = useService("orm");
        useConversationClock(() => this.recount());
    }

    /** Only the headings: the search model would have the list fetch from its start. */
    async recount() {
        const model = this.env.searchModel;
        const counted = model.categories.filter((section) => section.enableCounters);
        for (const category of counted) {
            const values = await this.orm.silent.call(
                model.resModel,
                "search_panel_select_range",
                [category.fieldName],
                {
                    category_domain: model._getCategoryDomain(category.id),
                    context: model.globalContext,
                    enable_counters: true,
                    expand: category.expand,
                    filter_domain: model._getFilterDomain(),
                    hierarchize: category.hierarchize,
                    limit: category.limit,
                    search_domain: model.searchDomain,
                }
            );
            model._createCategoryTree(category.id, values);
        }
        this.updateActiveValues();
        this.render();
    }
}

registry.category("views").add("conversation_list", {
    ...listView,
    Controller: ConversationListController,
    SearchPanel: ConversationSearchPanel,
});
