import {Deferred} from "@web/core/utils/concurrency";
import {useConversationClock} from "../conversation_clock/conversation_clock.esm";
import {useEffect} from "@odoo/owl";

const ROW = "[data-id]";
const FOCUSABLE = "td, th, input, button, a";
const COLUMN = ".o_kanban_group";

/**
 * What an employee has before his eyes and hands in a list or kanban: what is selected,
 * where the keyboard is, and how far each part is scrolled.
 */
class Place {
    constructor(model, root) {
        this.selected = new Set(model.root.selection.map(({resId}) => resId));
        this.isDomainSelected = model.root.isDomainSelected;
        this.noteFocus(model, root);
        this.noteScroll(model, root);
    }

    noteFocus(model, root) {
        const element = document.activeElement;
        const row = root?.contains(element) && element.closest(ROW);
        const record = row && model.root.records.find(({id}) => id === row.dataset.id);
        if (!record) {
            return;
        }
        this.focus = {
            resId: record.resId,
            index: model.root.records.indexOf(record),
            // The row itself, or the so manieth of what is in it.
            inside: [...row.querySelectorAll(FOCUSABLE)].indexOf(element),
        };
    }

    noteScroll(model, root) {
        const {groups = []} = model.root;
        this.scroll = [...(root?.querySelectorAll(COLUMN) || [])]
            .filter((column) => column.scrollTop)
            .map((column) => ({
                value: groups.find(({id}) => id === column.dataset.id)?.serverValue,
                top: column.scrollTop,
            }));
    }

    /** What is selected stays selected, where it is still there. */
    select(model) {
        for (const record of model.root.records) {
            if (this.selected.has(record.resId)) {
                record.toggleSelection(true);
            }
        }
        if (this.isDomainSelected) {
            model.root.selectDomain(true);
        }
    }

    /** On the new rows; the keyboard goes to the next one where its own has gone. */
    restore(model, root) {
        const {records, groups = []} = model.root;
        for (const {value, top} of this.scroll) {
            const group = groups.find(({serverValue}) => serverValue === value);
            const column =
                group && root.querySelector(`${COLUMN}[data-id="${group.id}"]`);
            if (column) {
                column.scrollTop = top;
            }
        }
        if (!this.focus || !records.length) {
            return;
        }
        const {resId, index, inside} = this.focus;
        const record =
            records.find((each) => each.resId === resId) ||
            records[Math.min(index, records.length - 1)];
        const row = root.querySelector(`[data-id="${record.id}"]`);
        const element = row?.querySelectorAll(FOCUSABLE)[inside] || row;
        element?.focus({preventScroll: true});
    }
}

/**
 * Who loads a model. Of two loads at once the model drops the earlier one, which then
 * never ends; and until one has ended the model knows nothing of what it asked for.
 */
class Loads {
    constructor(model) {
        const {load} = model;
        const loads = this;
        model.load = async function (...args) {
            const turn = loads.begin();
            try {
                return await load.apply(this, args);
            } finally {
                loads.end(turn);
            }
        };
    }

    begin() {
        this.current?.over.resolve();
        this.current = {over: new Deferred(), isDone: false};
        return this.current;
    }

    end(turn) {
        turn.isDone = true;
        turn.over.resolve();
        if (this.current === turn) {
            this.current = null;
        }
    }

    /** What a search asks for comes first. */
    async settled() {
        while (this.current) {
            await this.current.over;
        }
    }

    /**
     * @param {Promise} loading what `model.load` has just returned
     * @returns {Boolean} false when a search has taken its place
     */
    async outcome(loading) {
        const turn = this.current;
        await Promise.race([loading, turn.over]);
        return turn.isDone;
    }
}

/**
 * A list or kanban that shows what becomes visible, is taken, answered or transferred,
 * without losing what its reader has selected, opened and scrolled to.
 *
 * @param {Component} controller of a view with a relational model
 * @param {Object} rootRef the reference of its element
 */
export function useLiveView(controller, rootRef) {
    const {model} = controller;
    const loads = new Loads(model);
    let place = null;
    useConversationClock(async () => {
        await loads.settled();
        if (!model.isReady || model.root.editedRecord) {
            return;
        }
        const noted = new Place(model, rootRef.el);
        if (await loads.outcome(model.load())) {
            noted.select(model);
            place = noted;
        }
    });
    useEffect(
        () => {
            if (place && rootRef.el) {
                place.restore(model, rootRef.el);
                place = null;
            }
        },
        () => [model.root.id]
    );
}
