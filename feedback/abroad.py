"""Cue phrases of other languages, turned into the English ones that the rules read.

A glossary, not a translator: what it does not know stays as it is.
"""

from __future__ import annotations

import re

# One phrase per line: a pattern, then the English cue. Longer phrases stand before shorter ones.
_PHRASES = tuple(
    (re.compile(rf"(?<!\w){pattern}(?!\w)"), english)
    for pattern, english in (
        # German
        (r"(?:viel|deutlich) zu lang", "way too long"),
        (r"zu lang(?:e|er|es)?", "too long"),
        (r"zu kurz", "too short"),
        (r"k(?:ü|ue)rzer", "shorter"),
        (r"fass(?:e)? dich kurz", "be brief"),
        (r"mehr beispiele", "more examples"),
        (r"keine emojis?", "no emoji"),
        (r"keine (?:listen?|aufz(?:ä|ae)hlungen?|stichpunkte)", "no bullet points"),
        (
            r"(?:mit|in|benutze|verwende|nutze) (?:stichpunkten?|aufz(?:ä|ae)hlungspunkten?)",
            "use bullet points",
        ),
        (r"stichpunkte", "use bullet points"),
        (r"(?:in|mit) (?:einem|einen) (?:kurzen )?satz", "in one short sentence"),
        (r"auf deutsch", "in German"),
        (r"auf englisch", "in English"),
        (r"(?:das|es) ist falsch|stimmt nicht", "that is wrong"),
        (r"gef(?:ä|ae)llt mir(?: gut| sehr)?", "i like it"),
        (r"(?:sehr )?gut gemacht|perfekt", "perfect"),
        (r"ab jetzt|von nun an|k(?:ü|ue)nftig|in zukunft", "from now on"),
        (r"immer", "always"),
        (r"nie(?:mals)?", "never"),
        (r"bitte", "please"),
        (r"antworte", "answer"),
        (r"(?:be)?ende", "end"),
        (r"mit einer frage", "with a question"),
        (r"ausrufezeichen", "exclamation marks"),
        (r"h(?:ö|oe)chstens", "at most"),
        (r"w(?:ö|oe)rter", "words"),
        (r"s(?:ä|ae)tzen?", "sentences"),
        (r"einfacher", "simpler"),
        (r"zu f(?:ö|oe)rmlich|zu formell", "too formal"),
        # Spanish
        (r"demasiado larg[oa]|muy larg[oa]", "too long"),
        (r"demasiado cort[oa]|muy cort[oa]", "too short"),
        (r"m(?:á|a)s cort[oa]", "shorter"),
        (r"m(?:á|a)s ejemplos", "more examples"),
        (r"sin emojis?|no uses emojis?", "no emoji"),
        (r"sin (?:listas|viñetas)", "no bullet points"),
        (r"(?:usa|con|en) viñetas", "use bullet points"),
        (r"en una (?:sola )?(?:frase|oraci(?:ó|o)n)(?: corta)?", "in one short sentence"),
        (r"en espa(?:ñ|n)ol", "in Spanish"),
        (r"en ingl(?:é|e)s", "in English"),
        (r"(?:eso )?(?:es incorrecto|est(?:á|a) mal|es falso)", "that is wrong"),
        (r"me gusta(?: mucho)?", "i like it"),
        (r"de ahora en adelante|a partir de ahora", "from now on"),
        (r"siempre", "always"),
        (r"nunca", "never"),
        (r"por favor", "please"),
        (r"responde|contesta", "answer"),
        (r"(?:termina|acaba) con una pregunta", "end with a question"),
        (r"palabras", "words"),
        (r"m(?:á|a)s sencillo|m(?:á|a)s simple", "simpler"),
        # French
        (r"(?:beaucoup )?trop long(?:ue)?", "too long"),
        (r"trop court(?:e)?", "too short"),
        (r"plus court(?:e)?", "shorter"),
        (r"plus d['’]exemples", "more examples"),
        (r"(?:pas d['’]|sans )(?:é|e)mojis?", "no emoji"),
        (r"(?:pas de|sans) (?:listes?|puces)", "no bullet points"),
        (r"(?:avec|utilise) des (?:listes|puces)", "use bullet points"),
        (r"en une (?:seule )?phrase(?: courte)?", "in one short sentence"),
        (r"en fran(?:ç|c)ais", "in French"),
        (r"en anglais", "in English"),
        (r"c['’]est (?:faux|incorrect)", "that is wrong"),
        (r"(?:j['’]aime (?:bien|beaucoup)|(?:ç|c)a me pla(?:î|i)t)", "i like it"),
        (r"d(?:é|e)sormais|(?:à|a) partir de maintenant", "from now on"),
        (r"toujours", "always"),
        (r"jamais", "never"),
        (r"s['’]il te pla(?:î|i)t|s['’]il vous pla(?:î|i)t|stp|svp", "please"),
        (r"r(?:é|e)ponds|r(?:é|e)pondez", "answer"),
        (r"(?:termine|finis) par une question", "end with a question"),
        (r"mots", "words"),
        (r"plus simple", "simpler"),
        # Italian and Portuguese
        (r"troppo lung[oa]|longo demais|muito long[oa]", "too long"),
        (r"troppo cort[oa]|troppo breve|muito curt[oa]|curto demais", "too short"),
        (r"più (?:corto|breve)|mais curt[oa]", "shorter"),
        (r"più esempi|mais exemplos", "more examples"),
        (r"(?:niente|senza) emoji|sem emojis?", "no emoji"),
        (r"in una (?:sola )?frase|(?:em )?uma (?:só |única )?frase", "in one short sentence"),
        (r"in italiano", "in Italian"),
        (r"em portugu(?:ê|e)s", "in Portuguese"),
        (r"d['’]ora in poi|a partir de agora|de agora em diante", "from now on"),
        (r"sempre", "always"),
        (r"mai", "never"),
        (r"per favore", "please"),
        (r"mi piace|gostei", "i like it"),
        (r"(?:è|e) sbagliato|está errado", "that is wrong"),
    )
) + tuple(
    (re.compile(pattern), english)
    for pattern, english in (
        # Chinese and Japanese: no spaces to look at
        (r"太长(?:了)?|太長(?:了)?|長すぎ(?:る|ます)?", "too long"),
        (r"太短(?:了)?|短すぎ(?:る|ます)?", "too short"),
        (r"短一点|短一些|もっと短く", "shorter"),
        (r"(?:更多|多给些|多一些)例子|もっと例を", "more examples"),
        (
            r"不要(?:使)?用?表情(?:符号)?|绘文字(?:は|を)使わない|絵文字(?:は|を)使わない",
            "no emoji",
        ),
        (r"用一句话(?:回答)?|一文で", "in one short sentence"),
        (r"用中文", "in Chinese"),
        (r"日本語で", "in Japanese"),
        (r"从现在(?:开始|起)|これから(?:は)?", "from now on"),
        (r"总是|いつも", "always"),
        (r"(?:这是|那是)?错(?:的|了)|間違(?:い|って(?:る|い(?:る|ます)))", "that is wrong"),
        (r"我喜欢|気に入(?:った|りました)", "i like it"),
        (r"请|ください", "please "),
    )
)


def to_english(text: str) -> str:
    """The lower-cased text with every known phrase replaced; unchanged if none is known."""
    for pattern, english in _PHRASES:
        text = pattern.sub(f" {english} ", text)
    return text
