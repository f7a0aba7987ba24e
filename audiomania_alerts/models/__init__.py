# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import alert_alert, alert_delivery, alert_inbox, alert_outbox, alert_type
