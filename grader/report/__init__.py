"""Feedback pages: reads results, writes one self-contained HTML file each, and nothing else."""

from grader.report.class_data import ClassPage, ClassRow, ClusterRow, ItemRow, KnownRow
from grader.report.class_index import class_index
from grader.report.render import render, write_page, write_text

__all__ = [
    "ClassPage",
    "ClassRow",
    "ClusterRow",
    "ItemRow",
    "KnownRow",
    "class_index",
    "render",
    "write_page",
    "write_text",
]
