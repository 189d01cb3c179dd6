"""The grader checks exercises and grades submissions for a PyTorch course."""
