import {SearchPanel} from "@web/search/search_panel/search_panel";
import {_t} from "@web/core/l10n/translation";
import {useConversationClock} from "../conversation_clock/conversation_clock.esm";
import {useService} from "@web/core/utils/hooks";

/**
 * The headings of the queue as a bar of tabs, each with what waits under it, counted
 * from the very second on, all in one request.
 */
export class ConversationTabs extends SearchPanel {
    static template = "audiomania_routing.ConversationTabs";

    setup() {
        super.setup();
        this.orm = useService("orm");
        useConversationClock(() => this.recount());
    }

    get categories() {
        return this.sections.filter(({type}) => type === "category");
    }

    /**
     * The tabs of one category: all of it first, and how much that is.
     *
     * @param {Object} category
     * @returns {Object[]}
     */
    getTabs(category) {
        const values = category.rootIds.map((id) => category.values.get(id));
        const counts = values.map(({__count: count}) => count || 0);
        const all = counts.reduce((sum, count) => sum + count, 0);
        return values.map((value, index) => {
            const count = value.id === false ? all : counts[index];
            const name = value.id === false ? _t("All") : value.display_name;
            return {
                ...value,
                name,
                count,
                isActive: category.activeValueId === value.id,
                label: _t("%(name)s: %(count)s", {name, count}),
                value,
            };
        });
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
