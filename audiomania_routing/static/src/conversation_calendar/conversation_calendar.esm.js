import {CalendarController} from "@web/views/calendar/calendar_controller";
import {calendarView} from "@web/views/calendar/calendar_view";
import {registry} from "@web/core/registry";
import {useConversationClock} from "../conversation_clock/conversation_clock.esm";

/** What was promised for when; a promise that is kept or moved goes by itself. */
export class ConversationCalendarController extends CalendarController {
    setup() {
        super.setup();
        useConversationClock(() => this.model.load());
    }
}

registry.category("views").add("conversation_calendar", {
    ...calendarView,
    Controller: ConversationCalendarController,
});
