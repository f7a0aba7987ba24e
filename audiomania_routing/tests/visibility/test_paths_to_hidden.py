# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.audiomania_alerts.tests.access import PREFIX

from .common import SECRET, VisibilityCase
from .ways import RECORDS

QUIET = (
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.base.models.ir_model",
    "odoo.models",
)
TRADES = (
    *("base.group_partner_manager", "base.group_allow_export", "hr.group_hr_manager"),
    *("sales_team.group_sale_manager", "purchase.group_purchase_manager"),
    *("stock.group_stock_manager", "account.group_account_manager"),
)
"""All that an employee outside of the help desk may be."""
TEXTS = ("char", "text", "html")
FLAT = (*TEXTS, "integer", "float", "boolean", "date", "datetime", "selection", "json")
OF_OTHERS = {
    "snailmail.letter": "its own column repeats the name of the file that is sent; "
    "nothing of ours depends on that addon",
}
"""Models of Odoo that name what hangs on a conversation, and why that is left."""
MOST = 40
"""Records of a model that are read: those of a test database, and the newest."""


@tagged("post_install", "-at_install")
class TestPathsToHidden(VisibilityCase):
    """No record of any model that an employee may read, search or begin leads to the
    words of a conversation that he may not read (rule 14): every field there is, those
    to come as well."""

    maxDiff = None

    def setUp(self):
        super().setUp()
        self.message.body = SECRET
        self.inquiry.excerpt = SECRET
        self.inquiry.subject = SECRET
        self.furnish()
        present = [self.env.ref(name, raise_if_not_found=False) for name in TRADES]
        self.clerk.group_ids += self.env["res.groups"].union(*filter(None, present))
        self.hidden = {
            model: self.env[model].search(find(self.ticket)).ids
            for model, find in RECORDS.items()
        }
        self.env.flush_all()

    def get_env(self, user):
        return self.env(
            user=user.id, su=False, context={"allowed_company_ids": self.company.ids}
        )

    def get_models(self, env, operation):
        """Of which this employee may read or begin records."""
        return [
            env[name]
            for name in sorted(env.registry)
            if not env[name]._abstract and env[name].has_access(operation)
        ]

    def get_links(self, records):
        """Fields that lead to a conversation or to what hangs on it."""
        return [
            field
            for field in records._fields.values()
            if field.relational
            and field.comodel_name in RECORDS
            and records._has_field_access(field, "read")
        ]

    def attempt(self, found, name, call):
        """Note a call by which something came out."""
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint():
                answer = call()
        except UserError as refusal:
            answer = str(refusal)
        if SECRET in str(answer) and name.split(":")[0] not in OF_OTHERS:
            found[name] = str(answer)[:200]

    def assert_closed(self, attempts):
        """:param attempts: function(employee's environment, found) that tries all"""
        for user in (self.own, self.clerk):
            found = {}
            with self.subTest(user.login), mute_logger(*QUIET):
                attempts(self.get_env(user), found)
                self.assertEqual(found, {})

    # What leads to it

    def search_by(self, env, found):
        """A domain asks for words that stand there: a number is an answer, too."""
        for records in self.get_models(env, "read"):
            for field in self.get_links(records):
                if not field._description_searchable:
                    continue
                self.attempt(
                    found,
                    f"{records._name}: {field.name}",
                    lambda r=records, f=field: (
                        r.search_count(self.get_domain(r, f)) and SECRET
                    ),
                )

    def get_domain(self, records, field):
        """Whether its words stand in any text behind the link."""
        texts = self.get_texts(records.env[field.comodel_name])
        return Domain.OR(
            Domain(f"{field.name}.{name}", "=ilike", f"%{SECRET}%") for name in texts
        )

    def get_texts(self, records):
        return [
            name
            for name, field in records._fields.items()
            if field.type in TEXTS
            and field.store
            and records._has_field_access(field, "read")
        ]

    def read_all(self, env, found):
        """Every field of ours, and what stands behind every link."""
        for records in self.get_models(env, "read"):
            names = {field.name for field in self.get_links(records)}
            names.update(self.get_ours(records))
            spec = {name: self.get_spec(records, name) for name in sorted(names)}
            if spec:
                self.attempt(
                    found,
                    records._name,
                    lambda r=records, s=spec: r.search(
                        [], limit=MOST, order="id desc"
                    ).web_read(s),
                )

    def get_ours(self, records):
        """Fields that our addons add, and that this employee reads."""
        return [
            name
            for name, field in records._fields.items()
            if f"odoo.addons.{field._module}".startswith(PREFIX)
            and records._has_field_access(field, "read")
        ]

    def get_spec(self, records, name):
        field = records._fields[name]
        if not field.relational:
            return {}
        inner = records.env[field.comodel_name]
        shown = self.get_texts(inner) if inner._name in RECORDS else []
        return {"fields": {one: {} for one in ("display_name", *shown)}}

    def begin(self, env, found):
        """A new record that names it shows what it takes from there."""
        for records in self.get_models(env, "create"):
            for field in self.get_links(records):
                ids = self.hidden[field.comodel_name][:1]
                value = ids[0] if field.type == "many2one" else [(6, 0, ids)]
                spec = dict.fromkeys(self.get_filled(records, field), {})
                spec[field.name] = {"fields": {"display_name": {}}}
                self.attempt(
                    found,
                    f"{records._name}: typed {field.name}",
                    lambda r=records, v={field.name: value}, s=spec: r.onchange(
                        v, list(v), s
                    ),
                )
                begun = records.with_context(**{f"default_{field.name}": value})
                self.attempt(
                    found,
                    f"{records._name}: default {field.name}",
                    lambda r=begun, s=spec: r.onchange({}, [], s),
                )

    def get_filled(self, records, link):
        """Fields that take something from what the link leads to."""
        fields = records.pool.get_dependent_fields(link)
        if link.name in records._onchange_methods:
            fields = records._fields.values()
        return {
            field.name
            for field in fields
            if field.model_name == records._name
            and field.type in FLAT
            and records._has_field_access(field, "read")
        }

    # Tests

    def test_no_search_by_a_path_finds_its_words(self):
        self.assert_closed(self.search_by)

    def test_no_field_of_any_record_shows_its_words(self):
        self.assert_closed(self.read_all)

    def test_no_new_record_that_names_it_shows_its_words(self):
        self.assert_closed(self.begin)

    def test_a_file_that_he_links_has_no_name_for_him(self):
        file = self.env["ir.attachment"].browse(self.hidden["ir.attachment"][:1])
        read = {"original_id": {"fields": {"display_name": {}}}}
        for user, told in ((self.own, False), (self.clerk, False), (self.anna, True)):
            files = self.env["ir.attachment"].with_user(user)
            own = files.create({"name": "Mine", "original_id": file.id})
            self.env.flush_all()
            self.env.invalidate_all()
            shown = own.web_read(read)[0]["original_id"]["display_name"]
            self.assertEqual(SECRET in shown, told, user.login)

    def test_who_may_read_it_finds_them(self):
        """So that no path is closed only because it was tried in a wrong way."""
        for attempts in (self.search_by, self.read_all, self.begin):
            found = {}
            with self.subTest(attempts.__name__), mute_logger(*QUIET):
                attempts(self.get_env(self.anna), found)
                self.assertTrue(found)
