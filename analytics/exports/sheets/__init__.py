"""What each report prints: reports in, sheets of blocks out (`analytics.exports.blocks`)."""
