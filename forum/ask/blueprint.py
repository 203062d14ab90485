"""The blueprint that the pages of this room share."""

from flask import Blueprint

bp = Blueprint("ask", __name__)
