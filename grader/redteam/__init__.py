"""The attack suite: everything a submission may try, run through the real grader and judged.

    run(pattern, required=…) -> [Outcome]       what `grader redteam` prints
    attacks(pattern) -> [Attack]                what there is, without running anything

The attacks lie in attacks/, one small file each; docs/security.md lists them.
"""

from grader.redteam.attack import Attack, Form, attacks
from grader.redteam.suite import Outcome, run

__all__ = ["Attack", "Form", "Outcome", "attacks", "run"]
