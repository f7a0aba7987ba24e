from . import purchase_journal_ask
from . import purchase_journal_ask_line
from . import purchase_journal_comment
