import {registry} from "@web/core/registry";

// A manager looks at the whole, opens what is behind a figure, and at his own.
registry.category("web_tour.tours").add("audiomania_routing_dashboard", {
    steps: () => [
        {
            content: "Each block is there with its figures",
            trigger: "[data-block=waiting] [data-figure=waits]:contains(1)",
        },
        {trigger: "[data-block=load] [data-figure=over]"},
        {trigger: "[data-block=today] [data-figure=received]:contains(1)"},
        {trigger: "[data-block=window] [data-figure=today]"},
        {trigger: "[data-block=marks] [data-figure=quality]"},
        {trigger: ".o_routing_blocks:not(:has([role=alert]))"},
        {
            content: "Behind what waits stands the conversation",
            trigger: "[data-block=waiting] [data-figure=waits] button",
            run: "click",
        },
        {trigger: ".o_list_view .o_data_row:contains(A question)"},
        {trigger: ".o_breadcrumb a:contains(Dashboard)", run: "click"},
        {
            content: "Behind what came in stands the analysis",
            trigger: "[data-block=today] [data-figure=received] button",
            run: "click",
        },
        {trigger: ".o_list_view .o_data_row"},
        {trigger: ".o_breadcrumb a:contains(Dashboard)", run: "click"},
        {trigger: ".o_routing_scope[data-scope=own]", run: "click"},
        {
            content: "His own: nothing waits for him",
            trigger: "[data-block=waiting]:contains(Nobody waits for an answer)",
        },
    ],
});
