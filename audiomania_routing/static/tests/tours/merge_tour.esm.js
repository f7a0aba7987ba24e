import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const whole = "body:not(:has(.modal)) .o_form_view";

// Two letters about one matter become one conversation.
tours.add("audiomania_routing_merge", {
    steps: () => [
        {
            content: "Both of them are chosen",
            trigger: ".o_data_row:contains(The same) .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains(Green ones) .o_list_record_selector input",
            run: "click",
        },
        {trigger: ".o_cp_action_menus .dropdown-toggle", run: "click"},
        {
            trigger: ".o-dropdown--menu .o_menu_item:contains(Merge conversations)",
            run: "click",
        },
        {
            content: "The one that waits longest goes on; the dialog shows both",
            trigger:
                ".modal:has(.o_data_row:contains(Green ones)):has(.o_data_row:contains(The same))",
        },
        {trigger: ".modal button[name=action_confirm]:visible", run: "click"},
        {
            content: "It is open, and may be taken as a whole",
            trigger: `${whole} button[name=action_take]`,
        },
    ],
});

// Two matters in one conversation become two.
tours.add("audiomania_routing_split", {
    steps: () => [
        {
            trigger: ".o_data_row .o_data_cell[name=name]:contains(Green ones)",
            run: "click",
        },
        {trigger: ".o_form_view .o_cp_action_menus .dropdown-toggle", run: "click"},
        {
            trigger: ".o-dropdown--menu .o_menu_item:contains(Split off)",
            run: "click",
        },
        {
            content: "Each letter by its first words; the second one is chosen",
            trigger:
                ".modal .o_data_row:contains(Where is my invoice) [name=chosen] input:enabled",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit Another matter",
        },
        {trigger: ".modal button[name=action_confirm]:visible", run: "click"},
        {
            content: "The new conversation is open, beside the one it comes from",
            trigger: `${whole} button[name=action_take]`,
        },
    ],
});
