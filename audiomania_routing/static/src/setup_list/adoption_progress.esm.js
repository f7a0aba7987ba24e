import {Component, useEffect, xml} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const EVERY = 2000;

/** As long as it runs, the form shows how far it is. */
export class AdoptionProgress extends Component {
    static template = xml``;
    static props = {...standardWidgetProps};

    setup() {
        useEffect(
            (state) => {
                if (state !== "running") {
                    return undefined;
                }
                const timer = setInterval(() => this.look(), EVERY);
                return () => clearInterval(timer);
            },
            () => [this.props.record.data.state]
        );
    }

    async look() {
        const {record} = this.props;
        if (this.isLooking || (await record.isDirty())) {
            return;
        }
        this.isLooking = true;
        try {
            await record.load();
        } finally {
            this.isLooking = false;
        }
    }
}

registry.category("view_widgets").add("adoption_progress", {
    component: AdoptionProgress,
});
