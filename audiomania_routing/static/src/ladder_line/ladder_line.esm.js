import {Component, onMounted, onWillUnmount, useState} from "@odoo/owl";

import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

const SECOND = 1000;

/**
 * Who sees a conversation from when, as a line of steps. It moves on by itself, by the
 * clock of the server; where nothing moves, a sentence says who sees it.
 */
export class LadderLine extends Component {
    static template = "audiomania_routing.LadderLine";
    static props = {...standardFieldProps};

    setup() {
        this.clock = useService("conversation_clock");
        this.state = useState({now: this.clock.now});
        onMounted(() => {
            this.timer = browser.setInterval(() => this.look(), SECOND);
        });
        onWillUnmount(() => browser.clearInterval(this.timer));
    }

    /** Drawn again only when a step is reached. */
    look() {
        const {now} = this.clock;
        if (this.countReached(now) !== this.countReached(this.state.now)) {
            this.state.now = now;
        }
    }

    get rungs() {
        return this.props.record.data.ladder_rungs || [];
    }

    get text() {
        return this.props.record.data[this.props.name];
    }

    countReached(now) {
        const isReached = ({at}) => !at || deserializeDateTime(at).toMillis() <= now;
        return this.rungs.filter(isReached).length;
    }

    get steps() {
        const reached = this.countReached(this.state.now);
        return this.rungs.map((rung, place) => ({
            text: `${rung.who} ${place < reached ? rung.after : rung.before}`,
            isReached: place < reached,
            isCurrent: place === reached - 1,
        }));
    }
}

export const ladderLine = {
    component: LadderLine,
    displayName: _t("Ladder"),
    supportedTypes: ["char"],
    fieldDependencies: [{name: "ladder_rungs", type: "json", readonly: true}],
};

registry.category("fields").add("ladder_line", ladderLine);
