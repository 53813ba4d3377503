"""Every figure of every report from the raw rows of files, in plain Python, scipy and statsmodels.

Nothing of the project's own code is used here, and nothing is fast: each figure is worked out anew
from the rows, by its definition.
"""
