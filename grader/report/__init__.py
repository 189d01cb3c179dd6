"""Feedback pages: reads results, writes one self-contained HTML file each, and nothing else."""

from grader.report.render import render, write_page

__all__ = ["render", "write_page"]
