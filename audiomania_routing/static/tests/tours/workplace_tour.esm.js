import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

// No action required, and at once undone.
tours.add("audiomania_routing_undo", {
    steps: () => [
        {
            content: "The list suggests it",
            trigger:
                ".o_data_row:contains(Thank you) .o_routing_thanks:contains(thanks)",
        },
        {
            trigger: ".o_data_row:contains(Thank you) .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: ".o_control_panel button[name=action_no_action_required]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_view_nocontent",
        },
        {
            trigger: ".o_notification_buttons button:contains(Undo)",
            run: "click",
        },
        {
            content: "It waits again",
            trigger: ".o_data_row:contains(Thank you)",
        },
    ],
});

// What was said by phone works it out.
tours.add("audiomania_routing_by_phone", {
    steps: () => [
        {
            trigger: ".o_data_row .o_data_cell[name=name]:contains(Thank you)",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=action_answered_by_phone]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=text] textarea",
            run: "edit He is glad of it.",
        },
        {
            trigger: ".modal button[name=action_save]",
            run: "click",
        },
        {
            content: "As after a written answer, what waits next is opened",
            trigger: ".o_notification:contains(Answered: Thank you)",
        },
    ],
});
