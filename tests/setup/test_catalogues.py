# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What OCA's help desk shows is in Russian as well: it stands beside ours on every
screen. `audiomania_routing/i18n_extra` says what OCA's own catalogue does not."""

import polib

from kit import cache, python_env

EXTRA = cache.REPOSITORY / "audiomania_routing" / "i18n_extra" / "ru.po"
THEIRS = "lib/*/site-packages/odoo/addons/helpdesk_mgmt/i18n/ru.po"


def read_sentences(catalogue):
    """Those of records and views; a sentence in code is read from its own addon."""
    return {
        entry.msgid: entry
        for entry in polib.pofile(str(catalogue))
        if any(not place.startswith("code:") for place, _line in entry.occurrences)
    }


def test_each_sentence_of_ocas_help_desk_has_its_russian():
    (catalogue,) = python_env.python().parent.parent.glob(THEIRS)
    theirs = read_sentences(catalogue)
    ours = read_sentences(EXTRA)
    missing = [
        msgid
        for msgid, entry in theirs.items()
        if not entry.translated() and not (msgid in ours and ours[msgid].translated())
    ]
    assert not missing
    places = {msgid: set(one.occurrences) for msgid, one in theirs.items()}
    for msgid, entry in ours.items():
        assert set(entry.occurrences) <= places.get(msgid, set()), msgid
