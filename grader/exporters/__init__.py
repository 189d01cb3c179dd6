"""Marks in the forms that other systems take: CSV, Canvas, Moodle, Gradescope, JUnit.

They read marks and results, and know nothing of the gradebook. Points become decimal numbers here
and nowhere before; cells that a spreadsheet would run are guarded.
"""

from grader.exporters.marks import Change, ExportMark, changes, refuse_lower
from grader.exporters.plain import plain_csv, read_plain
from grader.exporters.results import gradescope_json, junit_xml, read_gradescope
from grader.exporters.worksheets import canvas_csv, moodle_csv

__all__ = [
    "Change",
    "ExportMark",
    "canvas_csv",
    "changes",
    "gradescope_json",
    "junit_xml",
    "moodle_csv",
    "plain_csv",
    "read_gradescope",
    "read_plain",
    "refuse_lower",
]
