"""Has a pyproject.toml that loads a plugin."""

# /// attack
# kind = "planted"
# plant = "pyproject.toml"
# text = """
# [tool.pytest.ini_options]
# addopts = ["-p", "planted_by_ini"]
# """
# control = "pytest.ini comes before it"
# ///

# the plugin lies beside it
