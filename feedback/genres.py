"""Kinds of text, of work and of reader that a condition may name: tables of words.

Knows no sentence: conditions.py looks for these words.
"""

from __future__ import annotations

import re

CHANNELS = (
    (r"e-?mails?|mails", "email"),
    (r"slack(?: (?:messages|posts))?", "slack"),
    (r"(?:text )?messages|texts|dms|whatsapp(?: messages)?", "message"),
    (r"letters", "letter"),
    (r"tweets|(?:social media |blog |linkedin )?posts", "post"),
    (r"comments", "comment"),
)
TASKS = (
    (r"(?:some |new )?ideas|brainstorm\w*|suggestions", "ideas"),
    (r"code|coding|programming|scripts", "code"),
    (r"summar(?:y|ies)|summari[sz]\w+", "summary"),
    (r"recipes?|cooking", "recipe"),
    (r"(?:bedtime |short )?stor(?:y|ies)", "story"),
    (r"poems?|poetry", "poem"),
    (r"translations?|translat\w+", "translation"),
    (r"explanations?|explain\w*", "explanation"),
    (r"plans|planning|a plan|schedules", "plan"),
    (r"reviews", "review"),
    (r"jokes?", "joke"),
    (r"essays?", "essay"),
    (r"reports", "report"),
    (r"instructions|how-?tos?|tutorials?|directions", "how-to"),
    (r"definitions?|defin\w+", "definition"),
    (r"comparisons?|compar\w+", "comparison"),
    (r"advice|tips", "advice"),
    (r"facts?|factual questions|trivia", "facts"),
)
PEOPLE = (
    r"(?:boss|manager|team|clients?|customers?|colleagues?|co-?workers?|teachers?|professors?"
    r"|mother|mom|mum|father|dad|parents|wife|husband|partner|friends?|landlord|doctor|sister"
    r"|brother|neighbou?rs?|grand(?:ma|pa|mother|father)|family|investors?|editor|lawyer|son"
    r"|daughter|kids|children|students|pupils|aunt|uncle|cousin|accountant|tenants?|suppliers?)"
)
AUDIENCE = r"(?:kids|children|beginners|students|experts|laypeople|non-?experts|teenagers|seniors)"

# Works of a kind that the tables above have no short name for; all make their plural with an s.
WORK = (
    r"(?:e-?mail|mail|letter|message|text|tweet|post|comment|caption|newsletter|article|report"
    r"|essay|stor(?:y|ie)|novel|chapter|poem|song|lyric|recipe|summar(?:y|ie)|translation"
    r"|explanation|plan|schedule|review|joke|tutorial|instruction|definition|comparison|tip|memo"
    r"|document|slide|presentation|speech|speeche|talk|note|description|invitation|application"
    r"|quiz|quizze|worksheet|ad|advert|headline|blog|contract|proposal|dialogue|brochure|flyer"
    r"|poster|manual|obituar(?:y|ie)|résumé|resume|cv|form|survey|interview|lesson|course|exam"
    r"|test|class|classe|meeting|menu|script|problem|exercise|answer|repl(?:y|ie)|listing"
    r"|transcript|biograph(?:y|ie)|bio|press release|pull request|commit message|bug report"
    r"|card|greeting|toast|eulog(?:y|ie)|product page|conversation|chat)"
)
# Parts of the reply at hand: "in the second paragraph" names a place, no condition.
PART = (
    r"(?:paragraphs?|sentences?|lines?|words?|titles?|headings?|sections?|steps?|points?|bullets?"
    r"|lists?|tables?|columns?|rows?|examples?|version|draft|part|parts|bit|end|start|beginning"
    r"|ending|top|bottom|middle|intro|introduction|conclusion|rest|order|case|text|reply|answer"
    r"|response|message|place|front|back|opening|closing|greeting|sign-off|stanzas?|verses?"
    r"|formula|numbers?|brackets|parentheses|bold|italics|capitals|quotes|total|general|short"
    r"|addition|fact|particular|detail|full|half|first|second|third|last|time|way|tone|style)"
)


def either(table: tuple[tuple[str, str], ...]) -> str:
    """A pattern for any word of a table."""
    return "|".join(pattern for pattern, _ in table)


def named(table: tuple[tuple[str, str], ...], text: str) -> str:
    """The short name of a word of a table, or the word."""
    for pattern, name in table:
        if re.fullmatch(pattern, text):
            return name
    return text
