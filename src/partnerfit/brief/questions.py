"""Questions to put, to expect, and the reason for each."""

from __future__ import annotations

from partnerfit import sentences
from partnerfit.brief.content import Claim, Section
from partnerfit.brief.voice import Voice
from partnerfit.scoring.comparison import Question

MOST = 3
EXPECTED = 2


def to_put(voice: Voice, skip: int = 0) -> Section:
    """The questions of a note; of one side those that it would put. The first `skip` stand above."""
    found = [q for q in voice.comparison.questions if voice.side in (None, q.asked_by)]
    points = tuple(asked(voice, question) for question in found[skip : voice.most(MOST, least=2) + skip])
    none = "no-questions-area" if voice.comparison.area else "no-questions"
    lead = () if found else (Claim(voice.say(none)),)
    title = voice.say("more-questions" if skip else "questions")
    return Section("questions", title, lead=lead, points=points, numbered=True)


def to_expect(voice: Voice) -> Section:
    """What the other side would ask, in a note for one side."""
    found = [q for q in voice.comparison.questions if q.to == voice.side]
    points = tuple(asked(voice, question) for question in found[: voice.most(EXPECTED)])
    return Section("expected", voice.say("expected"), points=points, numbered=True)


def asked(voice: Voice, question: Question) -> Claim:
    """A question with the reason to put it."""
    by, to = voice.name(question.asked_by), voice.name(question.to)
    receiver = question.receiver == question.to
    if question.provider is None:
        what = voice.say("together", what=question.measure.together, by=by)
    else:
        giving = sentences.giving(voice.comparison, question, voice.name)
        what = voice.say("welcome" if receiver else "would-it", by=by, what=giving)
    if question.does_with_others:
        others = voice.addressed(question.does_with_others)
        reason = voice.say("sought-from" if receiver else "does-with", others=others)
        holder, rests_on = question.to, question.does_with_others
    else:
        stances = dict.fromkeys(voice.say(objective.stance) for objective in question.wished)
        reason = voice.say("wished", by=by, stance=voice.say("but").join(stances))
        holder, rests_on = question.asked_by, question.wished
    return Claim(
        f"{what} {reason}",
        voice.say("to", state=to),
        tuple(voice.reference(holder, objective) for objective in rests_on),
    )
