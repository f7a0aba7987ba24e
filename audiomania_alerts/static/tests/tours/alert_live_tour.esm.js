import {registry} from "@web/core/registry";

const menu = ".o_menu_systray .o_alert_menu";

registry.category("web_tour.tours").add("audiomania_alerts_live", {
    steps: () => [
        {
            content: "Nothing is unseen on the open page",
            trigger: `${menu}:not(.o_alert_unseen)`,
        },
        {
            content: "Business that alerts this employee",
            trigger:
                ".o_field_widget[name='name'] textarea, .o_field_widget[name='name'] input",
            run: "edit Edited Customer and Sons",
        },
        {
            content: "Save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "The icon blinks and counts, without reloading",
            trigger: `${menu}.o_alert_unseen:has(.o_alert_counter:contains(1))`,
            run: "click",
        },
        {
            content: "It is seen as soon as it is shown",
            trigger: `body:has(.o_alert_danger .o_alert_title:contains(Waiting Customer waits for an answer)) ${menu}:not(.o_alert_unseen)`,
        },
        {
            content: "A click opens the record",
            trigger: ".o_alert_danger .o_alert_open",
            run: "click",
        },
        {
            content: "The record is open and the list is closed",
            trigger:
                "body:not(:has(.o_alert_menu_list)) .o_breadcrumb:contains(Waiting Customer)",
        },
        {
            content: "It must be done, so it is still there",
            trigger: menu,
            run: "click",
        },
        {
            content: "One click does it",
            trigger: ".o_alert_row .o_alert_done",
            run: "click",
        },
        {
            content: "Nothing is left",
            trigger: ".o_alert_menu_list .o_alert_empty",
        },
    ],
});
