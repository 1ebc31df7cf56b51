"""Patterns of requests to tell something: a summary, an explanation, advice, a fact.

Knows no work that is made: those are in works.py.
"""

from __future__ import annotations

from feedback.ordering import ASK, IS, ORDER, START, TELL, WHAT, done, either, made

LANGUAGE = (
    "(?:english|german|french|spanish|italian|portuguese|dutch|japanese|chinese|mandarin"
    "|korean|russian|arabic|greek|hebrew|hindi|thai|polish|turkish|swedish|finnish|danish"
    "|norwegian|czech|hungarian|latin|welsh|irish|ukrainian|romanian|croatian|vietnamese"
    "|swahili|catalan)"
)
QUESTIONS = {
    "summary": either(
        done("(?:re)?summari[sz]e|sum (?:it|this|that|up|the|me up|everything)|recap|condense|boil")
        + r"\b",
        made(
            "summar(?:y|ies)|recaps?|synops[ie]s|gist|abstracts?|run-?down|digest|highlights"
            "|overview"
        ),
        made("(?:key|main|most important) (?:points|takeaways|ideas|facts|messages?)"),
        r"\bsum (?:\w+ ){1,6}up\b|\btl;?dr\b|\bin (?:short|brief|a nutshell|a few words)"
        r"(?= ?[.?!:,]| ?$)|^(?:please )?(?:give me|tell me|put|what(?:'s| is)|describe) [^.!?]*"
        r" in (?:one|two|three|a couple of|a few) (?:sentences?|lines?)(?= ?[.?!:,]| ?$)"
        r"|\b(?:short|quick|brief|condensed|two-minute|one-minute|abridged"
        rf"|cliff ?notes) version\b|{ASK}{WHAT} the (?:gist|bottom line|main (?:points?|message"
        r"|idea)|upshot|takeaways?|key points?|essence)\b|\bthe gist of\b"
        f"|{ASK}(?:what happens in|{WHAT} (?:x|the (?:book|film|movie|novel|play|article|show"
        r"|series|plot|story)\b[^.?!]*) (?:all )?about)\b|\bbroad strokes\b"
        rf"|\bboils? (?:\w+ )?down\b|{ORDER}(?:shorten|compress|reduce"
        rf"|cut) [^.!?]* (?:down )?to (?:its|the|one|two|three|four|five|six|a few|\d+) "
        rf"|{ORDER}(?:catch me up|brief me)\b"
        rf"|{ORDER}bring me up to speed\b|{ORDER}give me the (?:highlights|essentials"
        r"|short version|main)|\bfass\w* [^.!?]*zusammen\b|\bzusammenfassung\b|\brésum(?:e|ez"
        r"|er|é)\b|^(?:resume|resúmeme|resumen) ",
    ),
    "translation": either(
        done("(?:re)?translate|render|transcribe into")
        + r"\b(?! (?:to (?:real|success)|well into))",
        made(f"(?:{LANGUAGE} )?translations?(?! bureau)"),
        r"\b(?:say|said|call|called|write|written|put|express|ask for|order)\b[^.?!]*\b(?:in"
        rf"|into) {LANGUAGE}\b|{ASK}(?:{WHAT}|what would) [^?!]*\b(?:in"
        rf"|into) {LANGUAGE}(?= ?[?.!]| ?$)|\b(?:turn|convert|change|get|have|need|want"
        rf"|put)\b[^.?!]*\b(?:in|into|to) {LANGUAGE}\b|\b{LANGUAGE} (?:word|words|version|name"
        r"|term|expression|phrase|equivalent|translation)s? (?:for|of)\b"
        rf"|\bthe {LANGUAGE} for\b|{ORDER}[^.?!:]* (?:in|into) {LANGUAGE}:"
        r"|^(?!(?:who|when|why"
        r"|where|is|are|was|did|does|do|has|how)\b)[^.?!]{1,60} (?:in|into|auf"
        rf"|to) (?:{LANGUAGE})(?:,? please)?[?.!]?$|\bwhat does [^?!]* mean in english\b"
        r"|\b(?:übersetz|traduis|traduce|traduir|traduz)\w*\b|\b(?:wie sagt man|was heißt"
        rf"|comment dit-on|cómo se dice)\b|\bfrom {LANGUAGE} (?:in)?to\b",
    ),
    "explanation": either(
        done(
            "(?:re)?explain|clarify|elaborate|illuminate|demystify|enlighten me"
            "|walk me through (?:how|why|what)|break down|describe how"
        )
        + r"\b",
        made("explanations?"),
        rf"{ASK}(?:(?:but )?why(?:'s|'re)? (?!(?:not|don't (?:we|you))\b)|how come\b"
        r"|what (?:makes|keeps|causes|drives|happens (?:if|when|to|in|inside))\b"
        f"|what{IS} (?:the )?(?:reason|cause|point|science|idea|logic|mechanism|concept"
        rf"|principle)\b|what is it that)|{ASK}how (?:do|does|did|is|are|can|could|was"
        rf"|were) (?!(?:i|we|you|one|my|your)\b)|{ASK}how (?:the |an? )?(?:\w+ ){{1,5}}?(?:work"
        "|works|form|forms|happen|happens|function|functions|come about|comes about"
        rf"|arises?)\b|{ASK}what(?:'s| is| are|'re|s) (?!(?:the|my|your|our|his|her|their|it"
        "|this|that|there|on|in|up|wrong|a good|an? (?:good|fun|nice)|some|better|new|x in"
        r"|for)\b)(?:[\w'-]+ ){0,3}[\w'-]+(?: (?:in|of|for) (?:a |an "
        r"|the )?[\w-]+)?(?: actually| exactly| really| to a [\w-]+)? ?[?.!]*$"
        r"|\bmake (?:sense of|me understand)\b|\bhelp me (?:to )?(?:understand|grasp|get)\b"
        r"|\bi (?:don't|do not|never|can't) (?:really )?(?:get|understand|understood|grasp)\b"
        r"|\blike i'?m (?:five|5|ten|a child)\b|\beli5\b|\b(?:erklär|explique|explica)\w*\b"
        r"|^(?:warum|wieso|pourquoi|por qué|weshalb)\b",
    ),
    "how-to": either(
        f"{ASK}how (?:do|can|should|would|could|might|shall|did|am|would) (?:i|we|you|one"
        r"|someone|people)\b(?! (?:say|spell|pronounce|know (?:that|if)|feel|like|think|call"
        rf"|mean|define)\b)|{ASK}how (?:do|does|can|should|would) (?:my|a|an"
        r"|our) (?:\w+ )?(?:child|son|daughter|dog|cat|beginner|student|team|person|team|kid"
        rf"|adult|family) |{START}(?:{TELL}|how|or )*how to\b|^how best to\b|\b(?:show|teach"
        r"|tell|remind) (?:me|us) (?:how )?to\b",
        made(
            "instructions|steps|tutorials?|how-?tos?|step-by-step|guides?|walkthroughs?"
            "|directions|anleitung|manual"
        ),
        rf"{ASK}{WHAT} (?:the|a) (?:\w+ ){{0,2}}(?:way|method|trick|procedure|technique"
        r"|steps?)(?: \w+)? (?:to|of|for)\b|\bwalk me through (?!why|what)"
        r"|\bstep[- ]by[- ]step\b|\bguide me\b|\bwhat steps\b|\bwhat do i (?:have to"
        r"|need to) do to\b|^(?:wie (?:kann|mache|bekomme|repariere|wechsle|entferne) ich"
        r"|comment (?:faire|puis-je|je)|cómo (?:puedo|hago|se hace))\b",
    ),
    "definition": either(
        done("(?:re)?define") + " ",
        made("definitions?(?! tv)|meaning"),
        rf"{ASK}what (?:does|do|did|is|are) [^?!]*\b(?:mean|means|meant by|stand for|refer to"
        r"|signify|called when)\b(?! (?:for|to) (?:me|us|my|our)\b)"
        rf"|{ASK}(?:{WHAT} )?the (?:\w+ )?(?:meaning|definition) of\b"
        rf"|\bmeaning of (?:the )?(?:word|term|phrase|x)\b|{ASK}what(?:'s|s| is| are"
        r"|'re) (?:an? |x\b)(?!(?:good|nice|fun|safe|common|typical|quick|easy|better|healthy"
        r"|fair|cheap|great)\b)(?:[\w'-]+ ){0,3}[\w'-]*(?: (?:in|of) (?:an? "
        rf"|the )?[\w-]+)?(?: exactly| actually| anyway)? ?[?.!]*$|{ASK}what(?:'s"
        r"| is) [\w-]+(?: [\w-]+)?[?.!]*$(?<!up\?)(?<!wrong\?)(?<!new\?)(?<!that\?)(?<!this\?)"
        r"(?<!it\?)|\bexplain the (?:term|word|phrase|expression)\b|\bmeaning\?|\b(?:term|word"
        r"|phrase) x mean|^x\??$|\b(?:was (?:bedeutet|heißt)|définition|définis|definiere"
        r"|que signifie|qué significa)\b",
    ),
    "comparison": either(
        done("compare|contrast|weigh") + " ",
        made("comparisons?|side[- ]by[- ]side"),
        r"\b(?:the )?(?:main |biggest |big |real |exact )?differences? between\b|\b(?:differs?"
        r"|different) from\b|\bhow (?:do|does|are|is) [^?!]* (?:differ|different|compare"
        rf"|stack up)\b|{WHAT} the (?:(?:main|real|big|exact|biggest) )?differences?\b(?! (?:it"
        r"|that) makes)|\bversus\b|\bvs\.?(?= )|\bpros and cons of [^?!]* (?:and|or|versus"
        rf"|over) |{ASK}(?:which|what|who)(?:'s| is| are| would be| one is| \w+ is| was| tastes"
        r"| lasts| costs| keeps| has| uses| works)? [^?!]*[,:;]? [\w -]+ or [^?!]*\?"
        rf"|{ASK}(?:is|are|does|do|was|were|would) (?!i\b|it\b)[^?!]*\b(?:better|cheaper|faster"
        r"|healthier|safer|stronger|warmer|easier|quicker|greener|\w+er"
        r"|more \w+) [^?!]*(?:\bor\b|\bthan\b)|\b(?:better|cheaper|faster|healthier|safer"
        r"|warmer|easier|stronger|quicker)[:,] [\w -]+ or |\bcompared (?:to|with)\b"
        "|^(?!(?:should|shall|can|could|would|do|does|is|are|how|when|who"
        r"|where)\b)[\w' -]+ or [\w' -]+[?:,]|\b(?:similarities|distinguish)\b"
        r"|\btell [^?!]* apart\b|\b(?:vergleich|compare[rz]?\b|unterschied zwischen"
        "|différence entre|diferencia entre)",
    ),
    "advice": either(
        made(
            "advice|(?<!wing )tips?|guidance|recommendations?|counsel|pointers?|second opinion"
            "|ratschlag|conseils?|consejos?"
        ),
        r"\bany (?:other )?(?:advice|tips|pointers|thoughts|recommendations)\b(?! line)"
        r"|\b(?:should|shall|ought) (?:i|we)\b(?! (?:tip\b))(?<!what should i)(?<!what should"
        r" we)(?<!what could i)|\bwhat should (?:i|we) (?:do|say|look|pay|know|consider|choose"
        r"|pick|take|watch|keep|avoid|tell)\b(?! (?:to|for|at|on|with|in) )|\bwhat (?:would"
        r"|do) you (?:do|advise|recommend|suggest|think i should|say to)\b|\badvise me\b"
        rf"|\byour advice\b|{ASK}(?:is|would) it (?:be )?(?:\w+ )?(?:worth|a good idea"
        "|a bad idea|ok(?:ay)?|wise|smart|rude|better|too late|normal|fine|safe|sensible"
        rf"|wrong)\b(?! than)|{ASK}how (?:should|do|can|could|would) (?:i|we"
        r"|you) (?:\w+ )?(?:deal|cope|handle|react|tell|approach|break|get over|get along|ask"
        "|respond|choose|decide|convince|talk to|bring up|stop (?:worrying|feeling"
        r"|procrastinating|my)|say no|avoid|stay|best)\b(?! (?:x )?(?:in|time)\b)"
        r"|\bwould you (?:recommend|advise|suggest|take|quit|stay|move|go|accept|buy|tell"
        r"|say)\b|\bdo you think (?:i|we) should\b|\bwhat (?:would|could|might) help\b"
        r"|\bwhat helps (?:with|against|when)\b|\bam i (?:wrong|right|overreacting|being)\b"
        r"|\bis it (?:me|my fault)\b|\bwhat(?:'s| is) (?:the best|a good|the right) (?:way"
        "|approach) (?:to|for) (?:deal|cop|handl|tell|talk|ask|approach|get over|break|say"
        r"|turn|ask|support|respond)\w*\b|\bi(?:'m| am) (?:torn|stuck|unsure"
        r"|not sure (?:whether|if|what))\b|\bcan't decide\b|\bwhat (?:can|could) i do (?:about"
        r"|against|if|when|to)\b|\bwhat can i do[?.!]|\bsoll(?:te)? ich\b|\bdevrais-je\b"
        r"|\bdebería\b|\bin my (?:place|shoes|position|situation)\b|\bif you were me\b"
        r"|\bhelp me (?:to )?(?:decide|choose)\b",
    ),
    "facts": either(
        made("(?:fun )?facts?|trivia|statistics|figures"),
        rf"{ASK}when{IS} (?!(?:the best time|it (?:ok|best)|i)\b)|{ASK}when (?:did|do|does"
        rf"|will) (?!(?:i|we|you)\b)|{ASK}who(?:'s| is| was| are| were|se)? (?!(?:should|could"
        rf"|would|can|shall|do i|did i|are you|is your)\b)\w|{ASK}how (?:many|far|tall|old|long"
        "|high|deep|big|heavy|fast|large|hot|cold|often|wide|much|loud"
        r"|strong) (?!(?:\w+ )?(?:should|shall|can|could|do|did|would|must) (?:i|we|you)\b)"
        f"|{ASK}(?:in |on |to |at |from )?(?:which|what) (?!(?:should|would|could|can|do|does"
        "|is|are|was|were|if|makes|happens|about|one|did|keeps"
        r"|causes)\b)[\w-]+(?: [\w-]+){0,3}? (?:is|was|are|were|has|have|had|did|does"
        r"|do(?! i\b| we\b| you\b)|flows?|fell|won|wrote|lives?|can(?! i\b| we\b)|sold|hide"
        r"|grow|may|made|starts?|comes?|belongs?|contains?|borders?|invented|began|\w+ed)\b"
        rf"|{ASK}where{IS} (?!(?:my|your|the best)\b)|{ASK}where (?:do|does|did) (?!(?:i|we"
        rf"|you)\b)|{ASK}{WHAT} the (?:capital|population|currency|height|length|weight|speed"
        "|distance|name|date|year|colou?r|national|official|chemical|boiling|melting|freezing"
        r"|average|[\w-]+est|most|least|first|last|longest|number|atomic|square|time zone)\b"
        rf"|{ASK}what year\b|\bis it true (?:that)?\b|{ORDER}tell me something (?:interesting"
        rf"|surprising|true|new) about\b|{ASK}what did \w+ (?:discover|invent|write|paint"
        r"|find)\b|^(?:wann|wer|wie (?:viele|hoch|alt|weit|lang)|wo|quand|qui|combien|cuándo"
        "|quién|cuántos?) ",
    ),
}
