"""Which aspect of a reply some words are about: a table of words for each of the closed set.

Sees lower-cased words whose quoted parts are masked. Knows nothing of what is wanted of the aspect.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

STYLE = frozenset({"length", "structure", "format", "tone", "wording", "language"})

# Per aspect: words that name it (weight 2) and words that only hint at it (weight 1). A word
# stands for its beginning where it ends in an asterisk.
_WORDS: dict[str, tuple[str, str]] = {
    "length": (
        "long longer longest length lengthy short shorter shortest brief briefly brevity concise"
        " verbose long-winded wordy words ramble* rambling novel trim shorten* condense* tweet"
        " half_the_length too_much_text boil_down one_line one-liner scroll* compact terse"
        " a_paragraph an_essay sentence_or_two never-ending endless expand extend get_to_the_point",
        "cut half sentence sentences paragraph paragraphs quick quickly forever page pages screen"
        " on_and_on drag* dragged lines",
    ),
    "structure": (
        "structure* tidy order reorder* dense denser wall_of_text block blob chronological"
        " upside_down move swap split merge section* sections preamble intro introduction buried"
        " at_the_top at_the_bottom at_the_end at_the_start at_the_beginning in_front"
        " come_first comes_first"
        " goes_first first_option lead_with start_with end_with begin_with sequence jumps layout"
        " title organi* disorgani* messy chaotic cluttered line_break* stanza* summary_first twice"
        " break_up break_it_up flow paragraph_break* verdict_first answer_first conclusion_first",
        "first last before after beginning ending top bottom steps step conclusion opening put"
        " above below",
    ),
    "format": (
        "format* bullet* bullets points list lists table tables tabular column* columns bold"
        " italic*"
        " heading* headings subheading* header* markdown emoji emojis emoticon* smiley* asterisk*"
        " stars star dashes dash json csv code_block numbered caps capital* capitals uppercase"
        " lowercase exclamation* comma commas semicolon* plain_text prose code_only underlin*"
        " checklist numbers_in_front dashes one_per_line ascii symbols hashtags hashtag link_list",
        "number_the numbers_before",
    ),
    "tone": (
        "tone formal informal formality casual stiff cold warm warmer warmth friendly friendlier"
        " polite politer rude harsh harsher preachy preach* lectur* patroni* condescend*"
        " flatter* sycophan* enthusias* cheer* jolly joke jokes joking humour humor funny pun puns"
        " apolog* sorry grovel* salesy sales sober serious dramatic kind kinder gentle gentler"
        " sarcas* snarky baby_talk talk_down grown-up gushing hype pep pushy aggressive arrogant"
        " professional chatty chirpy upbeat robotic robot official bossy buddy mate first_names"
        " first_name dear formal_address encouraging empath* pity pitying chummy matey soppy cheesy"
        " moraliz* moralis* scold* tender respectful straight direct blunt grandmother pirate edge"
        " cheerleader* press_release personal human stern playful pompous excited exciting"
        " informally formally politely kindly warmly softer soft gruff address praise praising"
        " compliment*",
        "voice sound sounds feels",
    ),
    "wording": (
        "word wording term terms phrase phrases phrasing expression* jargon rhym* rhyme rhymes"
        " simple simpler simply plain technical complicated complex understand* understandable"
        " readable lost_me follow vocabulary clunky awkward repetiti* repeat repeats flowery"
        " adjectives adverbs passive tense first_person third_person clich* cliche fancy spelled"
        " spelling units metric pounds dollars euros celsius call_it called named name rename"
        " synonym* abbreviation* acronym* plainer sentence_structure nested easier level clear"
        " clearer clearly unclear confusing confused legalese grammar typo* academic legible"
        " well_put rephrase reword well_written reads wordy explained explanation"
        " jargon-free dumb_down noun",
        "say says sentence line stand",
    ),
    "language": (
        "english german french spanish italian portuguese dutch chinese japanese language translat*"
        " british american swedish russian korean",
        "",
    ),
    "correctness": (
        "wrong incorrect inaccurate false untrue correct true error errors mistake mistakes"
        " mistaken"
        " bug bugs typo miscalculat* misquot* outdated out_of_date mixed_up confused_with"
        " isn't_true"
        " not_true accurate right fact facts factual upside_down doesn't_exist compile compiles"
        " crash* works ran",
        "actually really says",
    ),
    "completeness": (
        "missing miss missed forgot forgotten forget_the left_out skipped omitted incomplete"
        " complete include included includes add mention mentioned mentions lacks lacking"
        " nothing_about"
        " nothing_on where_is where_are where's what_about and_the no_mention cover covers covered"
        " add_a also_say list_of throw_in put_in put_it_in half_the_story only_half all_of_them"
        " belongs_in not_a_word not_one_word without_a_single rest_of",
        "full whole else everything write needs",
    ),
    "relevance": (
        "relevan* irrelevan* off_topic off-topic beside_the_point nobody_asked nobody_wants"
        " nobody_needs didn't_ask rather_not_have lived_without never_asked not_asked don't_care"
        " don't_need no_need unrelated"
        " nothing_to_do unnecessary superfluous useless pointless stick_to focus digress* tangent"
        " generic not_what_i could_go can_go spare_me who_cares have_to_do filler padding fluff"
        " asked question what_i_asked already_know on_topic fun_fact leave_out sidetrack*"
        " what_for disclaimer* warnings why_tell",
        "needed need know",
    ),
    "reasoning": (
        "why reason reasons reasoning logic* illogical argument* contradict* follow_from"
        " doesn't_follow circular pick_a_side take_a_side opinion decide* decision verdict"
        " recommend*"
        " sense proof because cause causation justify conclusion_is one-sided pros_and_cons"
        " counterargument sum calculation working work_out show_your think thinking advise advice"
        " diagnos* hedging on_the_fence sit_on calculate calculated how_did_you_get weigh judge"
        " yes_or_no commit make_up_your_mind",
        "explain would should",
    ),
    "evidence": (
        "source sources cite* citation* reference* link links evidence study studies survey*"
        " experts"
        " expert invent* invented made_up made_it_up make_up making_up guess guessed guessing"
        " certain"
        " uncertain* how_sure sure says_who where_from quote_from comes_from come_from"
        " it_comes_from"
        " hallucinat* fabricat* according proof footnote* statistic statistics verify verified"
        " trustworth* confidence get_that wikipedia where_did_you_get",
        "quote quotes prove claim claims paper",
    ),
    "detail_examples": (
        "example examples detail* details specific specifics concrete vague abstract superficial"
        " surface deeper depth elaborate* shallow figures numbers number picture illustrat* in_full"
        " walk_me_through precise how_much how_many thin anecdote case sketchy"
        " analog* comparison explain_words explain_the general everyday instead_of_general names"
        " thorough amounts hours",
        "explain more",
    ),
    "creativity": (
        "creativ* boring bland dull original unoriginal imaginat* surprise surprising predictable"
        " idea ideas plot twist metaphor* image imagery cliched stale seen_before invent_a fresh"
        " lively"
        " vivid uninspired inspired flat story character* made_me_laugh laughed clever witty poetic"
        " talk_animals tired greeting_card trite generic_poem calendar",
        "fun new different",
    ),
    "interaction": (
        "learn learns learned learnt learning remember remembers forget_me thumb thumbs thumbs-up"
        " rating ratings edits feedback preference* push_back disagree ask_me ask_first ask_before"
        " questions asking interrupt* wait slow faster hurry stop_asking train training memory"
        " next_one go_on step_at_a_time my_taste taste guessing_what habit lesson lessons",
        "ask question answer",
    ),
    "facts_about_me": ("", ""),
}
ORDER = tuple(_WORDS)  # of two with one weight the earlier wins


# "The last paragraph" says where, and nothing of length or order.
_NTH = r"(?:first|second|third|fourth|fifth|last|final)"
_WHERE = re.compile(
    r"\b(?:the|your|this|that|its|his|her|my) (?:very |whole |entire )?"
    rf"(?:(?:{_NTH}|next|middle|opening|closing|two|three|other) )*"
    r"(?:paragraph|sentence|line|part|half|halves|step|point|section|stanza|verse|chapter|tip|item"
    rf"|bullet|bit|message|remark|comment)s?(?: (?:and|or) (?:{_NTH} ){{1,2}}\w+)?\b(?! of| first)"
)
_PLACE = re.compile(
    r"\b(?:the|your|this|that|its) (?:\w+ )?(?:title|intro(?:duction)?|ending|beginning|opening"
    r"|closing|conclusion|end|start|rest|table|list|summary|headings?|figures?|numbers?|draft"
    r"|version)\b|\b(?:i|you|what i) (?:said|say|told|asked)\b|\bgo(?:es)? back to\b"
    r"|\bhow it was before\b"
)


def without_places(text: str, *, parts: bool) -> str:
    """The words without those that only say where; `parts`: nor those that name a part."""
    bare = _WHERE.sub(" ", text)
    return _PLACE.sub(" ", bare) if parts else bare


@cache
def _pattern(aspect: str, weight: int) -> re.Pattern[str] | None:
    words = _WORDS[aspect][0 if weight == 2 else 1].split()
    if not words:
        return None
    one = (re.escape(w).replace(r"\*", r"\w*").replace("_", r"\s+") for w in words)
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(sorted(one, key=len, reverse=True))})(?![\w-])")


def weights(text: str, among: Iterable[str] = ORDER) -> dict[str, float]:
    """How strongly the words speak of each aspect; those they do not speak of are left out."""
    found: dict[str, float] = {}
    for aspect in among:
        for weight in (2, 1):
            pattern = _pattern(aspect, weight)
            hits = {m.group() for m in pattern.finditer(text)} if pattern else ()
            for hit in hits:
                longer = 0.5 * hit.count(" ")  # a phrase says more than a word
                found[aspect] = found.get(aspect, 0.0) + weight + longer
    return found


def of(text: str, default: str = "other", among: Iterable[str] = ORDER) -> str:
    """The aspect that the words speak of most, or the default."""
    found = weights(without_places(text, parts=False), among)
    return max(found, key=lambda a: (found[a], -ORDER.index(a))) if found else default
