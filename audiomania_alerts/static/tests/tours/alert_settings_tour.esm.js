import {registry} from "@web/core/registry";

const menu = ".o_menu_systray .o_alert_menu";
const row = (title) => `.o_alert_row:has(.o_alert_title:contains(${title}))`;

registry.category("web_tour.tours").add("audiomania_alerts_settings", {
    steps: () => [
        {
            content: "Open the list: one row for two alerts about one customer",
            trigger: `${menu}.o_alert_unseen`,
            run: "click",
        },
        {
            content: "Snooze it until tomorrow morning",
            trigger: `${row("Twice")}:has(.o_alert_count:contains(2)) .o_alert_tomorrow`,
            run: "click",
        },
        {
            content: "It is gone; snooze another until a date",
            trigger: `.o_alert_menu_list:not(:has(${row("Twice")})) ${row(
                "Later"
            )} .o_alert_until`,
            run: "click",
        },
        {
            content: "Confirm the date",
            trigger: ".o_alert_snooze_dialog .o_alert_snooze_confirm",
            run: "click",
        },
        {
            content: "Open the list again",
            trigger: `body:not(:has(.o_dialog)) ${menu}`,
            run: "click",
        },
        {
            content: "Mute the type of the last one",
            trigger: `.o_alert_menu_list:not(:has(${row("Later")})) ${row(
                "Noise"
            )} .o_alert_mute`,
            run: "click",
        },
        {
            content: "Undo that",
            trigger: ".o_notification_buttons button:contains(Undo)",
            run: "click",
        },
        {
            content: "Open the list once more",
            trigger: `body:not(:has(.o_notification)):not(:has(.o_alert_menu_list)) ${menu}`,
            run: "click",
        },
        {
            content: "It is back",
            trigger: `.o_alert_menu_list ${row("Noise")}`,
        },
        {
            content: "Open the settings",
            trigger: ".o_alert_menu_list .o_alert_settings",
            run: "click",
        },
        {
            content: "Mute the type in the settings",
            trigger:
                ".o_data_row:has(.o_data_cell:contains(Noisy type)) [name='muted'] input",
            run: "click",
        },
        {
            content: "It is muted",
            trigger:
                ".o_data_row:has(.o_data_cell:contains(Noisy type)) [name='muted'] input:checked",
        },
        {
            content: "Nothing of it is in the list any more",
            trigger: menu,
            run: "click",
        },
        {
            content: "The list is empty",
            trigger: ".o_alert_menu_list .o_alert_empty",
        },
    ],
});
