import {Component, onMounted, onWillUnmount, reactive, useState} from "@odoo/owl";

import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
// The bar turns to a warning when less than this part of the time is left.
const SHORT = 0.25;

/** One clock for however many rows: it runs while somebody looks at it. */
export const clock = reactive({now: luxon.DateTime.now().toMillis()});
let watchers = 0;
let timer = null;

function useClock() {
    onMounted(() => {
        watchers++;
        clock.now = luxon.DateTime.now().toMillis();
        if (watchers === 1) {
            timer = browser.setInterval(() => {
                clock.now = luxon.DateTime.now().toMillis();
            }, SECOND);
        }
    });
    onWillUnmount(() => {
        watchers--;
        if (!watchers) {
            browser.clearInterval(timer);
        }
    });
    return useState(clock);
}

/**
 * How long it is until a moment, as "2 d 3 h", "1 h 05 min", "12 min" or "0:42".
 *
 * @param {Number} left milliseconds
 * @returns {String}
 */
export function formatLeft(left) {
    const minutes = Math.floor(left / MINUTE);
    if (left >= DAY) {
        return _t("%(days)s d %(hours)s h", {
            days: Math.floor(left / DAY),
            hours: Math.floor((left % DAY) / HOUR),
        });
    }
    if (left >= HOUR) {
        const rest = String(minutes % 60).padStart(2, "0");
        return _t("%(hours)s h %(minutes)s min", {
            hours: Math.floor(left / HOUR),
            minutes: rest,
        });
    }
    if (left >= MINUTE) {
        return _t("%(minutes)s min", {minutes});
    }
    return `0:${String(Math.floor(left / SECOND)).padStart(2, "0")}`;
}

/** What is left until a moment, counting down by itself. Nothing left: nothing shown. */
export class TimeLeft extends Component {
    static template = "audiomania_routing.TimeLeft";
    static props = {...standardFieldProps, fromField: {type: String, optional: true}};

    setup() {
        this.clock = useClock();
    }

    get left() {
        const until = this.props.record.data[this.props.name];
        return until ? Math.max(0, until.toMillis() - this.clock.now) : 0;
    }

    get text() {
        return formatLeft(this.left);
    }

    get label() {
        return _t("Time left: %s", this.text);
    }

    /** The part of the time that is left, 0 to 1. */
    get part() {
        const from = this.props.record.data[this.props.fromField];
        const until = this.props.record.data[this.props.name];
        const whole = from && until ? until.toMillis() - from.toMillis() : 0;
        return whole > 0 ? Math.min(1, this.left / whole) : 1;
    }

    get colorClass() {
        return this.part < SHORT ? "bg-danger" : "bg-success";
    }
}

export const timeLeft = {
    component: TimeLeft,
    displayName: _t("Time left"),
    supportedTypes: ["datetime"],
    supportedOptions: [
        {
            label: _t("Beginning"),
            name: "from_field",
            type: "field",
            availableTypes: ["datetime"],
            help: _t("The moment at which the bar is full."),
        },
    ],
    extractProps: ({options}) => ({fromField: options.from_field}),
    fieldDependencies: ({options}) =>
        options.from_field ? [{name: options.from_field, type: "datetime"}] : [],
};

registry.category("fields").add("time_left", timeLeft);
