import {confirmNews, isStale} from "./conversation_news.esm";

import {Composer} from "@mail/core/common/composer";
import {Store} from "@mail/core/common/store_service";
import {Thread} from "@mail/core/common/thread_model";
import {patch} from "@web/core/utils/patch";

patch(Thread.prototype, {
    setup() {
        super.setup();
        /** What has happened in a conversation, as far as the screen shows it. */
        this.routingSeen = undefined;
        /** When its reader last wrote on an answer. */
        this.routingWroteAt = 0;
    },
});

patch(Store.prototype, {
    async getMessagePostParams({thread}) {
        const params = await super.getMessagePostParams(...arguments);
        if (thread.routingSeen) {
            params.context = {...params.context, routing_seen: thread.routingSeen};
        }
        return params;
    },
});

patch(Composer.prototype, {
    /** Nothing that was written is lost when it could not be sent. */
    async processMessage(cb) {
        for (;;) {
            try {
                return await super.processMessage(cb);
            } catch (error) {
                this.state.active = true;
                if (!isStale(error)) {
                    throw error;
                }
                const {lines, seen} = error.data.context;
                if (!(await confirmNews(this.env.services.dialog, lines))) {
                    return;
                }
                this.thread.routingSeen = seen;
            }
        }
    },
    get fullComposerAdditionalContext() {
        const context = super.fullComposerAdditionalContext;
        const seen = this.thread?.routingSeen;
        return seen ? {...context, default_routing_seen: seen} : context;
    },
    onInput() {
        super.onInput(...arguments);
        this.noteWriting();
    },
    onChangeWysiwygContent() {
        super.onChangeWysiwygContent();
        this.noteWriting();
    },
    noteWriting() {
        if (this.thread?.routingSeen) {
            this.thread.routingWroteAt = Date.now();
        }
    },
});
