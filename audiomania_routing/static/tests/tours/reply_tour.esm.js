import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const open = [
    {
        trigger: ".o_data_row .o_data_cell[name=name]:contains(Green)",
        run: "click",
    },
    {trigger: ".o-mail-Chatter-sendMessage", run: "click"},
];
const write = (text) => [
    {trigger: ".o-mail-Composer-input", run: `edit ${text}`},
    {trigger: ".o-mail-Composer-send:enabled", run: "click"},
];

function expectDraft(text) {
    const input = document.querySelector(".o-mail-Composer-input");
    if (input.value !== text) {
        throw new Error(`The answer is lost: ${input.value}`);
    }
}

// Others will read the answer: it is said loudly, and asked once.
tours.add("audiomania_routing_public_banner", {
    steps: () => [
        ...open,
        {
            content: "The composer knows its customer, and who else reads it",
            trigger: ".o_reply_to:contains(Petr):contains(@)",
        },
        {trigger: ".o_reply_public:contains(press@paper.example)"},
        ...write("Yes, in green."),
        {trigger: ".modal .o_reply_public:contains(press@paper.example)"},
        {trigger: ".modal button:contains(Back to my answer)", run: "click"},
        {
            trigger: "body:not(:has(.modal))",
            run: () => expectDraft("Yes, in green."),
        },
        {trigger: ".o-mail-Composer-send:enabled", run: "click"},
        {trigger: ".modal button:contains(Send all the same)", run: "click"},
        {trigger: ".o-mail-Message:contains(Yes, in green.)"},
        {trigger: ".o_routing_band:contains(Worked out)"},
    ],
});

// Three questions, two ticked.
tours.add("audiomania_routing_three_questions", {
    steps: () => [
        ...open,
        {trigger: ".o_reply_questions legend:contains(0 of 3)"},
        {
            trigger: ".o_reply_question:contains(loud) input",
            run: "click",
        },
        {trigger: ".o_reply_questions legend:contains(1 of 3)"},
        {
            trigger: ".o_reply_question:contains(green) input",
            run: "click",
        },
        {trigger: ".o_reply_questions legend:contains(2 of 3)"},
        ...write("Yes, and in green."),
        {
            content: "The third one is named before it leaves",
            trigger: ".modal .o_reply_open:contains(1 question):contains(cable)",
        },
        {trigger: ".modal button:contains(Back to my answer)", run: "click"},
        {
            trigger: "body:not(:has(.modal)) .o_reply_question:contains(cable) input",
            run: "click",
        },
        {trigger: ".o_reply_questions legend:contains(3 of 3)"},
        {trigger: ".o-mail-Composer-send:enabled", run: "click"},
        {trigger: ".o-mail-Message:contains(Yes, and in green.)"},
        {trigger: ".o_routing_band:contains(Worked out)"},
    ],
});

// Undo gives the answer back as it was; with a promise it leaves the inquiry open.
tours.add("audiomania_routing_undo_and_promise", {
    steps: () => [
        ...open,
        {trigger: ".o_reply_promise select"},
        ...write("I am finding it out."),
        {trigger: ".o_reply_held:contains(Leaves in)"},
        {trigger: ".o_reply_undo", run: "click"},
        {
            trigger: ".o_reply_panel:not(:has(.o_reply_held))",
            run: () => expectDraft("I am finding it out."),
        },
        {
            trigger: ".o_reply_promise select",
            run: "selectByIndex 2",
        },
        {trigger: ".o_reply_promised:contains(stays open until)"},
        {trigger: ".o-mail-Composer-send:enabled", run: "click"},
        {trigger: ".o_reply_send_now", run: "click"},
        {trigger: ".o-mail-Message:contains(I am finding it out.)"},
        {trigger: ".o_routing_band:contains(has promised an answer by)"},
    ],
});

// The same from the large composer.
tours.add("audiomania_routing_large_promise", {
    steps: () => [
        ...open,
        {trigger: ".o-mail-Composer-input", run: "edit I am finding it out."},
        {trigger: "button[name=open-full-composer]", run: "click"},
        {
            trigger: ".modal .o_reply_promise select",
            run: "selectByIndex 2",
        },
        {trigger: ".modal .o_reply_question:contains(green) input", run: "click"},
        {trigger: ".modal .o_reply_questions legend:contains(1 of 1)"},
        {trigger: ".modal button[name=action_send_mail]:enabled", run: "click"},
        {trigger: ".modal .o_reply_send_now", run: "click"},
        {
            trigger:
                "body:not(:has(.modal)) .o_routing_band:contains(has promised an answer by)",
        },
    ],
});
