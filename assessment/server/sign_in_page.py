"""The page that asks for the passphrase: one file, no script, nothing from elsewhere."""

from functools import cache
from html import escape
from pathlib import Path

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
</main>
</body>
</html>
"""

_ERROR = (
    '<p class="error" id="error" role="alert">'
    "That is not the passphrase. Check it and try again.</p>\n"
)


def sign_in_page(action: str, onward: str, is_wrong: bool = False) -> str:
    """Write the page.

    Args:
        action: Where the form goes.
        onward: The address that somebody came for, which may be anything they typed.
        is_wrong: Whether a passphrase was given just now that is not the one.
    """
    return _PAGE.format(
        title=f"{'Not the passphrase – ' if is_wrong else ''}Sign in – Coordination audit",
        style=_style(),
        action=escape(action),
        next=escape(onward),
        invalid=' aria-invalid="true"' if is_wrong else "",
        described="error hint" if is_wrong else "hint",
        error=_ERROR if is_wrong else "",
    )


@cache
def sign_in_policy() -> str:
    """What this page may load: its own style, and nothing else."""
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
