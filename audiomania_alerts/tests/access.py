# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What our addons add to Odoo that somebody outside might call, found in the code.

Each addon may have a ``tests/open_to_all.py`` with what is not refused, each with the
reason why it does no harm, and with records to try methods on::

    OUTSIDE = {"helpdesk.ticket.get_next_moment": "whoever asks"}
    METHODS = {"alert.delivery.get_state": "every employee"}
    MODELS = {"alert.type": "every employee"}
    NO_RECORD = {"alert.report": "counts what stands elsewhere"}

    def furnish(env):
        return {"token": "what stands in an address of ours, and fits"}
"""

import functools
import importlib
import inspect
from importlib.util import find_spec

from odoo.exceptions import AccessError
from odoo.service.model import get_public_method

PREFIX = "odoo.addons.audiomania_"


def is_ours(kind):
    return kind.__module__.startswith(PREFIX) and ".tests." not in kind.__module__


def get_addons(env):
    """Our addons that are installed."""
    modules = env["ir.module.module"].sudo().search([("state", "=", "installed")])
    return [name for name in modules.mapped("name") if name.startswith("audiomania_")]


def get_open(env, what):
    """{what is not refused: why}, as all addons together say it."""
    found = {}
    for kit in get_kits(env):
        found.update(getattr(kit, what, {}))
    return found


def furnish(env):
    """Records of all addons to try on; {place in an address: what fits}."""
    places = {}
    for kit in get_kits(env):
        places.update(getattr(kit, "furnish", lambda _env: None)(env) or {})
    env.flush_all()
    return places


def get_kits(env):
    names = [f"odoo.addons.{name}.tests.open_to_all" for name in get_addons(env)]
    return [importlib.import_module(name) for name in names if find_spec(name)]


def get_models(env):
    """Names of the models that our addons add."""
    return sorted(
        name
        for name, kind in env.registry.items()
        if kind._original_module.startswith("audiomania_")
    )


def get_methods(env):
    """(model, name) of the methods that our addons add, callable by RPC.

    What continues a method of the host (create, message_post) is the host's: it asks
    for the same rights.
    """
    for model in sorted(env.registry):
        for name in sorted(get_added(env.registry[model])):
            if is_public(env[model], name):
                yield model, name


def get_added(kind):
    ours, theirs = set(), set()
    for one in kind.__mro__:
        names = {key for key, value in vars(one).items() if inspect.isfunction(value)}
        (ours if is_ours(one) else theirs).update(names)
    return ours - theirs


def is_public(records, name):
    """Whether a client may call it."""
    try:
        return bool(get_public_method(records, name))
    except (AccessError, AttributeError):
        return False


def get_arguments(method, fitting, other):
    """Something for each argument that a call needs.

    :param fitting: {name of an argument: what fits}
    :param other: for arguments that have no fitting value
    """
    parameters = list(inspect.signature(method).parameters.values())[1:]
    return [
        fitting.get(one.name, other)
        for one in parameters
        if one.kind is one.POSITIONAL_OR_KEYWORD and one.default is one.empty
    ]


def get_chosen(method):
    """The names of all that a caller may choose."""
    parameters = list(inspect.signature(method).parameters.values())[1:]
    kinds = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    return [one.name for one in parameters if one.kind in kinds]


def get_routes(env):
    """The rules of what our controllers add or continue, by address."""
    rules = env["ir.http"].routing_map().iter_rules()
    return {rule.rule: rule for rule in rules if is_our_route(rule.endpoint)}


def is_our_route(endpoint):
    """Whether a class of ours defines the method, or continues it."""
    method = endpoint.func
    while isinstance(method, functools.partial):
        method = method.func
    kind = type(method.__self__)
    return any(is_ours(one) for one in kind.__mro__ if method.__name__ in vars(one))
