"""A whole class: found, graded in parallel, stored as each result is there, taken up again."""
