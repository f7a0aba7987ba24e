import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

// The salesperson, without purchase rights, on a quotation.
tours.add("purchase_journal_ask", {
    steps: () => [
        {
            content: "No mark before anything was asked",
            trigger: ".o_field_x2many:not(:has(.o_request_mark))",
        },
        {
            content: "Buy on the line",
            trigger: ".o_data_row:contains(Amplifier) button[name=action_buy]",
            run: "click",
        },
        {
            content: "The dialog proposes what is short",
            trigger:
                ".modal .o_data_row:contains(Amplifier) [name=product_qty]:contains(5)",
        },
        {
            content: "A word to the buyer",
            trigger: ".modal .o_data_row [name=comment]",
            run: "click",
        },
        {
            trigger: ".modal .o_data_row [name=comment] input",
            run: "edit The black one",
        },
        {
            trigger: ".modal button[name=action_ask]",
            run: "click",
        },
        {
            content: "The mark is on the line",
            trigger: ".o_request_mark[data-state=asked]:contains(Asked)",
        },
        {
            content: "Pressing twice does not ask twice",
            trigger: ".o_data_row:contains(Amplifier) button[name=action_buy]",
            run: "click",
        },
        {
            trigger: ".o_notification:contains(Nothing to ask for)",
        },
        {
            content: "Nor does Buy on the order",
            trigger: ".o_statusbar_buttons button[name=action_buy]",
            run: "click",
        },
        {
            trigger:
                ".o_notification:contains(Nothing to ask for) ~ .o_notification, .o_notification:nth-child(2)",
        },
    ],
});

// The buyer, in his journal.
tours.add("purchase_journal_work", {
    steps: () => [
        {
            content: "The vendor's group, open",
            trigger: ".o_group_open:contains(Tour vendor)",
        },
        {
            content: "The request, with what the salesperson said",
            trigger: ".o_data_row:contains(Amplifier) [name=product_id]",
            run: "click",
        },
        {
            trigger: ".o_form_view [name=last_comment]:contains(The black one)",
        },
        {
            trigger: "button[name=action_take]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current:contains(In work)",
        },
        {
            trigger: "button[name=action_comment]",
            run: "click",
        },
        {
            trigger: ".modal [name=body] textarea",
            run: "edit On Monday",
        },
        {
            trigger: ".modal button[name=action_post]",
            run: "click",
        },
        {
            trigger: ".o_form_view [name=last_comment]:contains(On Monday)",
        },
        {
            trigger: "button[name=action_order]",
            run: "click",
        },
        {
            content: "The draft for the vendor",
            trigger: ".o_form_view [name=partner_id] input:value(Tour vendor)",
        },
        {
            trigger: "button[name=button_confirm]:visible",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current:contains(Purchase Order)",
        },
    ],
});

// The salesperson again.
tours.add("purchase_journal_mark", {
    steps: () => [
        {
            trigger: ".o_request_mark[data-state=ordered]:has(.fa-truck)",
            run: "click",
        },
        {
            trigger: ".o_request_history .o_request_words:contains(On Monday)",
        },
        {
            trigger: ".o_request_history button:contains(Open request)",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_arrow_button_current:contains(Ordered)",
        },
        {
            content: "Neither vendor nor price for a salesperson",
            trigger:
                ".o_form_view:not(:has([name=vendor_id])):not(:has([name=last_price]))",
        },
        {
            trigger: "button[name=action_open_order]",
            run: "click",
        },
        {
            trigger: ".o_form_view [name=order_line]",
        },
    ],
});

// The buyer decides about several requests, in the list and in the form.
tours.add("purchase_journal_decide", {
    steps: () => [
        {
            content: "Both requests, in the group of their vendor",
            trigger:
                ".o_data_row:contains(Green speaker) ~ .o_data_row:contains(Red speaker), .o_data_row:contains(Red speaker) ~ .o_data_row:contains(Green speaker)",
        },
        {
            trigger:
                ".o_data_row:contains(Green speaker) .o_list_record_selector input",
            run: "click",
        },
        {
            content: "What has no room as a button is among the actions",
            trigger: ".o_cp_action_menus button:contains(Actions)",
            run: "click",
        },
        {
            trigger: ".o-dropdown-item:contains(Put aside)",
            run: "click",
        },
        {
            trigger: ".modal button[name=action_put_aside]",
            run: "click",
        },
        {
            content: "It is no longer to do",
            trigger: ".o_list_view:not(:has(.o_data_row:contains(Green speaker)))",
        },
        {
            trigger: ".o_data_row:contains(Red speaker) [name=product_id]",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=action_split]",
            run: "click",
        },
        {
            content: "Two of the vendor's",
            trigger: ".modal .o_data_row:contains(Tour vendor) [name=product_qty]",
            run: "click",
        },
        {
            trigger: ".modal .o_data_row [name=product_qty] input",
            run: "edit 2",
        },
        {
            trigger: ".modal .o_data_row:contains(Second vendor) [name=product_qty]",
            run: "click",
        },
        {
            content: "The row of the second vendor is the one that is written in",
            trigger:
                ".modal .o_selected_row:has([name=vendor_id] input:value(Second vendor)) [name=product_qty] input",
            run: "edit 1",
        },
        {
            trigger: ".modal button[name=action_order]",
            run: "click",
        },
        {
            content: "A draft for each vendor",
            trigger:
                ".o_list_view .o_data_row:contains(Tour vendor) ~ .o_data_row:contains(Second vendor), .o_list_view .o_data_row:contains(Second vendor) ~ .o_data_row:contains(Tour vendor)",
        },
    ],
});
