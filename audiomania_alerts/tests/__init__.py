# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import (
    test_alert,
    test_alert_type,
    test_bus,
    test_concurrency,
    test_delivery,
    test_js,
    test_placeholders,
    test_security,
    test_tour,
)
