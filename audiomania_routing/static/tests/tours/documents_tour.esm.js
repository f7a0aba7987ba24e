import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

// What somebody writes down for a colleague leaves him when it is saved.
tours.add("audiomania_routing_written_down", {
    steps: () => [
        {
            trigger: ".o_form_view .o_field_widget[name=name] :is(input, textarea)",
            run: "edit A call",
        },
        {
            trigger: ".o_field_widget[name=team_id] input",
            run: "edit Headphones",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Headphones)",
            run: "click",
        },
        {
            content: "He is not in that team, so it is not his any more",
            trigger: "button[name=assign_to_me]",
        },
        {
            trigger: ".o_field_widget[name=user_id] input",
            run: "edit Anna",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Anna)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=partner_id] input",
            run: "edit Petr",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Petr)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=description] .odoo-editor-editable",
            run: "editor Do you have it in green?",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "He reads who sees it",
            trigger: ".o_notification:contains(Anna alone until)",
        },
        {
            content: "And is at his queue, where it is not",
            trigger: ".o_list_view .o_view_nocontent:contains(Nothing waits for you)",
        },
    ],
});

// From the conversation to its order, and back.
tours.add("audiomania_routing_document", {
    steps: () => [
        {
            trigger: ".o_data_row .o_data_cell[name=name]",
            run: "click",
        },
        {
            trigger: "button[name=action_open_document]:contains(Sales Order)",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=order_line]",
        },
        {
            trigger: "button[name=action_view_conversations]:contains(1)",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_routing_band",
        },
    ],
});
