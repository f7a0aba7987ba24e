# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a minimum stock asks for. Plain functions: no database, no clock."""


def get_missing(minimum, maximum, stock):
    """How much is to be asked for: nothing while the stock reaches its minimum, else
    up to the maximum.

    ``stock`` is what is here, comes, and is asked for already.

    >>> get_missing(5, 20, 5)
    0
    >>> get_missing(5, 20, 4)
    16
    >>> get_missing(5, 0, 3)
    2
    >>> get_missing(0, 0, -2)
    2
    """
    return max(minimum, maximum) - stock if stock < minimum else 0


def get_stock(forecast, drafts, asked, promised):
    """What counts as stock: what is here and comes, what stands on draft purchase
    orders and what is asked for and not ordered yet; without what is bought for
    quotations, whose demand is in no forecast.

    >>> get_stock(forecast=3, drafts=2, asked=4, promised=1)
    8
    """
    return forecast + drafts + asked - promised
