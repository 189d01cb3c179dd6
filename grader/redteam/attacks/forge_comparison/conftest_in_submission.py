"""Hands in a conftest.py that lets every test pass."""

# /// attack
# verdicts = { double = "FAILED" }
# [files]
# "conftest.py" = """
# import pytest
# @pytest.hookimpl(tryfirst=True)
# def pytest_pyfunc_call(pyfuncitem):
#     return True
# """
# ///

def double(x):
    return 0
