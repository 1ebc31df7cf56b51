"""The traits of a text that a question can settle, their options, and the words for the prompt.

Knows no model, no budget and no person: it says which traits a request leaves open, not what to do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from clarify.bank import Row
from clarify.timing import Kind
from data.types import Check, Lesson

LONGEST = 4_000  # characters; a longer request says enough by itself
PASTED = re.compile(r"```.*?(?:```|\Z)|^>.*$|[\"“][^\"”\n]{60,}[\"”]", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: what the button says (at most five words), and the imperative for the prompt."""

    label: str
    instruction: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One open trait of a task: when it is open, how to see that it is settled, and its options."""

    trait: str
    question: str  # at most 18 words
    reason: str  # at most 12 words
    options: tuple[Option, ...]  # the commonest first: the guess when nothing else is known
    opens: re.Pattern[str] = re.compile(r"(?!)")  # in the request; a retrieved one never by words
    settles: re.Pattern[str] = re.compile(r"(?!)")  # in the request, earlier words or a lesson
    settling: frozenset[str] = frozenset()  # names of a lesson's checks that settle it too
    telling: tuple[Check, ...] = ()  # checks on which drafts for two options may differ
    by_length: bool = False  # whether drafts of different length differ on this trait
    usual: float = 0.2  # expected regret before any drafts were compared; an estimate
    importance: float = 0.67  # 0 to 1
    kind: Kind = "style"  # how fast a late answer loses its worth


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


def _made(things: str) -> re.Pattern[str]:
    """A request to make one of these things: an English verb, then the thing a few words later."""
    verbs = r"write|draft|compose|create|make|prepare|help me with|i need|come up with|give me"
    return _words(rf"(?:{verbs})\b(?:[ \t]+[\w'-]+){{0,7}}?[ \t]+(?:{things})s?")


def _check(name: str, **args: str | float) -> Check:
    return Check(name, tuple(args.items()))


LENGTHS = frozenset(
    {"max_words", "min_words", "max_sentences", "min_sentences", "max_paragraphs"}
    | {"shorter_than_before", "longer_than_before"}
)
LAYOUTS = frozenset(
    {"bullets", "no_bullets", "numbered_list", "headings", "no_headings", "code_only", "json_only"}
)
MESSAGES = (
    "e-?mail|letter|message|note|invitation|announcement|reply|response|speech|toast|"
    "apology|complaint|reminder|thank[- ]you"
)
TALES = "story|tale|poem|limerick|song|fable|scene|sketch"
ARTICLES = (
    "article|blog post|post|essay|report|presentation|leaflet|newsletter|description|guide|talk"
)

BANK: tuple[Facet, ...] = (
    Facet(
        trait="code",
        question="Which programming language should it use?",
        reason="changes every line of the code",
        options=(
            Option("Python", "Write the code in Python."),
            Option("JavaScript", "Write the code in JavaScript."),
            Option("A shell script", "Write it as a shell script."),
        ),
        opens=_made(r"(?:function|script) (?:to|that|which)|some code|regex|parser"),
        settles=_words(
            r"python|javascript|typescript|java|rust|golang|ruby|php|sql|bash|shell|c\+\+|c#|c|r|"
            r"swift|kotlin|perl|lua|html|css|excel|language"
        ),
        usual=0.35,
    ),
    Facet(
        trait="tone",
        question="Which tone should it have?",
        reason="changes the tone of the whole text",
        options=(
            Option("Friendly", "Write in a warm, friendly tone."),
            Option("Formal", "Write in a formal tone."),
            Option("Plain and direct", "Write in a plain, direct tone, without pleasantries."),
        ),
        opens=_made(MESSAGES),
        settles=_words(
            r"(?:in)?formal(?:ly)?|friendly|casual|polite(?:ly)?|warm|professional(?:ly)?|serious|"
            r"funny|humorous|playful|stern|firm|neutral|sincere|heartfelt|blunt|direct|tone|"
            r"jokes?|jokey|witty|angry|respectful|cheerful"
        ),
        telling=(_check("has_exclamation"), _check("starts_with", text="Dear")),
        usual=0.24,
    ),
    Facet(
        trait="mood",
        question="Which mood should it have?",
        reason="changes what happens in it",
        options=(
            Option("Light and funny", "Make it light and funny."),
            Option("Quiet and serious", "Make it quiet and serious."),
            Option("Tense and dark", "Make it tense and dark."),
        ),
        opens=_made(TALES),
        settles=_words(
            r"funny|humorous|sad|dark|light|serious|scary|horror|romantic|happy|tense|quiet|silly|"
            r"mood|thriller|comedy|tragic|bedtime|uplifting|gentle|comic|creepy|whimsical"
        ),
        usual=0.26,
    ),
    Facet(
        trait="level",
        question="How much do you already know about this?",
        reason="changes which words and steps are explained",
        options=(
            Option("Nothing yet", "Explain it to a complete beginner, without special terms."),
            Option("The basics", "Explain it to someone who knows the basics."),
            Option("A lot", "Explain it to an expert, with the exact terms."),
        ),
        opens=_words(r"explain|teach me|tell me about|introduce me to|how (?:do|does|can) .{3,60}"),
        settles=_words(
            r"beginner'?s?|experts?|simpl[ey]|child|children|kids?|year[- ]olds?|layman'?s?|"
            r"technical|advanced|basics|novice|eli5|plain (?:words|english|language)|"
            r"newcomers?|students?|from scratch|in depth|like i'?m"
        ),
        usual=0.22,
    ),
    Facet(
        trait="audience",
        question="Who will read or hear it?",
        reason="changes what can be taken as known",
        options=(
            Option("The general public", "Write for the general public."),
            Option("People in the field", "Write for people who work in the field."),
            Option("Children", "Write for children of about ten."),
        ),
        opens=_made(ARTICLES),
        settles=_words(
            r"audience|readers?|(?:for|to) (?:my|our|the|a|an|all|young|new|other|small)|"
            r"beginners?|experts?|customers?|colleagues?|students?|kids?|children|year[- ]olds?|"
            r"parents|public|newcomers?|everyone"
        ),
        usual=0.2,
    ),
    Facet(
        trait="span",
        question="What time should the plan cover?",
        reason="changes how many steps it has",
        options=(
            Option("One day", "Plan for one day."),
            Option("One week", "Plan for one week."),
            Option("One month", "Plan for one month."),
        ),
        opens=re.compile(
            _made("plan|itinerary|schedule|routine|timetable").pattern
            + r"|\bplan (?:a|an|my|our|the) ",
            re.IGNORECASE,
        ),
        settles=_words(
            r"\d+|(?:half )?days?|daily|weeks?|weekly|weekend|months?|monthly|years?|hours?|"
            r"minutes|morning|afternoon|evening|tonight|today|tomorrow"
        ),
        usual=0.28,
    ),
    Facet(
        trait="format",
        question="What form should the answer take?",
        reason="changes the layout of the whole answer",
        options=(
            Option("Bullet points", "Answer in bullet points."),
            Option("Running text", "Answer in running text, without bullet points."),
            Option("Numbered steps", "Answer in numbered steps."),
        ),
        opens=_words(
            r"compare|pros and cons|(?:some|any|more|give me|need) (?:ideas|tips|advice|ways)|"
            r"(?:ideas|tips|advice) (?:for|on|about)|recommend|what are the (?:best|main)|"
            r"how (?:do|can|should) i|instructions"
        ),
        settles=_words(
            r"bullets?|bullet[- ]points?|lists?|table|steps?|step[- ]by[- ]step|prose|paragraphs?|"
            r"numbered|outline|json|csv|sentences?|running text|essay|words"
        ),
        settling=LAYOUTS | LENGTHS,
        telling=(_check("bullets", min=1), _check("numbered_list", min=1)),
        usual=0.25,
    ),
    Facet(
        trait="purpose",
        question="What should it do for its reader?",
        reason="changes what is said first and last",
        options=(
            Option("Inform", "Write to inform: facts first."),
            Option("Persuade", "Write to persuade: make a case."),
            Option("Entertain", "Write to entertain."),
        ),
        opens=_made("article|blog post|post|speech|talk|presentation|pitch|leaflet|essay"),
        settles=_words(
            r"inform|informative|persua\w+|convinc\w+|entertain\w*|argu\w+|sell\w*|promot\w+|"
            r"explain\w*|announc\w+|thank\w*|fun|funny|purpose|pitch"
        ),
        usual=0.2,
    ),
    Facet(
        trait="length",
        question="How long should it be?",
        reason="changes how much is left out",
        options=(
            Option("A few sentences", "Keep it to three or four sentences."),
            Option("Two or three paragraphs", "Write two or three paragraphs."),
            Option("Long, in sections", "Write at length, in sections with headings."),
        ),
        opens=re.compile(
            _made(f"{TALES}|{ARTICLES}|summary|overview|bio|profile").pattern
            + r"|\b(?:summari[sz]e|describe)\b",
            re.IGNORECASE,
        ),
        settles=_words(
            r"short(?:er|ly)?|brief(?:ly)?|long(?:er)?|concise(?:ly)?|detailed|in detail|length|"
            r"(?:\d+|one|two|three|four|five|six|ten|a few|a|single|couple of)[- ]"
            r"(?:words?|sentences?|paragraphs?|pages?|lines?|minutes?)|limerick|haiku|tweet|"
            r"one[- ]liner|in depth"
        ),
        settling=LENGTHS,
        telling=(_check("headings", min=1),),
        by_length=True,
        usual=0.18,
    ),
)


def own_words(text: str) -> str:
    """A message without what it quotes: fenced blocks, `>` lines and long quotations."""
    return PASTED.sub(" ", text)


def facet(trait: str) -> Facet | None:
    """The facet of a trait, or None where a stored question comes from another bank."""
    return next((known for known in BANK if known.trait == trait), None)


def retrieved(row: Row) -> Facet:
    """A question of the bank as a facet, with an imperative for each of its options."""
    return Facet(
        trait=row.facet,
        question=row.question,
        reason=f"settles the {row.about}",
        options=tuple(Option(label, f"About the {row.about}: {label}.") for label in row.options),
        importance=row.importance,
        kind=row.kind,
    )


def left_open(request: str, before: Sequence[str], lessons: Sequence[Lesson]) -> tuple[Facet, ...]:
    """The facets that a request leaves open, most telling first.

    `before` is what the person said earlier in the task; lessons are those in scope.
    An empty request, one of over 4,000 characters, or one that is not English opens nothing.
    """
    if not request.strip() or len(request) > LONGEST:
        return ()
    asked = own_words(request)
    said = [asked, *(own_words(text[:LONGEST]) for text in before)]
    taught = [lesson.effect for lesson in lessons]
    checks = {lesson.check.name for lesson in lessons if lesson.check is not None}
    return tuple(
        known
        for known in BANK
        if known.opens.search(asked)
        and not known.settling & checks
        and not any(known.settles.search(text) for text in (*said, *taught))
    )


def instruction(trait: str, answer: str) -> str:
    """The imperative for the prompt once a trait is answered or assumed; words are taken as said.

    A trait of another bank still gets a sentence, since its question may be older than this one.
    """
    words = " ".join(answer.split()).rstrip(".!")
    known = facet(trait)
    for option in known.options if known else ():
        if option.label.casefold() == words.casefold():
            return option.instruction
    return f"About the {trait}: {words}."
