import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const words = ".o_searchview_input";

// Several thank-you letters at once, from one tab of the queue.
tours.add("audiomania_routing_bulk_no_action", {
    steps: () => [
        {
            content: "Each tab tells its count, to a screen reader too",
            trigger: ".o_routing_tab[data-value=mine][aria-label='Mine: 2']",
            run: "click",
        },
        {trigger: ".o_routing_tab[data-value=mine][aria-current=page]"},
        {
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: ".o_control_panel button[name=action_no_action_required]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_view_nocontent:contains(Nothing waits for you)",
        },
        {
            trigger: ".o_routing_tab[data-value=department]",
            run: "click",
        },
        {trigger: ".o_routing_tab[data-value=department][aria-current=page]"},
    ],
});

// By a word of the letter, and by the telephone of its customer.
tours.add("audiomania_routing_search", {
    steps: () => [
        {trigger: ".o_data_row:contains(First)"},
        {trigger: ".o_data_row:contains(Second)"},
        {trigger: words, run: "edit turntables"},
        {
            trigger: ".o_searchview_autocomplete .o-dropdown-item:contains(Text)",
            run: "click",
        },
        {trigger: ".o_list_view:not(:has(.o_data_row:contains(First)))"},
        {trigger: ".o_data_row:contains(Second)"},
        {trigger: ".o_searchview .o_facet_remove", run: "click"},
        {trigger: ".o_data_row:contains(First)"},
        {trigger: words, run: "edit 8 916 555 01 10"},
        {
            trigger: ".o_searchview_autocomplete .o-dropdown-item:contains(Phone)",
            run: "click",
        },
        {trigger: ".o_list_view:not(:has(.o_data_row:contains(Second)))"},
        {
            content: "As cards by their state",
            trigger: ".o_cp_switch_buttons .o_kanban",
            run: "click",
        },
        {
            trigger:
                ".o_kanban_group:contains(Reserved) .o_kanban_record:contains(First)",
            run: "click",
        },
        {trigger: ".o_form_view .o_routing_band"},
    ],
});
