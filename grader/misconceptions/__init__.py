"""What a function's answers say about the mistake in it; only recordings are looked at."""

from grader.misconceptions.clusters import Cluster, clusters
from grader.misconceptions.conditions import right_when
from grader.misconceptions.matching import Group, Table, group_of, matching

__all__ = ["Cluster", "Group", "Table", "clusters", "group_of", "matching", "right_when"]
