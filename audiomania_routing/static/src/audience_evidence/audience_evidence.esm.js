import {Component, useState} from "@odoo/owl";

import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {useService} from "@web/core/utils/hooks";

/** To which audience a customer belongs, and what he has bought: read when the tab is
 * opened, and again when the contact is saved. */
export class AudienceEvidence extends Component {
    static template = "audiomania_routing.AudienceEvidence";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.state = useState({evidence: null});
        this.shown = null;
        useRecordObserver((record) => this.load(record));
    }

    /** Nothing is asked for while something is typed: only for another contact, or for
     * another choice that is saved. */
    async load(record) {
        const choice = record.data.audience_manual_id;
        const key = `${record.resId}/${choice ? choice.id : 0}/${record.dirty}`;
        if (!record.resId || record.dirty || key === this.shown) {
            return;
        }
        this.shown = key;
        const evidence = await this.orm.call("res.partner", "get_audience_evidence", [
            record.resId,
        ]);
        if (key === this.shown) {
            this.state.evidence = evidence;
        }
    }

    get evidence() {
        return this.state.evidence;
    }

    /**
     * @param {Object[]} parts {name, share} of each
     * @returns {String} "Ann 75 %, Bob 25 %"
     */
    joined(parts) {
        return parts.map(({name, share}) => `${name} ${share} %`).join(", ");
    }
}

export const audienceEvidence = {
    component: AudienceEvidence,
    fieldDependencies: [{name: "audience_manual_id", type: "many2one"}],
};

registry.category("view_widgets").add("audience_evidence", audienceEvidence);
