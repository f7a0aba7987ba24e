import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/**
 * The subject, after a loud word where others will read the answer, too (rule 15), and
 * before a quiet one where what waits seems to be nothing but thanks.
 */
export class ConversationSubject extends Component {
    static template = "audiomania_routing.ConversationSubject";
    static props = {...standardFieldProps};

    get isPublic() {
        return this.props.record.data.is_public;
    }

    get thanks() {
        return this.props.record.data.thanks_hint;
    }

    get subject() {
        return this.props.record.data[this.props.name] || "";
    }
}

export const conversationSubject = {
    component: ConversationSubject,
    displayName: _t("Subject of a conversation"),
    supportedTypes: ["char"],
    fieldDependencies: [
        {name: "is_public", type: "boolean"},
        {name: "thanks_hint", type: "char"},
    ],
};

registry.category("fields").add("conversation_subject", conversationSubject);
