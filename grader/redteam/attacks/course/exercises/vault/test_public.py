def test_repeat(submission):
    """A short text."""
    submission.repeat.returns("aa", "a")
