import {Component, useState} from "@odoo/owl";

import {PhoneField} from "@web/views/fields/phone/phone_field";
import {RPCError} from "@web/core/network/rpc";
import {SIZES} from "@web/core/ui/ui_service";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {useService} from "@web/core/utils/hooks";

/**
 * The customer beside his letter: who he is, what he has with us. It is fetched by one
 * call, after the conversation itself is on the screen, and again when another one is
 * shown, when it has another customer, or when something has happened in it.
 */
export class CustomerPanel extends Component {
    static template = "audiomania_routing.CustomerPanel";
    static components = {PhoneField};
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({panel: null, isOpen: null});
        this.ui = useState(useService("ui"));
        this.key = null;
        useRecordObserver((record) => {
            // The form does not wait for it.
            this.load(record);
        });
    }

    async load(record) {
        const {partner_id: customer, seen_token: seen} = record.data;
        const key = JSON.stringify([record.resId, customer && customer.id, seen]);
        if (!record.resId || record.dirty || key === this.key) {
            return;
        }
        this.key = key;
        if (this.shownId !== record.resId) {
            this.shownId = record.resId;
            this.state.panel = null;
        }
        const panel = await this.fetch(record.resId);
        if (key === this.key) {
            this.state.panel = panel;
        }
    }

    /** Who may not read it any more is told by the form. */
    async fetch(resId) {
        try {
            return await this.orm.silent.call("helpdesk.ticket", "get_customer_panel", [
                resId,
            ]);
        } catch (error) {
            if (error instanceof RPCError) {
                return {customer: false, sections: []};
            }
            throw error;
        }
    }

    get panel() {
        return this.state.panel;
    }

    get customer() {
        return this.state.panel?.customer;
    }

    /** Beside the letter there is room for all of it; above it, for a line. */
    get isOpen() {
        return this.state.isOpen ?? !this.isNarrow;
    }

    get isNarrow() {
        return this.ui.size < SIZES.XL;
    }

    toggle() {
        this.state.isOpen = !this.isOpen;
    }

    /**
     * Odoo's own field shows a number, so that whatever calls from there (a softphone)
     * calls from here. It is no field of the conversation, so nothing is sent from it.
     *
     * @param {String} number
     * @returns {Object}
     */
    phoneProps(number) {
        const {model, resId, resModel} = this.props.record;
        const record = {model, resId, resModel, data: {phone: number}};
        const props = {name: "phone", readonly: true, record};
        return "enableButton" in PhoneField.props
            ? {...props, enableButton: false}
            : props;
    }

    badgeClass(line) {
        return `text-bg-${line.tone || "secondary"}`;
    }

    showEvidence() {
        return this.run(
            "helpdesk.ticket",
            "action_show_audience_evidence",
            this.shownId
        );
    }

    openCustomer() {
        return this.open({model: "res.partner", id: this.customer.id});
    }

    /** Where a click leads: what a method of the record returns, or its form. */
    open({model, id, method}) {
        if (method) {
            return this.run(model, method, id);
        }
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    async run(model, method, id) {
        const action = await this.orm.call(model, method, [[id]]);
        if (action) {
            await this.action.doAction(action);
        }
    }
}

export const customerPanel = {
    component: CustomerPanel,
    fieldDependencies: [
        {name: "partner_id", type: "many2one"},
        {name: "seen_token", type: "char", readonly: true},
    ],
};

registry.category("view_widgets").add("customer_panel", customerPanel);
