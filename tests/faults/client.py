"""A parent's browser over a real socket: keeps its cookies, sends a form again until it is answered."""

import time
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from tests import dom


class Browser:
    """One person; remembers cookies, knows no other address than the server's."""

    def __init__(self, port: int, give_up_seconds: float = 60) -> None:
        self.port = port
        self.give_up_seconds = give_up_seconds
        self.cookies: dict[str, str] = {}
        self.resent = 0

    def request(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        """One exchange: status, body, location. Raises OSError or HTTPException when it broke off."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=15)
        headers = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        try:
            connection.request(method, path, urlencode(fields) if fields else None, headers)
            answer = connection.getresponse()
            body = answer.read().decode()
            for line in answer.headers.get_all("Set-Cookie") or ():
                name, value = line.split(";", 1)[0].split("=", 1)
                self.cookies[name] = value
            return answer.status, body, answer.headers.get("Location", "")
        finally:
            connection.close()

    def until_answered(
        self, method: str, path: str, fields: dict[str, str] | None = None
    ) -> tuple[int, str, str]:
        """Send the same request again until an answer comes, as a person reloads a page."""
        deadline = time.monotonic() + self.give_up_seconds
        while True:
            try:
                status, body, where = self.request(method, path, fields)
                if status not in (502, 503):
                    return status, body, where
            except (OSError, HTTPException):
                pass
            if time.monotonic() > deadline:
                raise TimeoutError(path)
            self.resent += 1
            time.sleep(0.05)

    def form(self, path: str, contains: str) -> tuple[str, dict[str, str]]:
        """The address and the fields of the form on a page that has the named field."""
        _, body, _ = self.until_answered("GET", path)
        root, _ = dom.parse(body)
        for form in root.all("form"):
            names = {e.attributes.get("name", "") for e in form.walk()}
            if contains in names:
                hidden = form.all("input", type="hidden")
                return form.attributes["action"], {
                    e.attributes["name"]: e.attributes.get("value", "") for e in hidden
                }
        raise AssertionError(f"no form with {contains} on {path}")

    def post_worry(self, text: str) -> str:
        """Post a worry and return the thread's id from the acknowledgement."""
        action, fields = self.form("/ask", "text")
        time.sleep(1.05)  # people read before they send; the time trap expects it
        status, body, where = self.until_answered("POST", action, {**fields, "text": text})
        if status != 303:
            raise AssertionError(f"not acknowledged: {status} {body[:200]}")
        return where.split("/threads/")[1].split("?")[0]
