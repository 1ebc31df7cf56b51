"""Requests that each carry one instruction of their own, to see whether a model still follows any.

Written for heed, none taken from a test set. Knows no model; the gate asks them.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from data.checks import registry
from data.types import Check

SLICE = 12  # asked for a candidate: one batch


@dataclass(frozen=True, slots=True)
class Instruction:
    """A request, and the check that sees whether its instruction was followed."""

    text: str
    check: Check

    @property
    def family(self) -> str:
        """Of the check: length, format, words, edges or language."""
        return registry.kind_of(self.check).family


def chosen(own: Set[str], older: Set[str], most: int = SLICE) -> tuple[Instruction, ...]:
    """The first instructions that a lesson does not speak about; `own` and `older` are families.

    `own` are those of the lessons that are new in a candidate: never asked, since there a change is
    wanted. Those of older lessons fill up only what is missing: they hold before and after alike.
    """
    open_ones = [one for one in ALL if one.family not in own]
    free = [one for one in open_ones if one.family not in older]
    return tuple([*free, *(one for one in open_ones if one.family in older)][:most])


def _asks(request: str, name: str, /, **args: str | float) -> Instruction:
    return Instruction(request, Check(name, tuple(args.items())))


# Dealt by family, so that the first dozen are varied whatever family is left out.
ALL: tuple[Instruction, ...] = (
    _asks("Name three fruits that grow on trees, as a numbered list.", "numbered_list", min=3),
    _asks("Answer in exactly two sentences: why do people keep diaries?",
          "sentences_between", low=2, high=2),
    _asks("Write one sentence about a ship that uses the word 'harbour'.",
          "contains", word="harbour"),
    _asks("Tell me what a thermos does. Start your answer with the word 'Certainly'.",
          "starts_with", text="Certainly"),
    _asks("Tell me in German what a bicycle is.", "language", code="de"),
    _asks("Give two reasons to open a window in the morning. Use bullet points.", "bullets", min=2),
    _asks("In at most ten words: what is a bakery?", "max_words", n=10),
    _asks("Describe fresh snow without using the word 'white'.", "forbids", word="white"),
    _asks("Say something about plans for the weekend, and end with a question.",
          "ends_with_question"),
    _asks("Describe a foggy street. Use no commas at all.", "no_comma"),
    _asks("Describe a quiet lake in at least thirty words.", "min_words", n=30),
    _asks("Tell me about a long train journey, and put at least one number into it.", "has_number"),
    _asks("Wish a runner good luck. End with the words 'See you at the finish'.",
          "ends_with", text="See you at the finish"),
    _asks("Greet a new neighbour, in capital letters only.", "uppercase"),
    _asks("What does a compass show? Answer in a single sentence.", "max_sentences", n=1),
    _asks("What is a proverb? Give one, and write 'for example' before it.", "has_example", n=1),
    _asks("What would a lazy cat say? Put your whole answer into quotation marks.", "quotation"),
    _asks("Describe a cup of coffee in French.", "language", code="fr"),
    _asks("What is a ladder for? Write everything in lower case.", "lowercase"),
    _asks("Why does sleep matter? Say it in three sentences or more.", "min_sentences", n=3),
    _asks("Advise me on buying winter boots, and address me as 'you'.", "addresses_you"),
    _asks("Thank Ada for the plums she sent. Begin with 'Dear Ada'.",
          "starts_with", text="Dear Ada"),
    _asks("Explain what a kettle does, and put the most important word in bold like **this**.",
          "has_bold"),
    _asks("Write two paragraphs about a walk in the woods, with an empty line between them.",
          "min_paragraphs", n=2),
    _asks("Suggest a supper that needs no oven. Mention the word 'lentils'.",
          "contains", word="lentils"),
    _asks("How do I water a cactus? Close with the words 'That is all.'",
          "ends_with", text="That is all."),
    _asks("Invent a cat. Give its name and age as JSON, and nothing else.", "json_only"),
    _asks("How do you peel an orange? Keep every sentence to at most twelve words.",
          "max_sentence_words", n=12),
    _asks("Describe a day at the beach without writing in the first person.", "no_first_person"),
    _asks("Describe a street market in Spanish.", "language", code="es"),
    _asks("Cheer for the first day of spring, and use an exclamation mark.", "has_exclamation"),
    _asks("Describe your ideal chair in twenty to forty words.", "words_between", low=20, high=40),
)  # fmt: skip
