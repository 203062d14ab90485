"""Security headers: the whole policy in one literal."""

from flask import Flask, Response, request

from forum.web import access

POLICY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # Our own origin may see where a form came from (older browsers need it to prove their origin);
    # nobody else learns anything.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
STATIC_CACHE = "public, max-age=31536000, immutable"


def install(app: Flask, *, tls: bool) -> None:
    """Put the policy on every answer of the app, and no-store on all that is not public."""

    @app.after_request
    def put(response: Response) -> Response:
        for name, value in POLICY.items():
            response.headers.setdefault(name, value)
        if tls:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        if request.endpoint == "static":
            # The address carries the file's hash; without it (a relative import) the cache must ask.
            response.headers["Cache-Control"] = STATIC_CACHE if request.args.get("v") else "public, no-cache"
        elif "Cache-Control" not in response.headers:
            view = app.view_functions.get(request.endpoint or "")
            mark = access.mark_of(view) if view is not None else None
            kept = mark in (access.PUBLIC, access.MACHINE) and response.status_code < 400
            response.headers["Cache-Control"] = "public, no-cache" if kept else "no-store"
        return response
