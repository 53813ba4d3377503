"""All records, one file per aggregate."""

from school.models.alerts import Alert, AlertEvent
from school.models.assignments import Assignment, AssignmentSkill, AssignmentStudent
from school.models.audit import AuditEntry
from school.models.base import Base, from_millis, id_before, new_id, to_millis
from school.models.cards import CardCopy
from school.models.classes import Class, ClassTeacher, Enrolment
from school.models.deliveries import Delivery, DeliveryState, Gate, Lane, Medium, SeenEvent
from school.models.forms import KeptForm
from school.models.interventions import (
    Intervention,
    InterventionSkill,
    InterventionType,
    MessageTemplate,
    StudentReply,
    TeacherMessage,
)
from school.models.meetings import (
    Meeting,
    MeetingAttendee,
    MeetingEvent,
    MeetingStatus,
    MeetingStudent,
    MeetingType,
)
from school.models.parents import PageLink, ParentAnswer, ParentNotice
from school.models.people import Guardian, Preference, Role, Student, User
from school.models.practice import (
    Answer,
    DailyProgress,
    DailySkillProgress,
    Feed,
    ImportRun,
    PracticeSession,
    StaleProgress,
)
from school.models.skills import Skill, SkillPrerequisite
from school.models.timers import Timer, TimerState
from school.models.tutoring import PairState, TutoringBar, TutoringPair, TutoringSession
from school.models.workspaces import Holiday, Install, Pause, School, Term, Workspace

__all__ = [
    "Alert",
    "AlertEvent",
    "Answer",
    "Assignment",
    "AssignmentSkill",
    "AssignmentStudent",
    "AuditEntry",
    "Base",
    "CardCopy",
    "Class",
    "ClassTeacher",
    "DailyProgress",
    "DailySkillProgress",
    "Delivery",
    "DeliveryState",
    "Enrolment",
    "Feed",
    "Gate",
    "Guardian",
    "Holiday",
    "ImportRun",
    "Install",
    "Intervention",
    "InterventionSkill",
    "InterventionType",
    "KeptForm",
    "Lane",
    "Medium",
    "Meeting",
    "MeetingAttendee",
    "MeetingEvent",
    "MeetingStatus",
    "MeetingStudent",
    "MeetingType",
    "MessageTemplate",
    "PageLink",
    "PairState",
    "ParentAnswer",
    "ParentNotice",
    "Pause",
    "PracticeSession",
    "Preference",
    "Role",
    "School",
    "SeenEvent",
    "Skill",
    "SkillPrerequisite",
    "StaleProgress",
    "Student",
    "StudentReply",
    "TeacherMessage",
    "Term",
    "Timer",
    "TimerState",
    "TutoringBar",
    "TutoringPair",
    "TutoringSession",
    "User",
    "Workspace",
    "from_millis",
    "id_before",
    "new_id",
    "to_millis",
]
