"""Why a service is shown, in a sentence that quotes the writer; pure."""

from collections.abc import Sequence

from forum.directory.types import Need, Service

_QUOTED = 16  # characters of the writer's own words that a reason repeats


def quoted(words: Sequence[str]) -> str:
    """The writer's words in brackets, long ones cut: 「預け先」「限界」."""
    return "".join(f"「{w if len(w) <= _QUOTED else w[: _QUOTED - 1] + '…'}」" for w in words)


def age_words(months: int) -> str:
    """An age as people say it: 8か月の子, 3歳の子; 妊娠中 before birth."""
    if months < 0:
        return "妊娠中"
    return f"{months}か月の子" if months < 24 else f"{months // 12}歳の子"


def reason(need: Need, service: Service, words: Sequence[str], shared: str, *, by_sign: bool) -> str:
    """One sentence: the words of the worry that it answers, then age and district where they counted.

    `words` are the writer's own, `shared` a word that the service's description has in common with them;
    `by_sign`: signs of danger asked for it.
    """
    if words:
        because = f"{quoted(words)}と書かれていたので"
    elif by_sign:
        because = "すぐに話せる人がいたほうがよさそうなので"
    elif shared:
        because = f"書かれたことに近いことば「{shared}」が、この支援の説明にもあったので"
    else:
        because = "どんなことでも、まず話せるところなので"
    facts = [because]
    if need.child_age_months is not None and service.states_ages:
        facts.append(f"{age_words(need.child_age_months)}なら使えます")
    if need.districts & service.districts:
        facts.append(f"{need.place}の支援です")
    return "。".join(facts)
