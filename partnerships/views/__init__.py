"""The pages of the site itself and of a partnership as such."""

# The settings name this one (CSRF_FAILURE_VIEW).
from partnerships.views.errors import form_expired

__all__ = ["form_expired"]
