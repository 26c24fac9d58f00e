"""Links by which a person sets the password of their account. Nothing is sent by e-mail: people pass them on."""

from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from partnerships.models import User


def link_to_set_password(user: User, request: HttpRequest) -> str:
    """A whole address. It opens the account to whoever has it, once, for PASSWORD_RESET_TIMEOUT seconds."""
    arguments = [urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)]
    return request.build_absolute_uri(reverse("set-password", args=arguments))
