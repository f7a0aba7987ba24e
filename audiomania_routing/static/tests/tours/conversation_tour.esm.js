import {registry} from "@web/core/registry";
import {rpc} from "@web/core/network/rpc";

const tours = registry.category("web_tour.tours");
const bell = ".o_menu_systray .o_alert_menu";
const letter = [
    "From: Petr <petr@customer.example>",
    "To: anna@hifi.example",
    "Subject: Green ones",
    "Message-ID: <green@customer.example>",
    "",
    "Do you have it in green?",
    "",
].join("\r\n");

// A letter reaches the mail gateway while the page is open.
tours.add("audiomania_routing_letter_arrives", {
    steps: () => [
        {
            content: "Nothing waits yet",
            trigger: `body:has(.o_view_nocontent) ${bell}:not(.o_alert_unseen)`,
            run: () =>
                rpc("/web/dataset/call_kw/mail.thread/message_process", {
                    model: "mail.thread",
                    method: "message_process",
                    args: [false, letter],
                    kwargs: {},
                }),
        },
        {
            content: "The toolbar blinks, without reloading",
            trigger: `${bell}.o_alert_unseen`,
            run: "click",
        },
        {
            trigger: ".o_alert_open:contains(Reserved for you: Petr)",
            run: "click",
        },
        {
            content: "The conversation is open, and says who sees it from when",
            trigger: ".o_form_view .o_routing_band:contains(Anna alone until)",
        },
        {
            content: "And why",
            trigger: ".o_routing_why summary",
            run: "click",
        },
        {
            trigger: ".o_routing_why :contains(It is addressed to Anna)",
        },
        {
            content: "The time that is left counts down",
            trigger: ".o_routing_band .o_time_left_text:contains(1 h)",
        },
    ],
});

// From the queue to the answer.
tours.add("audiomania_routing_answer", {
    steps: () => [
        {
            content: "It is counted under my own",
            trigger: ".o_search_panel_category_value:contains(Mine):contains(1)",
            run: "click",
        },
        {
            trigger:
                ".o_data_row:contains(Petr) .o_data_cell[name=name]:contains(Green)",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=action_take]",
            run: "click",
        },
        {
            trigger: ".o_routing_band:contains(Anna has been working on it)",
        },
        {
            content: "Taken once, it cannot be taken again",
            trigger: ".o_form_view:not(:has(button[name=action_take]))",
        },
        {
            trigger: ".o-mail-Chatter-sendMessage",
            run: "click",
        },
        {
            content: "The composer knows the customer",
            trigger: ".o-mail-RecipientsInput:contains(Petr)",
        },
        {
            trigger: ".o-mail-Composer-input",
            run: "edit Yes, in green.",
        },
        {
            trigger: ".o-mail-Composer-send:enabled",
            run: "click",
        },
        {
            trigger: ".o-mail-Message:contains(Yes, in green.)",
        },
        {
            content: "It is worked out, and the form knows it",
            trigger: ".o_routing_band:contains(Worked out)",
        },
        {
            trigger: ".o_breadcrumb .o_back_button, .breadcrumb-item a:contains(Queue)",
            run: "click",
        },
        {
            content: "It has left the queue",
            trigger: ".o_list_view .o_view_nocontent:contains(Nothing waits for you)",
        },
    ],
});

// No action required, from the list; and its undoing, from the form.
tours.add("audiomania_routing_no_action", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(Thank you) .o_list_record_selector input",
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
            trigger: ".o_menu_sections [data-menu-xmlid$=menu_worked_out]",
            run: "click",
        },
        {
            trigger: ".o_data_row .o_data_cell[name=name]:contains(Thank you)",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=action_undo_no_action]",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=action_take]",
        },
    ],
});
