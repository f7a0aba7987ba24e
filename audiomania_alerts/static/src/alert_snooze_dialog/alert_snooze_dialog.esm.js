import {Component, useState} from "@odoo/owl";
import {DateTimeInput} from "@web/core/datetime/datetime_input";
import {Dialog} from "@web/core/dialog/dialog";

const {DateTime} = luxon;
const MORNING = {hour: 9, minute: 0, second: 0, millisecond: 0};

/** Asks until when an alert is snoozed. */
export class AlertSnoozeDialog extends Component {
    static components = {DateTimeInput, Dialog};
    static props = {alert: String, onSnooze: Function, close: Function};
    static template = "audiomania_alerts.AlertSnoozeDialog";

    setup() {
        this.state = useState({until: DateTime.now().plus({days: 2}).set(MORNING)});
        this.soonest = DateTime.now();
    }

    get canSnooze() {
        return this.state.until && this.state.until > DateTime.now();
    }

    async snooze() {
        await this.props.onSnooze(this.state.until);
        this.props.close();
    }
}
