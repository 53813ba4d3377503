"""Reports of made-up schools beside what their raw rows come to."""
