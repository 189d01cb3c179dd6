"""Has a .pth file, lines of which Python runs in folders of packages."""

# /// attack
# kind = "planted"
# plant = "planted.pth"
# text = "import pathlib; pathlib.Path('ran-path_file').touch()\n"
# control = "Python reads these in folders of packages only"
# ///

# the file holds one line
