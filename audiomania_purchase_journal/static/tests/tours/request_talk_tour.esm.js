import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

// The buyer offers the yellow one instead of the green.
tours.add("purchase_journal_offer", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(Green) [name=product_id]",
            run: "click",
        },
        {
            trigger: "button[name=action_question]",
        },
        {
            trigger: "button[name=action_offer]",
            run: "click",
        },
        {
            trigger: ".modal [name=product_id] input",
            run: "edit Yellow",
        },
        {
            trigger: ".dropdown-item:contains(Yellow)",
            run: "click",
        },
        {
            content: "It is here: nothing has to be bought",
            trigger: ".modal [name=from_stock] input:checked",
        },
        {
            trigger: ".modal [name=note] textarea",
            run: "edit Green in a week",
        },
        {
            trigger: ".modal button[name=action_offer]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current:contains(Offer)",
        },
    ],
});

// The salesperson accepts it from the order line.
tours.add("purchase_journal_accept", {
    steps: () => [
        {
            trigger: ".o_request_mark[data-state=offer].text-bg-danger",
            run: "click",
        },
        {
            trigger: ".o_request_history .o_request_words:contains(Green in a week)",
        },
        {
            trigger: ".o_request_offer:contains(Yellow):contains(in stock)",
        },
        {
            trigger: ".o_request_accept",
            run: "click",
        },
        {
            content: "The line is the yellow one at its own price",
            trigger: ".o_data_row:contains(Yellow):contains(70.00)",
        },
        {
            content: "It is here",
            trigger: ".o_request_mark[data-state=received].text-bg-success",
        },
        {
            trigger: "body:not(:has(.o_request_history))",
        },
    ],
});

// The buyer asks, orders and receives while the salesperson has the order open.
tours.add("purchase_journal_buy", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(Green) [name=product_id]",
            run: "click",
        },
        {
            trigger: "button[name=action_order]",
            run: "click",
        },
        {
            trigger: "button[name=button_confirm]:visible",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current:contains(Purchase Order)",
        },
        {
            trigger: "button[name=action_view_picking].oe_stat_button",
            run: "click",
        },
        {
            trigger: "button[name=button_validate]:visible",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current:contains(Done)",
        },
    ],
});

// The salesperson is asked and answers on the order line.
tours.add("purchase_journal_answer", {
    steps: () => [
        {
            trigger: ".o_request_mark[data-state=question]:contains(Question)",
            run: "click",
        },
        {
            trigger: ".o_request_words:contains(Which green?)",
        },
        {
            trigger: ".o_request_answer",
            run: "edit The dark one",
        },
        {
            trigger: ".o_request_tell_me",
            run: "click",
        },
        {
            trigger: ".o_request_tell_me:checked",
        },
        {
            trigger: ".o_request_send:enabled",
            run: "click",
        },
        {
            trigger: ".o_request_messages .o_request_words:contains(The dark one)",
        },
        {
            trigger: ".o_request_mark[data-state=in_work]",
        },
    ],
});
