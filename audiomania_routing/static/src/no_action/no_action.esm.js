import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/** How long it is offered to undo it, in milliseconds. */
const OFFERED_FOR = 8000;

/** Say what was worked out, and offer to undo it for a few seconds. */
export function offerUndo(env, {params}) {
    const close = env.services.notification.add(params.message, {
        type: "success",
        autocloseDelay: OFFERED_FOR,
        buttons: [
            {
                name: _t("Undo"),
                primary: true,
                onClick: async () => {
                    close();
                    await undo(env, params.ids);
                },
            },
        ],
    });
    return params.next;
}

/** The server checks again whether it may be undone, and says so if not. */
async function undo(env, ids) {
    const {action, orm} = env.services;
    const following = await orm.call("helpdesk.ticket", "action_undo_no_action", [ids]);
    if (following?.type === "ir.actions.client") {
        await action.doAction(following);
    }
    await action.doAction("soft_reload");
}

registry.category("actions").add("routing_no_action", offerUndo);
