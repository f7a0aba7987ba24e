# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Compare or update the catalogues of our addons.

`catalogues.py check|update NAME=POT…` runs in the private environment (polib);
`command_i18n` exports the fresh .pot files.
"""

import sys
from pathlib import Path

import polib

REPOSITORY = Path(__file__).resolve().parent.parent.parent


def main(verb, *pairs):
    faults = 0
    for pair in pairs:
        name, _, fresh = pair.partition("=")
        folder = REPOSITORY / name / "i18n"
        treat = check if verb == "check" else update
        for fault in treat(
            polib.pofile(fresh), folder / f"{name}.pot", folder / "ru.po"
        ):
            print(f"{name}: {fault}")
            faults += 1
    return 1 if faults else 0


def check(fresh, pot, russian):
    """What is not current in the two files, a sentence each."""
    if not pot.exists() or not russian.exists():
        yield f"{pot.name} or {russian.name} is missing (run setup/i18n)"
        return
    old = polib.pofile(str(pot))
    for msgid in sorted(_ids(fresh) ^ _ids(old)):
        what = "is new" if msgid in _ids(fresh) else "is gone"
        yield f"{pot.name} is not current, {msgid!r} {what} (run setup/i18n)"
    yield from _untranslated(_ids(fresh), polib.pofile(str(russian)))


def _untranslated(msgids, russian):
    done = {entry.msgid for entry in russian if entry.translated()}
    for msgid in sorted(msgids - done):
        yield f"ru.po has no Russian for {msgid!r}"
    for entry in russian:
        if entry.obsolete or entry.msgid not in msgids:
            yield f"ru.po still has {entry.msgid!r}, which is gone"


def update(fresh, pot, russian):
    """Write the .pot, carry the Russian over; tells what still has none."""
    pot.parent.mkdir(exist_ok=True)
    _settle(fresh)
    fresh.save(str(pot))
    catalogue = polib.pofile(str(russian)) if russian.exists() else polib.POFile()
    known = {e.msgid: e.msgstr for e in catalogue if e.msgstr and not e.obsolete}
    for entry in fresh:
        entry.msgstr = known.get(entry.msgid, "")
    fresh.metadata["Language"] = "ru"
    fresh.metadata["Plural-Forms"] = (
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4"
        " && (n%100<10 || n%100>=20) ? 1 : 2);"
    )
    fresh.save(str(russian))
    yield from _untranslated(_ids(fresh), fresh)


def _settle(catalogue):
    """Leave out what differs from run to run."""
    for header in ("POT-Creation-Date", "PO-Revision-Date"):
        catalogue.metadata.pop(header, None)


def _ids(catalogue):
    return {entry.msgid for entry in catalogue if entry.msgid and not entry.obsolete}


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
