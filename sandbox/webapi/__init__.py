"""Slack's Web API, as far as a bot for teachers uses it: `POST /api/<method>`."""

from sandbox.webapi.methods import METHODS, Method
from sandbox.webapi.routes import api_routes

__all__ = ["METHODS", "Method", "api_routes"]
