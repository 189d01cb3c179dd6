"""Feedback pages: reads results, writes one self-contained HTML file each, and nothing else."""

from grader.report.class_data import ClassPage, ClassRow, ClusterRow, ItemRow, KnownRow
from grader.report.class_index import class_index, class_index_surely
from grader.report.render import Rendered, render, render_surely, write_page, write_text

__all__ = [
    "ClassPage",
    "ClassRow",
    "ClusterRow",
    "ItemRow",
    "KnownRow",
    "Rendered",
    "class_index",
    "class_index_surely",
    "render",
    "render_surely",
    "write_page",
    "write_text",
]
