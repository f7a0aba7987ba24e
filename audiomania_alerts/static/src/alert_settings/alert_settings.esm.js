import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/** Every type of alert with what the employee chose for it. */
export async function openSettings(env) {
    const {orm, action} = env.services;
    await action.doAction(await orm.call("alert.preference", "action_open_mine"), {
        clearBreadcrumbs: true,
    });
}

export function alertSettingsItem(env) {
    return {
        type: "item",
        id: "audiomania_alerts_settings",
        description: _t("My alert settings"),
        callback: () => openSettings(env),
        sequence: 55,
    };
}

registry
    .category("user_menuitems")
    .add("audiomania_alerts.settings", alertSettingsItem);
