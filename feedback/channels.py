"""Patterns of requests to write for a channel: an email, a message, a letter, a post, a comment.

A mention of the channel is none. Knows no type of task.
"""

from __future__ import annotations

from feedback.ordering import AFTER, BETWEEN, HAND, MAKE, ORDER, by, either, made, sent, worded

MAIL = "(?:e-?)?mails?(?: (?:repl(?:y|ies)|response|draft|invitation|reminder|message)s?)?"
TEXT = (
    "(?<!error )(?<!commit )(?<!slack )(?:text |whatsapp |birthday |thank-you "
    "|voice )?messages?|sms|whatsapps?|dms?"
)
NETWORK = (
    "(?:linkedin|instagram|facebook|twitter|mastodon|bluesky|threads|reddit|tiktok|insta"
    "|x|social media|my blog|our blog|the blog|our website|the forum)"
)
POST = (
    "(?<!lamp )(?<!goal )posts?|tweets?|captions?|status updates?|blog (?:entry|entries|articles?)"
)
CHANNELS = {
    "email": either(
        made(f"{MAIL}"),
        worded(f"{MAIL}"),
        sent("e-?mail|mail"),
        by("e-?mail|mail"),
        r"\b(?:write|reply|send|answer)\b[^.!?]* [\w.+-]+@[\w-]+\.|\b(?:schreib\w*|verfass\w*"
        r"|antworte\w*|formulier\w*) [^.!?]*\be?-?mail\b|\b(?:écri\w+|rédige\w*"
        r"|réponds) [^.!?]*\b(?:e-?mail|mail|courriel)\b|\b(?:escrib\w+"
        r"|redacta\w*) [^.!?]*\b(?:e-?mail|correo)\b",
    ),
    "message": either(
        made(f"{TEXT}"),
        worded(f"{TEXT}|texts?"),
        sent("(?:re-?)?text|message|ping|dm|whatsapp|sms"),
        by("text|sms|whatsapp|dm"),
        f"{ORDER}(?:send|drop|shoot|write) {BETWEEN}(?:texts?|line)(?= (?:to|that|saying|about"
        rf"|for|and|asking)\b|[.,:!]|$)|{ORDER}(?:write|draft"
        r"|compose) (?:an? )?(?:\w+ )?text to (?:my|our|the|an?) "
        rf"|{ORDER}let {BETWEEN}know\b(?! me)|{MAKE} {BETWEEN}slack message{AFTER}"
        r"|\b(?:schreib\w*|schick\w*) [^.!?]*\b(?:nachricht|sms|whatsapp)\b|\b(?:écri\w+"
        r"|envoie\w*) [^.!?]*\b(?:message|sms|texto)\b|\bescrib\w+ [^.!?]*\bmensaje\b",
    ),
    "letter": either(
        made("(?<!capital )(?<!first )(?<!last )letters?"),
        worded("letter"),
        r"\b(?:schreib\w*|verfass\w*) [^.!?]*\b\w*brief\b|\b(?:écri\w+"
        r"|rédige\w*) [^.!?]*\blettre\b|\b(?:escrib\w+|redacta\w*) [^.!?]*\bcarta\b",
    ),
    "post": either(
        made(f"{POST}"),
        by(f"{NETWORK}"),
        rf"{ORDER}tweet (?!deck|storm)\w|{ORDER}(?:write|draft|post|announce"
        rf"|share)\b[^.!?:]* (?:on|for|to|in) {NETWORK}\b|{ORDER}(?:caption|blog about) "
        rf"|{ORDER}post (?:something|that|a note)\b",
    ),
    "slack": either(
        made("slack(?: (?:messages?|posts?|notes?|repl(?:y|ies)|updates?|threads?|dms?|line))?"),
        worded("slack|slack (?:message|thread|post)"),
        sent("slack"),
        rf"{ORDER}(?:{HAND}|ping|message|remind|ask) [^!?:]*\b(?:by"
        rf"|via|over|through|on|in|to|for) (?:our |the )?slack\b"
        rf"|{ORDER}(?:{HAND}|ping) [^.!?:]*#\w|{ORDER}let {BETWEEN}know (?:on|in|via) slack\b"
        rf"|{ORDER}{MAKE} [^.!?:]* (?:on|in|over|via|for) slack\b",
    ),
    "comment": either(
        made("comments?"),
        worded("comment"),
        rf"{ORDER}comment (?:on|under|below) |\b(?:schreib\w*) [^.!?]*\bkommentar\b",
    ),
}
