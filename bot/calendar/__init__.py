"""Teachers' calendars on a CalDAV server: entries of meetings, and when somebody is busy."""
