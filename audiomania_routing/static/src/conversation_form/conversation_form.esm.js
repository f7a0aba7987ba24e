import {ANSWER} from "./chatter_patch.esm";
import {FormController} from "@web/views/form/form_controller";
import {RPCError} from "@web/core/network/rpc";
import {_t} from "@web/core/l10n/translation";
import {formView} from "@web/views/form/form_view";
import {SIZES} from "@web/core/ui/ui_service";
import {registry} from "@web/core/registry";
import {useConversationClock} from "../conversation_clock/conversation_clock.esm";
import {status, useEffect} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";

const QUEUE = "audiomania_routing.helpdesk_ticket_action_queue";
const ACCESS_ERROR = "odoo.exceptions.AccessError";
// After these, what waits next may be shown in the place of the conversation.
const GOING_ON = ["action_no_action_required", "action_release"];

/** Who writes a question down for others cannot read it from then on. */
export class ConversationFormController extends FormController {
    setup() {
        super.setup();
        this.notification = useService("notification");
        this.clock = useConversationClock(() => this.refetch());
        useEffect(
            (ticketId, seen) => this.noteSeen(ticketId, seen),
            () => [this.model.root.resId, this.model.root.data.seen_token]
        );
        this.shown = {};
        useEffect(
            (ticketId, state) => {
                this.noteState(ticketId, state);
            },
            () => [this.model.root.resId, this.model.root.data.inquiry_state]
        );
    }

    get className() {
        const isLaptop = this.ui.size === SIZES.XL && !this.env.inDialog;
        return {
            ...super.className,
            "o_conversation_form o_xxl_form_view h-100": isLaptop,
        };
    }

    /** An answer tells the server what its writer has seen here. */
    noteSeen(ticketId, seen) {
        if (ticketId && seen) {
            this.thread.routingSeen = seen;
        }
    }

    get thread() {
        const {resId, resModel} = this.model.root;
        return this.mailStore.Thread.insert({model: resModel, id: resId});
    }

    /** Whoever has just answered what waited here goes on to what waits next. */
    noteState(ticketId, state) {
        const before = this.shown;
        this.shown = {ticketId, state};
        const isSame = ticketId && ticketId === before.ticketId;
        if (isSame && before.state === "pending" && state === "worked_out") {
            this.goOn(ticketId);
        }
    }

    async goOn(ticketId) {
        const {root} = this.model;
        if (this.env.inDialog || (await root.isDirty()) || this.isWriting) {
            return;
        }
        const action = await this.orm.call("helpdesk.ticket", "action_after_answer", [
            [ticketId],
        ]);
        if (!action || this.model.root.resId !== ticketId) {
            return;
        }
        const subject = root.data.name;
        await this.follow(action);
        this.notification.add(_t("Answered: %s", subject), {
            type: "success",
            buttons: [{name: _t("Back to it"), onClick: () => this.goBack(ticketId)}],
        });
    }

    /** He has begun another message already. */
    get isWriting() {
        return Boolean(this.thread.composer?.composerText?.trim());
    }

    goBack(ticketId) {
        return this.actionService.doAction({
            type: "ir.actions.act_window",
            res_model: "helpdesk.ticket",
            res_id: ticketId,
            views: [[false, "form"]],
        });
    }

    async beforeExecuteActionButton(clickParams) {
        if (clickParams.name === "action_reply" && this.openComposer()) {
            return false;
        }
        const saved = await super.beforeExecuteActionButton(clickParams);
        const goesOn = GOING_ON.includes(clickParams.name) && !this.env.inDialog;
        if (saved === false || !goesOn) {
            return saved;
        }
        const {resId, context} = this.model.root;
        const action = await this.orm.call(
            this.props.resModel,
            clickParams.name,
            [[resId]],
            {context: {...context, routing_go_on: true}}
        );
        await this.follow(action);
        return false;
    }

    /** Go where a method leads: another conversation is shown in place of this one. */
    async follow(action) {
        if (!action || action === true) {
            return this.model.load();
        }
        const next = action.params?.next || action;
        if (next.res_model !== this.props.resModel || !next.res_id) {
            await this.actionService.doAction(action);
            return status(this) === "destroyed" ? null : this.model.load();
        }
        if (next !== action) {
            const params = {...action.params, next: undefined};
            await this.actionService.doAction({...action, params});
        }
        const {resIds} = this.model.root;
        const isListed = resIds.includes(next.res_id);
        await this.model.load({
            resId: next.res_id,
            resIds: isListed ? resIds : [...resIds, next.res_id],
        });
    }

    /** The answer is written beside the letter. */
    openComposer() {
        if (this.env.inDialog || !this.thread.canPostMessage) {
            return false;
        }
        this.env.bus.trigger(ANSWER, this.thread);
        return true;
    }

    /** What it says of who sees it is right from the very second on. */
    async refetch() {
        const {root} = this.model;
        const moment = root.data.next_moment;
        const isDue = moment && moment.toMillis() <= this.clock.now;
        if (!isDue || root.isNew || (await root.isDirty())) {
            return;
        }
        try {
            await root.load();
        } catch (error) {
            if (error instanceof RPCError && error.exceptionName === ACCESS_ERROR) {
                return this.leave();
            }
            throw error;
        }
    }

    /** Somebody else has it meanwhile. */
    async leave() {
        this.notification.add(_t("A colleague works on this conversation now."), {
            type: "info",
        });
        await this.actionService.doAction(QUEUE, {clearBreadcrumbs: true});
    }

    async save(params) {
        const saved = await super.save(params);
        const {is_handed_on: handedOn, ladder_text: readers} = this.model.root.data;
        if (saved && handedOn && !this.env.inDialog) {
            this.notification.add(_t("Saved. Who sees it: %s", readers), {
                type: "success",
            });
            await this.actionService.doAction(QUEUE, {clearBreadcrumbs: true});
        }
        return saved;
    }
}

/** The letter stands beside its customer on a laptop's screen, too. */
export class ConversationFormRenderer extends formView.Renderer {
    mailLayout() {
        const layout = super.mailLayout(...arguments);
        const isLaptop = this.uiService.size === SIZES.XL && !this.env.inDialog;
        return layout === "BOTTOM_CHATTER" && isLaptop ? "SIDE_CHATTER" : layout;
    }
}

registry.category("views").add("conversation_form", {
    ...formView,
    Controller: ConversationFormController,
    Renderer: ConversationFormRenderer,
});
