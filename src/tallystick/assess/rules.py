"""The rules by the names that obligations use; a new kind of test is a new function here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping

from tallystick.assess import goods_rules, people_rules
from tallystick.assess.conclude import Rule

RULES: Mapping[str, Rule] = {
    rule.__name__: rule
    for rule in (
        people_rules.ceiling_on_authorisations,
        people_rules.ban_on_new_authorisations,
        people_rules.income_earners_remain,
        people_rules.protection_from_forced_labour,
        goods_rules.report_due,
        goods_rules.goods_in_return,
        goods_rules.presumption_at_border,
        goods_rules.market_ban_from,
        goods_rules.dealing_shown,
        goods_rules.duty_to_list,
    )
}
