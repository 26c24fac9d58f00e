"""The accounts of the demonstration: made by the command `demo`, shown on the sign-in page only while DEBUG is on."""

from dataclasses import dataclass

from partnerships.models import Role, User

# The password of all of them, known to everybody on purpose: the accounts exist only where `demo` was run.
DEMO_SIGN_IN_WORD = "outcomes-demo"


@dataclass(frozen=True)
class DemoAccount:
    """One account. The steward belongs to no partnership and has no role."""

    email: str
    name: str
    role: Role | None = None
    partnership: str = ""


def _accounts_of(partnership: str, place: str) -> tuple[DemoAccount, ...]:
    return (
        DemoAccount(
            f"officer.{partnership}@example.org", f"{place} officer (demonstration)", Role.OFFICER, partnership
        ),
        DemoAccount(
            f"board.{partnership}@example.org", f"{place} board member (demonstration)", Role.BOARD, partnership
        ),
        DemoAccount(
            f"admin.{partnership}@example.org",
            f"{place} administrator (demonstration)",
            Role.ADMINISTRATOR,
            partnership,
        ),
    )


DEMO_ACCOUNTS = (
    DemoAccount("steward@example.org", "Site steward (demonstration)"),
    *_accounts_of("lancashire", "Lancashire"),
    *_accounts_of("argyll-bute", "Argyll and Bute"),
    *_accounts_of("thurrock", "Thurrock"),
    *_accounts_of("wales", "Wales"),
)


def accounts_made() -> list[DemoAccount]:
    """Those of the accounts that this site has."""
    emails = [account.email for account in DEMO_ACCOUNTS]
    made = set(User.objects.filter(email__in=emails, is_active=True).values_list("email", flat=True))
    return [account for account in DEMO_ACCOUNTS if account.email in made]
