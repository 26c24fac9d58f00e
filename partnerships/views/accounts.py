"""Signing in and out, and passwords: Django's own views with our forms and templates."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from partnerships import access, demonstration
from partnerships.forms import ChangePasswordForm, NewPasswordForm, SignInForm


class _SignIn(auth_views.LoginView):
    template_name = "registration/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs) -> dict:
        shown = demonstration.accounts_made() if settings.DEBUG else []
        return super().get_context_data(
            crumbs=[(_("Sign in"), "")], accounts=shown, sign_in_word=demonstration.DEMO_SIGN_IN_WORD, **kwargs
        )

    def form_valid(self, form: SignInForm) -> HttpResponse:
        """Keeps when the person was here before, by which pages mark what is new to them."""
        before = form.get_user().last_login
        response = super().form_valid(form)
        self.request.session["previous_visit"] = before.isoformat() if before else None
        return response


class _SetPassword(auth_views.PasswordResetConfirmView):
    template_name = "registration/set_password.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("login")

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        messages.success(self.request, _("Your password is set. Sign in with it."))
        return super().form_valid(form)


class _PasswordChange(auth_views.PasswordChangeView):
    template_name = "registration/password_change.html"
    form_class = ChangePasswordForm
    success_url = reverse_lazy("password_change_done")
    extra_context = {"crumbs": [(gettext_lazy("Change password"), "")]}


class _PasswordChangeDone(auth_views.PasswordChangeDoneView):
    template_name = "registration/password_change_done.html"
    extra_context = {"crumbs": [(gettext_lazy("Change password"), "")]}


sign_in = access.open_to_all(_SignIn.as_view())
sign_out = access.open_to_all(auth_views.LogoutView.as_view())
set_password = access.open_to_all(_SetPassword.as_view())
password_change = access.open_to_all(_PasswordChange.as_view())
password_change_done = access.open_to_all(require_safe(_PasswordChangeDone.as_view()))
