import {Component, markRaw, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";

// So long one block may take: it says so then, and can be asked again.
export const PATIENCE = 30 * 1000;

export const LOADING = "loading";
export const READY = "ready";
export const FAILED = "failed";

export const LEVELS = {
    late: {text: "text-danger", icon: "fa-exclamation-circle", label: _t("Late")},
    soon: {text: "text-warning", icon: "fa-clock-o", label: _t("Needs attention")},
    calm: {text: "text-success", icon: "fa-check-circle", label: _t("In order")},
    rest: {text: "text-muted", icon: "fa-pause-circle", label: _t("Rests")},
};

/** The blocks of the dashboard: an addon adds its own with a method of the model. */
export const blockRegistry = registry.category("audiomania_routing.dashboard_blocks");
blockRegistry
    .add(
        "waiting",
        {title: _t("Waiting now"), method: "get_waiting", isLive: true},
        {sequence: 10}
    )
    .add(
        "load",
        {title: _t("Who has too much"), method: "get_load", isLive: true},
        {sequence: 20}
    )
    .add("today", {title: _t("Today"), method: "get_today"}, {sequence: 30})
    .add(
        "window",
        {title: _t("Answered inside the window"), method: "get_window"},
        {sequence: 40}
    )
    .add("marks", {title: _t("Marks, 4 weeks"), method: "get_marks"}, {sequence: 50});

/**
 * What one block asks and shows. What it has shown stays while it asks again, and when
 * that fails; the answer to an earlier question is dropped.
 */
export class Block {
    /**
     * @param {Function} call of a method of the model
     * @param {String} key
     * @param {Object} definition as registered
     */
    constructor(call, key, {title, method, isLive}) {
        Object.assign(this, {call, key, method, isLive});
        this.title = title.toString();
        this.status = LOADING;
        this.data = null;
        this.fetchedAt = "";
        this.isBusy = false;
        this.turn = 0;
    }

    /** Forget what was shown: it was of somebody else. */
    reset() {
        this.status = LOADING;
        this.data = null;
    }

    /**
     * @param {String|Boolean} scope whose figures; false: the widest
     */
    async load(scope) {
        const turn = ++this.turn;
        this.isBusy = true;
        try {
            const data = await this.ask(scope);
            if (turn === this.turn) {
                const {TIME_SIMPLE} = luxon.DateTime;
                this.fetchedAt = luxon.DateTime.now().toLocaleString(TIME_SIMPLE);
                this.data = markRaw(data);
                this.status = READY;
            }
        } catch {
            // Whatever it is, the other blocks go on; the reader may ask again.
            if (turn === this.turn) {
                this.status = FAILED;
            }
        } finally {
            if (turn === this.turn) {
                this.isBusy = false;
            }
        }
    }

    async ask(scope) {
        let timer = null;
        const late = new Promise((resolve, reject) => {
            timer = browser.setTimeout(() => reject(new Error("late")), PATIENCE);
        });
        try {
            return await Promise.race([this.call(this.method, [scope]), late]);
        } finally {
            browser.clearTimeout(timer);
        }
    }
}

export class DashboardBlock extends Component {
    static template = "audiomania_routing.DashboardBlock";
    static props = {block: Object, onOpen: Function, onRetry: Function};

    setup() {
        this.block = useState(this.props.block);
    }

    get titleId() {
        return `o_routing_block_${this.block.key}`;
    }

    get isLoading() {
        return this.block.status === LOADING;
    }

    get hasFailed() {
        return this.block.status === FAILED;
    }

    get failure() {
        const {data, fetchedAt} = this.block;
        if (!data) {
            return _t("This could not be read.");
        }
        return _t("This could not be read again: it is of %(time)s.", {
            time: fetchedAt,
        });
    }

    getLevel(level) {
        return LEVELS[level];
    }

    /**
     * A figure as a screen reader tells it.
     *
     * @param {Object} figure
     * @returns {String}
     */
    getLabel(figure) {
        const {label, value, note, level} = figure;
        return [`${label}: ${value}`, note, LEVELS[level]?.label]
            .filter(Boolean)
            .join(", ");
    }
}
