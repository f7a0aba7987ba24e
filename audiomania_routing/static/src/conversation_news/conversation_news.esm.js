import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {RPCError} from "@web/core/network/rpc";
import {_t} from "@web/core/l10n/translation";

const STALE = /\.StaleAnswer$/;

/**
 * @param {Error} error
 * @returns {Boolean} whether the server has stopped an answer that came too late
 */
export function isStale(error) {
    return error instanceof RPCError && STALE.test(error.exceptionName || "");
}

/** What has happened while somebody wrote an answer; he decides. */
export class NewsDialog extends ConfirmationDialog {
    static template = "audiomania_routing.NewsDialog";
    static props = {...ConfirmationDialog.props, lines: Array};
}

/**
 * Show what has happened, and ask whether the answer is to be sent all the same.
 *
 * @param {Object} dialog the dialog service
 * @param {String[]} lines
 * @returns {Promise<Boolean>}
 */
export function confirmNews(dialog, lines) {
    return new Promise((resolve) => {
        dialog.add(
            NewsDialog,
            {
                lines,
                title: _t("Something has happened meanwhile"),
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
