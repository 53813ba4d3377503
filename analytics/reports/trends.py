"""How one metric of a student or of a class goes over time (docs/metrics.md, "Trends")."""

from analytics.reports.class_trends import get_class_trend_data
from analytics.reports.student_trends import get_student_trend_data

__all__ = ["get_class_trend_data", "get_student_trend_data"]
