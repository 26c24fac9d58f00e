"""Finds a Chromium for the browser tests, installs one where it may, or says in a sentence how to get one."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW = (
    "No Chromium was found for the browser tests. Install one (on Debian or Ubuntu: apt-get install chromium), "
    "or set CHROMIUM to the path of one, or set SKIP_BROWSER=1 to leave these tests out."
)


def chromium() -> str | None:
    """The path of a Chromium on this machine, CHROMIUM of the environment first."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def install() -> None:
    """Asks Debian's packages; quietly gives up where that is not ours to do."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return
    print("Installing Chromium for the browser tests", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", *arguments], env=environment, stdout=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    if chromium() is None:
        install()
    found = chromium()
    if found is None:
        sys.exit(HOW)
    print(f"Browser tests with {found}")
