# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import alert_alert, alert_delivery, alert_inbox, alert_outbox, alert_type
from . import alert_mixin, alert_presence, alert_recipients
from . import alert_type_absence, alert_type_author, alert_type_cause
from . import alert_type_key, alert_type_recipients, alert_type_repeat
from . import alert_type_escalation, alert_type_levels, alert_type_retention
from . import alert_delivery_absence, alert_delivery_done, alert_delivery_escalation
from . import alert_delivery_repeat
from . import alert_alert_cause, alert_alert_escalation, alert_alert_retention
from . import alert_alert_watch
from . import alert_rule, alert_rule_change, alert_rule_date, alert_rule_event
from . import alert_rule_moment, alert_rule_preview
from . import alert_outbox_retention, alert_outbox_rule, base
from . import alert_delivery_toolbar, alert_delivery_way, alert_type_way
from . import alert_preference, alert_presence_morning, alert_report
from . import alert_way, alert_way_digest, alert_way_push, alert_way_toolbar
from . import res_users, res_users_settings
from . import bus_bus, ir_cron, ir_cron_progress
