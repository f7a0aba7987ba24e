# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import fetchmail_server
from . import helpdesk_inquiry
from . import fetchmail_server_pipe
from . import helpdesk_ticket
from . import helpdesk_ticket_bounce
from . import helpdesk_ticket_customer
from . import mail_alias
from . import mail_alias_domain
from . import helpdesk_ticket_by_hand
from . import mail_automatic_sent
from . import mail_intake_entry
from . import mail_intake_entry_protocol
from . import mail_intake_entry_reason
from . import mail_mail
from . import mail_mail_budget
from . import mail_message

# Innermost: what Odoo counts is not for conversations.
from . import mail_thread_loop
from . import mail_address_book
from . import mail_former_address
from . import mail_thread_address
from . import mail_thread_company
from . import mail_thread_route
from . import mail_thread_report
from . import mail_thread_bounce
from . import mail_thread_budget
from . import mail_thread_threading
from . import mail_thread_judge
from . import mail_thread_parse
from . import customer_document_mixin
from . import customer_document_bounce
from . import account_move
from . import account_move_send
from . import base_partner_merge
from . import res_company
from . import res_config_settings
from . import res_partner
from . import sale_order
from . import mail_intake_sender
from . import mail_intake_entry_actions
from . import mail_intake_entry_anyway
from . import mail_intake_entry_preview
from . import mail_intake_entry_retention
from . import mail_intake_probe
from . import mail_address_check
from . import mail_address_check_places
from . import mail_address_check_reach
from . import mail_address_check_mailbox
from . import mail_address_place
from . import res_config_settings_intake
from . import res_config_settings_address
from . import helpdesk_ticket_sender
from . import mail_thread_sender
from . import mail_thread_forced
from . import mail_thread_probe

# They need what the rules of senders and of forced letters say.
from . import mail_thread_recipient
from . import mail_thread_form
from . import mail_thread_forward
from . import base_partner_merge_former
from . import fetchmail_server_company
from . import helpdesk_inquiry_address
from . import helpdesk_ticket_letter
from . import helpdesk_ticket_vendor
from . import hr_employee
from . import mail_alias_domain_known
from . import res_company_address
from . import res_config_settings_sender
from . import res_partner_former
from . import res_partner_vendor
from . import res_users_former

# Outermost: they see the letter first and know its outcome last.
from . import mail_thread_edge
from . import ir_attachment
