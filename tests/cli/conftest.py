"""Lets tests of commands use the attempts that tests of pages are made with."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
