"""How a fresh machine gets Odoo 19, PostgreSQL and databases.

Standard library only: the kit runs before anything is installed. What it installs
lies in one cache folder (`cache.home()`), in parts that are each built in a temporary
place, stamped with the key of what they were made of, and renamed.
"""
