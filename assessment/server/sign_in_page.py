"""The pages that ask strangers who they are: one file each, no script, nothing from elsewhere."""

from functools import cache
from html import escape
from pathlib import Path

from assessment.pages.identity import Asking
from assessment.server.headers import fingerprint, policy
from reports.palette import DARK, LIGHT, Palette

_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body>
<main>
<p class="product">Coordination audit</p>
{body}</main>
</body>
</html>
"""

_FORM = """\
<h1>Sign in</h1>
<p class="lead">This server belongs to a team. Whoever started it has the passphrase.</p>
<form method="post" action="{action}">
<input type="hidden" name="next" value="{next}">
<input type="text" name="username" value="coordination-audit" autocomplete="username" hidden>
<label for="passphrase">Passphrase</label>
<input type="password" id="passphrase" name="passphrase" required autofocus{invalid}
 autocomplete="current-password" autocapitalize="none" spellcheck="false"
 aria-describedby="{described}">
{error}<p class="hint" id="hint">Capitals, blanks and dashes make no difference.</p>
<button type="submit">Sign in</button>
</form>
"""

_ERROR = (
    '<p class="error" id="error" role="alert">'
    "That is not the passphrase. Check it and try again.</p>\n"
)


_NOT_SIGNED_IN = (
    '<p class="error" role="alert">You were not signed in. Try again; if it happens again, ask '
    "whoever runs this server.</p>\n"
)

_ACCOUNT = """\
<h1>{title}</h1>
<p class="lead">{lead}</p>
{error}<a class="button" href="{go}">{button}</a>
"""


def account_page(go: str, asked: Asking, has_tried: bool) -> str:
    """Write the page that asks people to sign in with an account of theirs.

    Args:
        go: Where the button leads.
        asked: What it says; it may hold what somebody typed.
        has_tried: Whether they tried to sign in just now, and that did not work.
    """
    body = _ACCOUNT.format(
        title=escape(asked.title),
        lead=escape(asked.lead),
        error=_NOT_SIGNED_IN if has_tried else "",
        go=escape(go),
        button=escape(asked.button),
    )
    return _page(asked.title, body)


def sign_in_page(action: str, onward: str, is_wrong: bool = False) -> str:
    """Write the page that asks for the passphrase.

    Args:
        action: Where the form goes.
        onward: The address that somebody came for, which may be anything they typed.
        is_wrong: Whether a passphrase was given just now that is not the one.
    """
    body = _FORM.format(
        action=escape(action),
        next=escape(onward),
        invalid=' aria-invalid="true"' if is_wrong else "",
        described="error hint" if is_wrong else "hint",
        error=_ERROR if is_wrong else "",
    )
    return _page(f"{'Not the passphrase – ' if is_wrong else ''}Sign in", body)


def _page(title: str, body: str) -> str:
    return _PAGE.format(title=escape(f"{title} – Coordination audit"), style=_style(), body=body)


@cache
def sign_in_policy() -> str:
    """What these pages may load: their own style, and nothing else."""
    return policy(default="'none'", style=f"'{fingerprint(_style())}'", img="data:")


@cache
def _style() -> str:
    sheet = Path(__file__).with_name("sign_in.css").read_text(encoding="utf-8")
    dark = f"@media (prefers-color-scheme: dark) {{ {_variables(DARK)} }}"
    return f"{_variables(LIGHT)}\n{dark}\n{sheet}"


def _variables(palette: Palette) -> str:
    colours = {name: value for name, value in vars(palette).items() if isinstance(value, str)}
    lines = (f"--{name.replace('_', '-')}: {value};" for name, value in colours.items())
    return f":root {{ {' '.join(lines)} }}"
