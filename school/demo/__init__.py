"""The demo school: invented people and practice, from our own seeded code."""

from school.demo.build import DemoSchool, build_demo_school
from school.demo.people import DemoPerson

__all__ = ["DemoPerson", "DemoSchool", "build_demo_school"]
