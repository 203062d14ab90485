"""A board on which every text is an attack: posted by the forms of the house, as people post."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import Flask

from forum.accounts.types import Role
from forum.board import moderating
from forum.board import queries as board
from forum.board.types import Visibility
from forum.db import db
from forum.insight import queries as insight
from forum.visitors import gate
from tests.accounts.staff import hire, sign_in
from tests.moderation.shift import waiting, written
from tests.pages import BASE, OURS, Page, Visitor, form_fields

NAME_MOST, NOTICE_MOST, REASON_MOST, TITLE_MOST = 40, 500, 1000, 60


@dataclass
class Scene:
    """Who wrote and works here, and for each page, by who opens it, the texts that it must show."""

    writer: Visitor
    staff: Visitor
    pages: list[tuple[str, str, list[str]]] = field(default_factory=list)  # "writer" or "staff", path, texts
    opened: list[tuple[str, list[str]]] = field(default_factory=list)  # opened by the button of that address
    stored: list[str] = field(default_factory=list)


def batches(payloads: tuple[str, ...], most: int) -> list[str]:
    """Payloads, one below the other, in as few texts of that many characters as it takes."""
    made = [""]
    for one in payloads:
        if made[-1] and len(made[-1]) + len(one) + 1 > most:
            made.append("")
        made[-1] += ("\n" if made[-1] else "") + one
    return made


def send(person: Visitor, path: str, field_name: str, **fields: object) -> Page:
    """Fill in the form of a page that has this field and send it, agreeing to what would be hidden."""
    page = person.get(path)
    form = page.form(field_name)
    data = {**form_fields(form), "agreed": "1", **fields}
    answer = person.client.post(form.attributes["action"], base_url=BASE, data=data, headers=OURS)
    assert answer.status_code in (200, 303), f"{path}: {answer.status_code} {Page(answer, path).text[:300]}"
    return Page(answer, answer.headers.get("Location", path))


def fill(app: Flask, payloads: tuple[str, ...], texts: list[str]) -> Scene:
    """Write every text everywhere that somebody can write; titles and names take single payloads.

    payloads: for short boxes. texts: for long ones, 5 to 2,000 characters each.
    """
    scene = Scene(Visitor(app), sign_in(app, *Role, name=payloads[0][:NAME_MOST]))
    _worries(app, scene, payloads, texts)
    _held(app, scene, texts)
    _voices(app, scene, texts)
    _people(app, scene, payloads)
    _notices(scene, payloads, texts)
    return scene


def _worries(app: Flask, scene: Scene, payloads: tuple[str, ...], texts: list[str]) -> None:
    every = list(texts)
    shown: list[str] = []
    for number, text in enumerate(every):
        title = payloads[number * len(payloads) // len(every)][:TITLE_MOST]
        to_city = {"board": _voice_board(app)} if number == 0 else {}
        send(scene.writer, "/ask", "text", text=text, title=title, **to_city)
        with app.app_context():
            thread_id = str(
                db.session.scalar(db.text("select public_id from thread order by id desc limit 1"))
            )
            public = moderating.subject(thread_id, None).visibility is Visibility.PUBLIC
            db.session.remove()
        if not public:
            continue
        send(scene.writer, f"/threads/{thread_id}/reply", "body", body=text)
        send(scene.staff, f"/staff/threads/{thread_id}/answer", "body", body=text)
        with app.app_context():
            page = board.thread_page(thread_id)
            db.session.remove()
        bodies = [page.thread.title, page.thread.body, *(post.body for post in page.posts)]
        scene.stored += [page.thread.body]
        shown.append(page.thread.title)
        scene.pages += [
            ("writer", f"/threads/{thread_id}", bodies),
            ("writer", f"/threads/{thread_id}/edit", [page.thread.title, page.thread.body]),
        ]
        if number == 0:
            act, city = f"/threads/{thread_id}", f"/staff/threads/{thread_id}/answer"
            scene.pages += [("writer", f"{act}/{one}", []) for one in ("reply", "withdraw", "flag", "me-too")]
            scene.pages.append(("staff", city, [page.thread.title, page.thread.body]))
            own = next(post.id for post in page.posts if post.body)
            scene.pages += [("writer", f"/posts/{own}/{one}", []) for one in ("edit", "withdraw", "helped")]
            send(scene.writer, f"{act}/posts/{own}/flag", "reason", tone="trouble", reason="hurts")
    scene.pages += [("writer", path, shown) for path in ("/threads", "/mine")] + [("writer", "/", [])]
    scene.pages += [("staff", "/staff/threads", []), ("staff", "/staff", [])]


def _voice_board(app: Flask) -> str:
    return next(one.id for one in app.extensions["city"].boards if one.to_city)


def _held(app: Flask, scene: Scene, texts: list[str]) -> None:
    """Texts that wait for a person, opened, with a word to their writers that is an attack as well."""
    held = {}
    for text in texts:
        body = f"{text}\n。"
        thread, _ = written(app, body, visibility=Visibility.HELD, title=text[:TITLE_MOST])
        held[thread.id] = (body, text)
    first, *others = [item for item in waiting(app) if item.thread_id in held]
    scene.opened += [(f"/staff/queue/{item.id}", [held[item.thread_id][0]]) for item in others]
    text = held[first.thread_id][1]
    scene.staff.get(f"/staff/queue/{first.id}")
    scene.staff.submit("/open")
    scene.staff.submit(
        "/decide", action="ask", reason="identifies", message=text[:NOTICE_MOST], fixed=f"{text}\nなおした形"
    )
    # The hand with which `written` writes is known; the browser of this scene reads as that writer apart.
    scene.pages.append(("held", f"/threads/{first.thread_id}/held", [text[:NOTICE_MOST]]))
    scene.pages += [("staff", f"/staff/{one}", []) for one in ("queue", "decisions", "load", "record")]


def _voices(app: Flask, scene: Scene, texts: list[str]) -> None:
    """The city's answers to what was written to the city."""
    with app.app_context():
        found = insight.voices(app.extensions["city"], None, 1)
        voice = found.voices[0].line.id
        lines = [line for text in texts for line in text.split("\n") if line.strip()]
        fit = [line for line in lines[:60] if not gate.review(line, app.extensions["city"]).masked.spans]
        db.session.remove()
    reasons = batches(tuple(fit), REASON_MOST - 100)[:4]
    for reason, decision in zip(reasons, ("considered", "done", "refused", "considered"), strict=False):
        send(scene.staff, f"/staff/voices/{voice}", "reason", reason=reason + "よ。", decision=decision)
    scene.pages += [("writer", "/voices", reasons), ("staff", f"/staff/voices/{voice}", reasons)]
    scene.pages.append(("staff", "/staff/voices", []))


def _people(app: Flask, scene: Scene, payloads: tuple[str, ...]) -> None:
    names = [one[:NAME_MOST] for one in payloads if one.isprintable()][:30]
    ids = [hire(app, Role.EDITOR, name=name) for name in names]
    send(scene.staff, "/staff/people", "mail", name=names[0], roles=["editor"], mail="")
    scene.pages += [("staff", "/staff/people", names), ("staff", "/staff/record", [])]
    pairs = zip(ids[:3], names, strict=False)
    scene.pages += [("staff", f"/staff/people/{one}", [name]) for one, name in pairs]


def _notices(scene: Scene, payloads: tuple[str, ...], texts: list[str]) -> None:
    """Somebody who is named asks us: with attacks in all four boxes."""
    for number, text in enumerate(texts):
        name = payloads[number * len(payloads) // len(texts)][:TITLE_MOST]
        told = text[:NOTICE_MOST]
        page = send(scene.writer, "/named", "what", name=name, place=text[:300], what=told, why=told)
        scene.pages.append(("writer", page.url, []))
        scene.opened.append((f"/staff/notices/{page.url.split('/')[-1]}", [told, name, text[:300]]))
    scene.pages.append(("staff", "/staff/notices", []))
