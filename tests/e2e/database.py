# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What stands in a company's database, read beside the Odoo that works on it."""

import psycopg2


class Database:
    """Statements that are committed at once, each with a view of its own."""

    def __init__(self, postgres, name):
        names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER"}
        names["password"] = "PGPASSWORD"
        where = {key: postgres.env.get(name) for key, name in names.items()}
        self.connection = psycopg2.connect(dbname=name, **where)
        self.connection.autocommit = True

    def rows(self, statement, *values, **named):
        with self.connection.cursor() as cursor:
            cursor.execute(statement, named or values or None)
            return cursor.fetchall() if cursor.description else []

    def value(self, statement, *values, **named):
        return self.rows(statement, *values, **named)[0][0]

    def close(self):
        self.connection.close()
