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
            content: "The customer stands beside his letter",
            trigger: ".o_customer_panel_name:contains(Petr)",
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
            content: "What is answered is told, with a way back",
            trigger:
                ".o_notification:contains(Answered: Green ones) .o_notification_buttons button",
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

// One after the other, by keyboard.
tours.add("audiomania_routing_by_keyboard", {
    steps: () => [
        {
            trigger: ".o_data_row .o_data_cell[name=name]:contains(Green)",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=action_take]",
            run: "press alt+k",
        },
        {
            trigger: ".o_ladder_current:contains(Anna has been working on it)",
        },
        {
            content: "What cannot be done now is not offered",
            trigger:
                ".o_form_view:not(:has(button[name=action_take])):not(:has(button[name=action_take_away])) button[name=action_release]",
        },
        {
            trigger: ".o_form_view button[name=action_reply]",
            run: "press alt+w",
        },
        {
            content: "The composer opens beside the letter",
            trigger: ".o-mail-Chatter .o-mail-Composer-input",
            run: "edit Yes, in green.",
        },
        {
            trigger: ".o-mail-Composer-send:enabled",
            run: "click",
        },
        {
            content: "What waits next is open",
            trigger: ".o_breadcrumb:contains(Another one)",
        },
        {
            trigger:
                ".o_form_view:not(:has(button[name=action_undo_no_action])) button[name=action_no_action_required]",
            run: "press alt+o",
        },
        {
            content: "Nothing waits any more",
            trigger: ".o_list_view .o_view_nocontent:contains(Nothing waits for you)",
        },
        {
            content: "The answered one is a click away",
            trigger:
                ".o_notification:contains(Answered: Green ones) .o_notification_buttons button",
            run: "click",
        },
        {
            trigger: ".o_routing_band:contains(Worked out)",
        },
    ],
});
