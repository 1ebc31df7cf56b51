"""Patterns of requests for a work: ideas, code, a recipe, a story, a plan, a joke, a list.

A mention of such a work is none. Questions are in questions.py.
"""

from __future__ import annotations

from feedback.dishes import DISH
from feedback.ordering import ASK, BETWEEN, MAKE, ORDER, WHAT, done, either, made

CODED = (
    r"(?:python|javascript|typescript|sql|bash|html|css|java|rust|c\+\+|c#|golang|react"
    "|pandas|numpy|django|powershell|kotlin|swift|php|ruby|perl|haskell|scala|matlab|vba"
    r"|node(?:\.js)?|jquery|(?:an? )?(?:excel|google sheets) (?:macro|formula))"
)
PROGRAM = (
    r"functions?(?! of (?:the|a)\b)|scripts?(?! for (?:a|the|our|my) (?:play|film|video"
    "|podcast|movie|show|call|talk|speech))|programs?"
    "|(?<!dress )(?<!zip )(?<!area )(?<!morse )(?<!postal )(?<!door )(?<!promo )"
    "(?<!discount )(?<!pin )code(?! of| for (?:the|my|our) (?:door|gate|house|lock))"
    "|(?:sql )?quer(?:y|ies)|regex(?:es)?|regular expressions?|class(?:es)? (?:in|that)"
    "|unit tests?|(?:web ?)?apps?|web ?(?:pages?|sites?)|snippets?|macros?|algorithms?"
    "|command line tool|one-liner in|dockerfile"
)
FUNNY = (
    "jokes?|riddles?|puns?|one-liners?|gags?|knock-knock(?: joke)?|wisecracks?|witze?"
    "|something (?:funny|to laugh about|hilarious)|chistes?|blagues?|brain ?teasers?"
)
GIFT = (
    "(?:gift|present|name|title|slogan|costume|hobby|theme|hashtag|nickname|activity"
    "|way to celebrate|way to surprise|place to go|outing|surprise|game to play"
    "|thing to do|date)"
)
COULD = "(?:could|can|should|might|shall) (?:i|we)"
DO = (
    "(?:do(?! (?:about|against|if|when|with (?:my|our) (?:life|boss|neighbo)|first"
    "|to (?:stop|avoid|get rid)|now)| ?[.?!]?$)|make|give|get|bring|wear|buy|call|name"
    "|try|draw|paint|build|write about|read|watch|play|gift|organi[sz]e|serve|plant"
    "|put (?:in|on|into))"
)
VERBS_OF_FOOD = (
    "(?:cook|bake|roast|fry|grill|stew|steam|saut[eé]|poach|simmer|braise|stir-fry"
    "|barbecue|knead|marinate|brew|pickle|ferment|whip up)"
)
WORKS = {
    "ideas": either(
        made(
            "ideas?(?! (?:why|how|what|when|who|where|if|whether))|suggestions?|inspirations?"
            "|brainwaves?|proposals for|names?(?= for)|themes?(?= for)|titles?(?= for)"
        ),
        done(
            "suggest|brainstorm|recommend|propose|pitch|come up with|think of|inspire me",
            "(?! (?:that|how|why))",
        ),
        rf"{ASK}where {COULD} (?:go|eat|take|spend|celebrate|stay)\b"
        rf"|{ASK}how {COULD} (?:surprise|celebrate|entertain|decorate|cheer|spoil)\b"
        rf"|{ASK}(?:what|where|which \w+) (?:else )?{COULD} (?:\w+ )?{DO}|{ASK}what (?:could"
        r"|can|should|might) (?:\w+ )?(?:i|we) (?:\w+ )?(?:\w+ )?(?:give|get|buy|make"
        f"|do) (?:my|our|for|him|her|them|with|from|on|in)|{ASK}(?:{WHAT}|what would be"
        r"|what makes|is there) (?:some |an? )?(?:\w+, )?(?:good|fun|nice|cool|great|original"
        "|creative|clever|catchy|romantic|cheap|suitable|fitting"
        rf"|unusual) (?:\w+ ){{0,2}}{GIFT}s?\b|\bany (?:ideas|suggestions)\b(?! (?:why|how|what"
        r"|when|who|where)\b)|\bout of ideas\b|\bneed (?:some )?(?:new |fresh )?(?:inspiration"
        r"|ideas)\b|\bideas\?|\bwhat to (?:get|give|buy)\b|\bhow could we celebrate\b"
        r"|\b(?:ideen|vorschläge) für\b|\bschlag\w* .* vor\b|\bdes idées\b|\bideas para\b"
        r"|\bwelche ideen\b|\bbrainstorm with me\b",
    ),
    "code": either(
        made(f"{PROGRAM}"),
        done("implement|refactor|debug|code|program|unit-test|vectori[sz]e") + " ",
        rf"(?<!invented )(?<!learn )\b(?:in|into|with|using|to) {CODED}\b|```|\bdef \w+\("
        rf"|\bselect \* from\b|{ORDER}{MAKE} {BETWEEN}{CODED}\b(?! (?:course|book|teacher|job"
        r"|version))|\b(?:my|this) (?:code|script|function|loop|program|query|regex|app|compiler"
        r"|\w+ script)\b[^.!?]*\b(?:crash|error|fail|work|slow|return|print|wrong|break|throw"
        r"|compile|run|hang|match)|\b(?:fix|find|spot) (?:the|this|a|my) (?:\w+ )?(?:bug"
        r"|error in (?:my|this) code|code)\b|\b(?:traceback|nullpointerexception|syntaxerror"
        r"|keyerror|typeerror|stack trace)\b|\bschreib\w* [^.!?]*\b(?:funktion|skript"
        r"|programm)\b",
    ),
    "recipe": either(
        made("recipes?(?! for (?:success|disaster|happiness|a (?:happy|good) (?:life|marriage)))"),
        f"{ASK}(?:how (?:do|can|should|would|could|to)|what(?:'s| is) the (?:best|right"
        rf"|easiest) way to)(?: (?:i|you|we|one))? (?:\w+ly )?(?:best )?{VERBS_OF_FOOD}\b(?! "
        f"(?:the books|up trouble))|{ASK}(?:how (?:do|can|should|would|could|to|are|is)"
        "|what(?:'s| is) the (?:best|right|easiest) way to)(?: (?:i|you|we"
        rf"|one))? (?:\w+ly )?(?:make|prepare|do|made?) [^.?!]*\b(?:{DISH})\b|\b(?:how|teach me"
        rf"|show me|learn|help me) (?:how )?to (?:{VERBS_OF_FOOD}|make [^.?!]*\b(?:{DISH}))\b"
        rf"|{ASK}what (?:else )?{COULD} (?:\w+ )?(?:cook|bake|make|prepare|eat"
        r"|do)\b[^.?!]*\b(?:dinner|lunch|breakfast|supper|dessert|leftover|tonight"
        "|with (?:these|chicken|eggs?|rice|pasta|potato|lentil|tofu|beans|courgette|cabbage"
        rf"|fish|minced|stale|two|a tin|some))|{ASK}what (?:else )?{COULD} (?:\w+ )?(?:cook"
        rf"|bake)\b|{ORDER}{VERBS_OF_FOOD} me\b",
        done("cook|bake", " (?:me |us )?(?:a|an|some|something)"),
        r"\brezept\b|\brecette\b|\breceta\b|\bwie (?:koche|backe|mache) ich\b"
        rf"|\bcomment (?:faire|cuire|préparer) (?:une?|des|du|la|le) |{ASK}what (?:goes"
        rf"|ingredients|do i need|do you put|should i put)\b[^.?!]*\b(?:{DISH})\b"
        rf"|{ASK}(?:how (?:is|are)|what(?:'s| is) in)\b[^.?!]*\b(?:{DISH})(?: made)?[?.!]*$"
        r"|\bingredients (?:for|of|in|do i need for)\b"
        rf"|{ORDER}walk me through [^.?!]*\b(?:{DISH})\b",
    ),
    "story": either(
        made(
            "(?<!front-page )(?<!cover )(?<!insta )stor(?:y|ies)|(?:fairy ?)?tales?|fables?"
            "|fairytales?|bedtime story"
        ),
        made(
            "yarns?|flash fiction|fan ?fiction|adventures?|legends?|parables?|short fiction"
            "|thrillers?"
        ),
        r"\bonce upon a time\b|\b(?:schreib|erzähl|erfind)\w* [^.!?]*\b(?:\w*geschichte"
        r"|märchen)\b|\b(?:raconte|écri|invente)\w*(?:-moi)? [^.!?]*\b(?:histoire|conte)\b"
        rf"|\b(?:cuénta|cuenta|escrib|inventa)\w* [^.!?]*\b(?:cuento|historia)\b|{ORDER}(?:spin"
        rf"|narrate|make up) (?!my mind)|{ORDER}what happens next\b|{ORDER}write (?:a"
        rf"|the) (?:scene|chapter|opening|ending|prologue)\b|{ORDER}(?:a )?story time\b",
    ),
    "poem": either(
        made(
            "poems?|poetry|haikus?|sonnets?|limericks?|odes?|verses?|rhymes?(?! with)|ballads?"
            "|couplets?|acrostics?|elegy|villanelle|stanzas?"
        ),
        rf"{ORDER}{MAKE} (?:me |us )?(?:\w+ )?(?:two|three|four|five|six|eight|ten|a few"
        r"|some) (?:\w+ )?lines (?:about|on|that rhyme|for)\b|\b(?:in|into) (?:verse|rhymes?"
        r"|rhyming|a poem|a haiku|a limerick|a sonnet|poetry)\b|\bthat rhymes?\b(?! with)"
        rf"|{ORDER}(?:rhyme|poeti[sz]e|put) [^.!?]*\b(?:me|something|verse|rhyme)\b"
        r"|\b(?:schreib|dicht)\w* [^.!?]*\b(?:gedicht|haiku|reim)\b|\bécri\w* [^.!?]*\bpoème\b"
        r"|\bescrib\w* [^.!?]*\bpoema\b|\bin rhyming\b",
    ),
    "plan": either(
        made(
            "(?<!phone )(?<!floor )(?<!pension )plans?(?! b)|schedules?|itinerar(?:y|ies)"
            "|routines?|agendas?|timetables?|roadmaps?|timelines?|curriculum"
        ),
        done("plan|organi[sz]e|schedule|map out|lay out|structure")
        + (
            r" (?!(?:b|a)\b(?! \w))(?:a|an|my|our|the|one|two|three|four|out|for|me|us|how|what"
            r"|this|next|something|dinners|meals|lunches|lessons)\b"
        ),
        r"\bhelp (?:me|us) (?:to )?(?:plan|organi[sz]e|schedule)\b|\b(?:need|want) to plan\b"
        f"|{ASK}how (?:should|do|could|can|would) (?:i|we|you) (?:plan|organi[sz]e|schedule"
        r"|structure|split(?: up)?|spread|divide)\b|\bplane? (?:mir|uns|meine?n?|eine?n?)\b"
        r"|\b(?:day by day|week by week|hour by hour)\b|\b(?:planifie|organise)\b"
        r"|\bwhat should (?:i|we) do (?:each|every) (?:day|week)\b",
    ),
    "review": either(
        made(
            "(?<!code )(?<!peer )(?<!performance )(?<!literature )reviews?|rezension"
            "|testimonials?|critiques? (?:of|for)"
        ),
        done("review")
        + r" (?!(?:my|this|these|our|it|what|your)\b(?! (?:hotel|stay|trip|visit|flight|room)\b)"
        r"|the (?:code|pull|contract|draft|text|essay|document)\b)\w",
        f"{ORDER}(?:rate|critique) (?:the|a) (?:film|movie|book|novel|restaurant|hotel|album"
        rf"|series|game|play|app)\b|{ORDER}{MAKE} [^.!?]*\b(?:on|for) (?:tripadvisor|yelp"
        r"|goodreads|amazon|google maps)\b|\b(?:\w+|\d)-star review\b",
    ),
    "joke": either(
        made(f"{FUNNY}"),
        rf"{ORDER}(?:make (?:me|us|her|him|them|my \w+|the \w+) (?:laugh|giggle|chuckle|smile"
        r"|grin)|crack me up|cheer me up|amuse me|entertain me)\b|\b(?:need|use) (?:a"
        r"|to) (?:good )?laugh\b|\bknock,? knock\b|\bfunniest (?:thing|joke)"
        r"|\bhow many [^?!]* (?:to|does it take to) change a light ?bulb\b|\bwalk into a bar\b"
        r"|\bdad joke\b(?= about|[?.!]|$)|\bsomething funny\b(?= about|[?.!]|$)"
        r"|\berzähl\w* [^.!?]*witz\b|\btell me (?:a )?(?:good|funny) one\b"
        r"|\bbest jokes?\b(?= about| on|[?.!]|$)|\braconte[^.!?]*blague\b",
    ),
    "essay": either(
        made("essays?|term papers?|compositions?|op-?eds?|think pieces?|opinion pieces?|treatise"),
        done("argue") + r" (?:for|against|that|why|the case)\b",
        rf"\bargue (?:for|against|that|both sides)\b|{ORDER}(?:write|compose|draft|give me"
        r"|i need) (?:about )?(?:\d{3,4}|five hundred|a thousand|two pages|three pages"
        rf"|a page|one page) (?:words )?(?:on|about|of)\b|{ORDER}{MAKE} {BETWEEN}(?:paper"
        r"|piece) (?:on|about|arguing) |\baufsatz (?:über|zu)\b|\bdissertation sur\b",
    ),
    "report": either(
        made(
            "reports?|write-?ups?|(?:lab|incident|status|progress) reports?|bericht|white paper"
            "|briefings?"
        ),
        done("report") + r" (?:on|back|about)\b",
        rf"{ORDER}write (?:\w+ )?up (?:what|the|our|my|how|this)\b|{ORDER}document (?:what|the"
        "|our|how) ",
    ),
    "list": either(
        done("list|enumerate|itemi[sz]e") + " (?!price|comprehension)",
        f"{ORDER}name (?:me |us )?(?:a few|a couple|two|three|four|five|six|seven|eight|ten"
        r"|twelve|\d+|some|all|every|as many)\b",
        made(
            "(?<!waiting )(?<!wait )(?<!guest )(?:check)?lists?|(?:top (?:ten|five|three"
            "|[0-9]+)s?)|inventory|liste|lista|enumeration"
        ),
        f"{ORDER}{MAKE} (?:me |us )?(?:up )?(?:the )?(?:top )?(?:a few|a couple of|two|three"
        r"|four|five|six|seven|eight|nine|ten|twelve|twenty|\d+) (?!words|lines|sentences"
        rf"|paragraphs|pages|words)(?:\w+ ){{0,3}}\w+s\b|{ASK}{WHAT} (?:some|the (?:top|main"
        "|most common)|all (?:the|of the)|(?:the )?(?:two|three|four|five|six|seven|ten"
        rf"|\d+)) (?:\w+ )*\w+s\b|{ASK}(?:which|what) (?:two|three|four|five|six|seven|ten"
        r"|\d+) |\bin (?:a |the form of a )?(?:bulleted |numbered )?list\b|\bas a (?:bulleted "
        r"|numbered )?list\b|\bzähl\w* .* auf\b|\bnenne? (?:mir )?(?:drei|vier|fünf|zehn"
        r"|einige)\b",
    ),
}
OTHER = either(
    made(
        "(?:thank-you |birthday |get-well |invitation |greeting )?cards?|notes?|notices?"
        "|speech(?:es)?|toasts?|posters?|flyers?|adverts?|ads?|slogans?|headlines?|labels?"
        "|signs?|songs?|dialogues?|invitations?|announcements?|descriptions?|sentences?"
        "|paragraphs?|complaints?|mottos?|rules|postcards?|synonyms?|questions?|quiz(?:zes)?"
        "|tongue twisters?|diary entry|obituary|bio|cv|résumé|words for|lines? for"
    ),
    done("rewrite|rephrase|correct|proofread|spell|describe|calculate|convert|use", " "),
)
