import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const ACTIVE = "script, iframe, frame, object, embed, form, base, meta";
const EVENTS = [
    "mouseover",
    "mouseenter",
    "focus",
    "blur",
    "toggle",
    "animationstart",
    "transitionend",
    "load",
    "error",
    "begin",
];

/** These places, and what Odoo keeps apart in them: the body of a letter. */
function* getPlaces(selector) {
    for (const place of document.querySelectorAll(selector)) {
        yield place;
        for (const {shadowRoot} of place.querySelectorAll("*")) {
            if (shadowRoot) {
                yield shadowRoot;
            }
        }
    }
}

function expectWords(selector, ...expected) {
    const texts = [...getPlaces(selector)].map((place) => place.textContent).join();
    for (const words of expected) {
        if (!texts.includes(words)) {
            throw new Error(`These words are not to be read: ${words}`);
        }
    }
}

/**
 * What stands in these places is awake now: events have come to every element.
 *
 * @param {String} selector of the places
 * @param {Array} events a click only where nothing of ours opens anything
 */
function disturb(selector, events = EVENTS) {
    for (const place of getPlaces(selector)) {
        for (const element of place.querySelectorAll("*")) {
            for (const name of events) {
                element.dispatchEvent(new Event(name, {cancelable: true}));
            }
        }
    }
}

function expectNothingRan() {
    if (window.attacked || document.documentElement.attacked) {
        throw new Error("What stands in a letter has run");
    }
}

/** Nothing of what a page needs to run anything is left of the letters. */
function expectHarmless(selector) {
    for (const place of getPlaces(selector)) {
        const active = place.querySelector(ACTIVE);
        if (active) {
            throw new Error(`A letter brought ${active.outerHTML}`);
        }
        for (const element of place.querySelectorAll("*")) {
            for (const {name, value} of element.attributes) {
                const address = value.replace(/[^!-~]/g, "");
                const runs = /^(javascript|vbscript|data:text)/i;
                if (name.startsWith("on") || runs.test(address)) {
                    throw new Error(`A letter brought ${name}=${value}`);
                }
            }
            if (getComputedStyle(element).position === "fixed") {
                throw new Error(`A letter covers the screen: ${element.outerHTML}`);
            }
        }
    }
    disturb(selector, [...EVENTS, "click"]);
    expectNothingRan();
}

tours.add("audiomania_routing_attacks", {
    steps: () => [
        {
            content: "The list shows the words of the letter as words",
            trigger: ".o_data_row .o_data_cell[name=name]:contains(onerror)",
            run: expectNothingRan,
        },
        {
            trigger: ".o_data_row .o_data_cell[name=name]:contains(Green)",
            run: "click",
        },
        {
            content: "The first letter is shown, and the last one",
            trigger: ".o-mail-Chatter .o-mail-Message:eq(22)",
            run: () => {
                const letters = ".o-mail-Message-body";
                expectWords(letters, "Attack 0 begins", "Attack 22 begins");
                expectHarmless(letters);
            },
        },
        {
            content: "So is what stands beside it",
            trigger: ".o_customer_panel_name:contains(onerror)",
            run: () => {
                disturb(".o_customer_panel");
                expectNothingRan();
            },
        },
        {trigger: ".o_menu_systray .o_alert_menu", run: "click"},
        {
            content: "The toolbar names the customer as he calls himself",
            trigger: ".o_alert_title:contains(onerror)",
            run: () => {
                expectWords(".o_alert_title", "{{7*7}}");
                disturb(".o_alert_menu_list");
                expectNothingRan();
            },
        },
        {trigger: ".o_menu_systray .o_alert_menu", run: "click"},
        {trigger: ".o-mail-Chatter-sendMessage", run: "click"},
        {
            content: "An answer names him, too",
            trigger: ".o_reply_to, .o-mail-RecipientsInput:contains(onerror)",
            run: expectNothingRan,
        },
        {trigger: ".o-mail-Composer-input", run: "edit Yes, in green."},
        {
            trigger: ".o-mail-Composer button[name='open-full-composer']",
            run: "click",
        },
        {
            content: "The large form of the answer quotes nothing that runs",
            trigger: ".modal .o_field_html .odoo-editor-editable:contains(in green)",
            run: () => {
                disturb(".modal .odoo-editor-editable");
                expectNothingRan();
            },
        },
        {trigger: ".modal .btn-close", run: "click"},
        {trigger: "body:not(:has(.modal))", run: expectNothingRan},
    ],
});

tours.add("audiomania_routing_attack_aside", {
    steps: () => [
        {
            content: "The letter is read as words",
            trigger:
                ".o_form_view .o_field_widget[name=preview]:contains(Attack begins)",
            run: () => expectHarmless(".o_form_view .o_field_widget[name=preview]"),
        },
        {
            content: "Its subject and its sender, too",
            trigger: ".o_form_view :contains(onerror)",
            run: expectNothingRan,
        },
    ],
});
