import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";

/** All that speaks against sending, in one dialog; the writer decides. */
export class DoubtsDialog extends ConfirmationDialog {
    static template = "audiomania_routing.DoubtsDialog";
    static props = {...ConfirmationDialog.props, doubts: Object};

    get openQuestions() {
        const number = this.props.doubts.questions.length;
        return number === 1
            ? _t("1 question is not ticked:")
            : _t("%s questions are not ticked:", number);
    }
}

/**
 * Ask once for all of it: others will read it, questions are open, something has
 * happened meanwhile.
 *
 * @param {Object} dialog the dialog service
 * @param {Object} doubts as ``get_reply_doubts`` says them
 * @returns {Promise<Boolean>} whether it leaves
 */
export function confirmDoubts(dialog, doubts) {
    if (!doubts.public && !doubts.questions.length && !doubts.lines.length) {
        return Promise.resolve(true);
    }
    return new Promise((resolve) => {
        dialog.add(
            DoubtsDialog,
            {
                doubts,
                title: doubts.lines.length
                    ? _t("Something has happened meanwhile")
                    : _t("Before it leaves"),
                body: _t("Your answer is kept. Send it all the same?"),
                confirmLabel: _t("Send all the same"),
                cancelLabel: _t("Back to my answer"),
                confirm: () => resolve(true),
                cancel: () => resolve(false),
            },
            {onClose: () => resolve(false)}
        );
    });
}
