from . import purchase_journal_report
