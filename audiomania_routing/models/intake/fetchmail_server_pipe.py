# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import hashlib
import hmac
import secrets

from odoo import api, fields, models

from .course import PIPE, RawLetter

LOCAL = "local"

CONFIGURATION = """\
[odoo]
url = {url}
database = {database}
secret = {secret}
"""

POSTFIX = """\
# /etc/postfix/master.cf
odoo      unix  -       n       n       -       4       pipe
  flags=Rhu null_sender= user=mailpipe
  argv=/usr/local/bin/audiomania_mailpipe.py -- ${original_recipient}

# /etc/postfix/main.cf; the domain does not stand in mydestination
virtual_mailbox_domains = DOMAIN
virtual_mailbox_maps = static:all
virtual_transport = odoo
message_size_limit = 50000000
"""

EXIM = """\
# below "begin routers", before those that take the domain; it is one of local_domains
odoo:
  driver = accept
  domains = DOMAIN
  transport = odoo_pipe

# below "begin transports"
odoo_pipe:
  driver = pipe
  command = /usr/local/bin/audiomania_mailpipe.py -- $pipe_addresses
  user = mailpipe
  batch_max = 50
  return_path_add
  message_prefix =
  message_suffix =
  temp_errors = *
  timeout = 10m
  timeout_defer
  log_output

# in the main part
message_size_limit = 50M
"""


class FetchmailServer(models.Model):
    """A "local server" is the pipe of a mail server that hands letters to Odoo itself.

    What it knows Odoo by is a secret of its own, which lets it deliver letters and
    nothing else.
    """

    _inherit = "fetchmail.server"

    pipe_secret = fields.Char(
        string="Secret of the pipe",
        compute="_compute_pipe_secret",
        store=True,
        copy=False,
        groups="base.group_system",
        help="Whoever knows it may deliver letters, and nothing else.",
    )
    pipe_configuration = fields.Text(
        string="Configuration of the pipe",
        compute="_compute_pipe_configuration",
        groups="base.group_system",
        help="Stands on the mail server as /etc/audiomania_mailpipe.conf, for the user "
        "of the pipe alone.",
    )
    pipe_postfix = fields.Text(
        string="Lines for Postfix",
        compute="_compute_pipe_lines",
    )
    pipe_exim = fields.Text(
        string="Lines for Exim",
        compute="_compute_pipe_lines",
    )

    @api.depends("server_type")
    def _compute_pipe_secret(self):
        for server in self:
            if server.server_type != LOCAL:
                server.pipe_secret = False
            elif not server.pipe_secret:
                server.pipe_secret = secrets.token_urlsafe(32)

    @api.depends("pipe_secret")
    def _compute_pipe_configuration(self):
        database, address = self.env.cr.dbname, self.get_base_url()
        for server in self:
            server.pipe_configuration = server.pipe_secret and CONFIGURATION.format(
                url=address, database=database, secret=server.pipe_secret
            )

    @api.depends("server_type")
    def _compute_pipe_lines(self):
        domain = self.env["mail.alias.domain"].search([], limit=1)
        name = domain.name or "shop.example"
        for server in self:
            server.pipe_postfix = POSTFIX.replace("DOMAIN", name)
            server.pipe_exim = EXIM.replace("DOMAIN", name)

    def action_renew_pipe_secret(self):
        """Make a new secret. Mail servers keep their letters until they are told it."""
        for server in self.filtered(lambda server: server.server_type == LOCAL):
            server.pipe_secret = secrets.token_urlsafe(32)

    @api.model
    def _find_pipe(self, secret):
        """The pipe whose secret this is; none when it is nobody's."""
        given = secret.encode()
        pipes = self.search([("server_type", "=", LOCAL)])
        return pipes.filtered(
            lambda pipe: hmac.compare_digest(pipe.pipe_secret.encode(), given)
        )[:1]

    def _take_in(self, raw):
        """Take in a letter that a mail server hands over; when this returns it is
        written down for good.

        A mail server that was not answered hands the same bytes over again, with the
        trace that it has put above them: that is the same delivery. The line of a
        mailbox file, where one stands first, tells the time of the attempt.

        :raise psycopg2.Error: it could not be written down: the mail server keeps it
        """
        self.ensure_one()
        first, _end, rest = raw.partition(b"\n")
        same = rest if first.startswith(b"From ") else raw
        key = f"{PIPE}:{self.id}:{hashlib.sha256(same).hexdigest()}"
        gateway = self.env["mail.thread"].with_context(
            default_fetchmail_server_id=self.id
        )
        gateway.message_process(
            self.object_id.model,
            RawLetter.make(raw, PIPE, key, self.id),
            save_original=self.original,
            strip_attachments=not self.attach,
        )
