import {registry} from "@web/core/registry";
import {rpc} from "@web/core/network/rpc";

const tours = registry.category("web_tour.tours");

/** A second letter of the customer, while an answer to the first is being written. */
function writeAgain(name) {
    const letter = [
        "From: Petr <petr@customer.example>",
        "To: anna@hifi.example",
        "Subject: Re: Green ones",
        `Message-ID: <${name}@customer.example>`,
        "In-Reply-To: <green@customer.example>",
        "",
        "Rather in blue.",
        "",
    ].join("\r\n");
    return rpc("/web/dataset/call_kw/mail.thread/message_process", {
        model: "mail.thread",
        method: "message_process",
        args: [false, letter],
        kwargs: {},
    });
}

tours.add("audiomania_routing_stale_answer", {
    steps: () => [
        {
            trigger: ".o_data_row .o_data_cell[name=name]:contains(Green)",
            run: "click",
        },
        {trigger: ".o-mail-Chatter-sendMessage", run: "click"},
        {trigger: ".o-mail-Composer-input", run: "edit Yes, in green."},
        {
            content: "Meanwhile the customer writes again",
            trigger: ".o-mail-Composer-send:enabled",
            run: () => writeAgain("blue"),
        },
        {trigger: ".o-mail-Composer-send:enabled", run: "click"},
        {
            content: "The answer is stopped, and its writer sees why",
            trigger: ".modal .o_routing_news:contains(Rather in blue)",
        },
        {trigger: ".modal button:contains(Back to my answer)", run: "click"},
        {
            content: "Nothing that he wrote is lost",
            trigger: "body:not(:has(.modal))",
            run() {
                const input = document.querySelector(".o-mail-Composer-input");
                if (input.value !== "Yes, in green.") {
                    throw new Error("The answer is lost");
                }
            },
        },
        {trigger: ".o-mail-Composer-send:enabled", run: "click"},
        {trigger: ".modal button:contains(Send all the same)", run: "click"},
        {trigger: ".o-mail-Message:contains(Yes, in green.)"},
        {trigger: ".o_routing_band:contains(Worked out)"},
    ],
});

tours.add("audiomania_routing_stale_large_answer", {
    steps: () => [
        {
            trigger: ".o_data_row .o_data_cell[name=name]:contains(Green)",
            run: "click",
        },
        {trigger: ".o-mail-Chatter-sendMessage", run: "click"},
        {trigger: ".o-mail-Composer-input", run: "edit Yes, in green."},
        {
            trigger: "button[name=open-full-composer]",
            run: "click",
        },
        {
            trigger: ".modal .o_mail_composer_form_view, .modal .o_form_view",
            run: () => writeAgain("bluer"),
        },
        {trigger: ".modal button[name=action_send_mail]", run: "click"},
        {trigger: ".modal .o_routing_news:contains(Rather in blue)"},
        {trigger: ".modal button:contains(Back to my answer)", run: "click"},
        {
            content: "The large composer is open still, with what he wrote",
            trigger: ".modal:not(:has(.o_routing_news)) .note-editable:contains(Yes)",
        },
        {trigger: ".modal button[name=action_send_mail]", run: "click"},
        {trigger: ".modal button:contains(Send all the same)", run: "click"},
        {
            content: "It has left, and its composer is closed",
            trigger: "body:not(:has(.modal)) .o_routing_band:contains(Worked out)",
        },
    ],
});

// From the button to the colleague; who gives it away goes on with what waits next.
tours.add("audiomania_routing_transfer", {
    steps: () => [
        {
            trigger: ".o_data_row .o_data_cell[name=name]:contains(Green)",
            run: "click",
        },
        {trigger: ".o_form_view button[name=action_take]", run: "click"},
        {trigger: ".o_routing_band:contains(Anna has been working on it)"},
        {trigger: ".o_form_view button[name=action_release]"},
        {trigger: ".o_form_view button[name=action_transfer]", run: "click"},
        {
            trigger: ".modal .o_field_widget[name=to_user_id] input",
            run: "edit Boris",
        },
        {trigger: ".ui-autocomplete a:contains(Boris)", run: "click"},
        {
            trigger:
                ".modal .o_field_widget[name=cause] input, .modal .o_field_widget[name=cause] select",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(knows it better)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit He has heard them",
        },
        {trigger: ".modal button[name=action_confirm]:visible", run: "click"},
        {
            content: "What waits next is open, without an error",
            trigger:
                "body:not(:has(.modal)) .o_form_view .o_field_widget[name=name]:contains(Another), body:not(:has(.modal)) .o_breadcrumb:contains(Another)",
        },
    ],
});
