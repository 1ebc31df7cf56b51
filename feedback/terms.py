"""Words of constraints in Spanish and French, turned into the English ones that the rules read.

A glossary of forms ("al menos", "mots-clés"), not a translator: the rest stays as it is.
"""

from __future__ import annotations

import re

_SPANISH = (
    (r"palabras (?:con tilde|acentuadas|con acento)", "signs"),
    (r"entre comillas", "in quotation marks"),
    (r"pon", "put"),
    (r"con (?=[A-ZÁÉÍÓÚ]{3,} X)", "with "),
    (r"frase exacta", "phrase"),
    (r"aseg[uú]rate de (?:que )?", "make sure "),
    (r"(?:tu|su|la) (?:entera )?respuesta(?: (?:entera|completa|debe\w*))?", "your response must"),
    (r"toda (?:tu|la) respuesta", "your entire response"),
    (r"en (?:tu|su|la) (?:texto|ensayo|carta)", "in your response"),
    (
        r"un m[ií]nimo de|como m[ií]nimo|m[ií]nimo|por lo menos|al menos(?: de)?|no menos de",
        "at least",
    ),
    (r"un m[aá]ximo de|como m[aá]ximo|m[aá]ximo|no m[aá]s de", "at most"),
    (r"menos de", "less than"),
    (r"m[aá]s de", "more than"),
    (r"exactamente", "exactly"),
    (r"entre (?=\d)", "between "),
    (r" o m[aá]s", " or more"),
    (r"marcadores? de posici[oó]n", "placeholders"),
    (r"corchetes angulares", "angular brackets"),
    (r"dobles?", "double"),
    (r"palabras? clave", "keywords"),
    (
        r"palabras? (?:escritas? )?(?:al completo |en su totalidad |completamente "
        r"|enteramente |totalmente )?(?:con|en) (?:letras )?may[uú]sculas?",
        "words in all capital letters",
    ),
    (r"palabras", "words"),
    (r"palabra", "word"),
    (r"t[eé]rminos?", "words"),
    (r"frases|oraciones", "sentences"),
    (r"p[aá]rrafos", "paragraphs"),
    (r"p[aá]rrafo", "paragraph"),
    (r"puntos? de lista|vi[nñ]etas?|puntos? en (?:la |una )?lista", "bullet points"),
    (r"t[ií]tulo", "title"),
    (r"posdata", "postscript"),
    (r"secciones", "sections"),
    (r"secci[oó]n", "section"),
    (r"marca(?:r)? (?:el )?(?:principio|comienzo|inicio) de cada", "mark the beginning of each"),
    (r"(?:resalta|destaca|subraya)\w*", "highlight"),
    (r"partes", "parts"),
    (r"veces", "times"),
    (r"una vez", "once"),
    (r"dos veces", "twice"),
    (r"la letra", "the letter"),
    (r"deber[ií]a\w*|debe\w*|tiene que|necesita\w*", "must"),
    (r"aparec\w+", "appear"),
    (r"inclu(?:ir|ye|ya|yas|yendo)|a[nñ]ad(?:e|ir|as)", "include"),
    (r"contenga\w*|conten(?:er|ga)|tenga\w*|tener|tiene|haber|contiene", "contain"),
    (
        r"no (?:uses|utilices|emplees|incluyas|menciones)|sin (?:usar|utilizar|mencionar"
        r"|incluir)|evita(?: usar| utilizar)?",
        "do not use",
    ),
    (r"usa|utiliza|emplea|usando|utilizando", "use"),
    (r"las words? words", "the words"),
    (r"(?:el |la |las |los )(?=words?\b|keywords)", "the "),
    (r"comillas", "quotation marks"),
    (r"envuelt[oa]s?|envuelve|encierra|rodea(?:da)?", "wrapped"),
    (r"en may[uú]sculas|todo may[uú]sculas|letras may[uú]sculas", "in all capital letters"),
    (r"(?:en |letras )?min[uú]sculas", "all lowercase"),
    (r"coma(?:s)?", "commas"),
    (r"formato (?:JSON|json)", "json format"),
    (r"(?:en|con) (?:JSON|json)", "in json"),
    (
        r"(?:empieza|empezar|comienza|comenzar|iniciar|empiece|inicia)(?:ndo)? (?:con|por)",
        "start with",
    ),
    (r"(?:termina|terminar|finaliza|finalizar|acaba|acabar|concluye)(?:r)?\b", "end"),
    (r"la word|el word", "the word"),
    (r"con (?:la|el) (?:siguiente )?frase(?: exacta)?", "with the phrase"),
    (r"con (?=\ufffc|\")", "with "),
    (
        r"(?:una de|entre) (?:las|los) siguientes (?:alternativas|opciones|respuestas|frases)",
        "one of the following options",
    ),
    (r"primer[oa]?", "first"),
    (r"segund[oa]", "second"),
    (r"tercer[oa]?", "third"),
    (r"cuart[oa]", "fourth"),
    (r"[uú]ltim[oa]", "last"),
    (r"el paragraph (first|second|third|fourth|last)", r"the \1 paragraph"),
    (r"seis asteriscos", "six asterisks"),
    (r"separad[oa]s? por", "separated by"),
    (r"saltos de l[ií]nea", "line breaks"),
    (r"divisor|separador", "divider"),
    (r"repite|repetir|repita", "repeat"),
    (r"la (?:petici[oó]n|solicitud)|el (?:mensaje|texto)", "the request"),
    (r"palabra por palabra|sin (?:cambios|modificar\w*|cambiar\w*)", "word for word"),
    (r"antes de", "before"),
    (
        r"(?:enteramente|completamente|COMPLETAMENTE|[uú]nicamente|s[oó]lo|exclusivamente) en",
        "entirely in",
    ),
    (r"est(?:ar|[eé])", "be"),
    (r"(?<=\ufffc) y (?=\ufffc)", " and "),
)
_FRENCH = (
    (
        r"(?:par|avec) (?:la|cette) phrase(?: exacte)?(?: suivante)?(?:, mot pour mot)?",
        "with the phrase",
    ),
    (r"(?:terminez|terminer|concluez|conclure|conclus|termine)", "end"),
    (r"entre (?:des )?guillemets", "in quotation marks"),
    (r"présent(?:er|ez|é|ée)", "put"),
    (
        r"(?:sans (?:utiliser )?(?:de |des )?|n'utilisez pas de |pas de )(?:majuscules"
        r"|lettres majuscules)",
        "no capital letters",
    ),
    (r"mots accentués", "signs"),
    (
        r"assurez-vous (?:de |que |d')?|veillez à (?:ce que )?|assure-toi (?:de |que |d')?",
        "make sure to ",
    ),
    (r"dans votre (?:réponse|texte|récit|description|essai)", "in your response"),
    (r"votre (?:réponse|texte|récit|essai)", "your response"),
    (
        r"l'(?:intégralité|ensemble) de votre réponse|toute (?:votre|la) réponse|your"
        r" response enti[eè]re",
        "your entire response",
    ),
    (r"(?:un |au )?minimum(?: de)?|au moins|pas moins de", "at least"),
    (r"un maximum de|au (?:maximum|plus)|pas plus de|maximum", "at most"),
    (r"moins de|(?:soit |être )?inf[eé]rieure? à", "less than"),
    (r"plus de", "more than"),
    (r"exactement|pr[eé]cis[eé]ment", "exactly"),
    (r" ou plus", " or more"),
    (r"espaces? r[eé]serv[eé]s?", "placeholders"),
    (r"dièses", "angular brackets"),
    (r"mots?[- ]cl[eé]s?", "keywords"),
    (
        r"nombre de mots (?:écrits )?en (?:lettres )?(?:MAJUSCULES|majuscules|capitales)",
        "number of words in all capital letters",
    ),
    (
        r"mots? (?:écrits? )?(?:entièrement )?en (?:lettres )?(?:MAJUSCULES|majuscules|capitales)",
        "words in all capital letters",
    ),
    (r"mots", "words"),
    (r"mot", "word"),
    (r"termes", "words"),
    (r"terme", "word"),
    (r"phrases?", "sentences"),
    (r"paragraphes", "paragraphs"),
    (r"paragraphe", "paragraph"),
    (r"puces|points? (?:de|à) (?:liste|puces)", "bullet points"),
    (r"titre", "title"),
    (r"post-scriptum", "postscript"),
    (r"(?:sections|parties) distinctes", "sections"),
    (r"chaque (?:section|partie)", "each section"),
    (r"parties", "parts"),
    (r"devant (?:commencer|débuter) par", "marked with"),
    (r"mett(?:re|ez) en (?:avant|évidence|valeur|surbrillance)|surlign\w+|soulign\w+", "highlight"),
    (r"fois", "times"),
    (r"deux fois", "twice"),
    (r"une fois", "once"),
    (r"la lettre", "the letter"),
    (r"doit|doivent|devra(?:it)?|devront", "must"),
    (r"appara[iî]\w+|figur\w+", "appear"),
    (r"inclu\w+|ajout\w+", "include"),
    (r"comport\w+|conten\w+|contient|poss[eè]d\w+", "contain"),
    (
        r"(?:évit\w+|veuillez éviter|abst\w+) (?:d'utiliser|d'employer)|sans (?:utiliser"
        r"|employer|mentionner)|n'utilisez pas|ne pas utiliser|ne (?:contient|contain) pas"
        r"|n'employez pas",
        "do not use",
    ),
    (r"utilis\w+|employ\w+", "use"),
    (
        r"(?:les|le|la|des|d'|de|du) (?=words?\b|keywords|placeholders|sentences|bullet"
        r"|commas|paragraphs)",
        "the ",
    ),
    (r"guillemets", "quotation marks"),
    (r"doubles?", "double"),
    (r"encadr\w+|entour\w+|plac(?:é|e[rz])\w*|envelopp\w+", "wrapped"),
    (
        r"sans (?:use|utiliser) (?:de |des )?majuscules|sans majuscules|(?:lettres )?minuscules",
        "all lowercase",
    ),
    (r"(?:en )?(?:lettres )?majuscules", "in all capital letters"),
    (r"virgules?", "commas"),
    (r"format (?:JSON|json)", "json format"),
    (r"(?:en|au) (?:JSON|json)(?: format)?", "in json"),
    (r"(?:commenc|début)(?:er|ez|e|ant) par", "start with"),
    (r"(?:termin|conclu|achev|fin)\w*(?: votre \w+)? (?:par|avec)", "end with"),
    (r"la the|le the", "the"),
    (
        r"(?:l'une?|un) des (?:options|réponses|phrases|choix|sentences) (?:suivante?s?"
        r"|ci-dessous)",
        "one of the following options",
    ),
    (r"premier|première", "first"),
    (r"deuxième|second", "second"),
    (r"troisième", "third"),
    (r"quatrième", "fourth"),
    (r"dernier|dernière", "last"),
    (r"six astérisques", "six asterisks"),
    (r"sépar[eé]e?s? par", "separated by"),
    (r"sauts de ligne", "line breaks"),
    (r"séparateur", "divider"),
    (r"répétez|répéter|répète|reproduisez", "repeat"),
    (r"la demande|le texte|la question|la requête", "the request"),
    (
        r"mot pour word|word pour word|sans (?:la |le |les )?(?:modif\w+|chang\w+)|tel quel"
        r"|verbatim",
        "word for word",
    ),
    (r"avant", "before"),
    (
        r"(?:entièrement|exclusivement|uniquement|seulement|intégralement)(?: \w+)? en",
        "entirely in",
    ),
    (r"(?:sans|pas de|aucune?) (?=commas)", "no "),
    (r"deux", "two"),
    (r"trois", "three"),
    (r"quatre", "four"),
    (r"cinq", "five"),
    (r"(?<=\ufffc) et (?=\ufffc)", " and "),
    (r"\['", "'"),
    (r"'\]", "'"),
)
_TONGUES = {
    "alemán": "German",
    "francés": "French",
    "inglés": "English",
    "italiano": "Italian",
    "español": "Spanish",
    "portugués": "Portuguese",
    "japonés": "Japanese",
    "finlandés": "Finnish",
    "árabe": "Arabic",
    "ruso": "Russian",
    "coreano": "Korean",
    "chino": "Chinese",
    "griego": "Greek",
    "turco": "Turkish",
    "polaco": "Polish",
    "sueco": "Swedish",
    "allemand": "German",
    "français": "French",
    "anglais": "English",
    "italien": "Italian",
    "espagnol": "Spanish",
    "portugais": "Portuguese",
    "japonais": "Japanese",
    "arabe": "Arabic",
    "russe": "Russian",
    "coréen": "Korean",
    "chinois": "Chinese",
    "grec": "Greek",
    "turc": "Turkish",
    "polonais": "Polish",
    "suédois": "Swedish",
    "finnois": "Finnish",
}
_NAMES = tuple((rf"{own}", name) for own, name in _TONGUES.items())


_AHEAD = re.compile(r"\(\?=[^()]*\)$")  # a term that looks at what follows says its own end


def _table(words: tuple[tuple[str, str], ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (
            re.compile(rf"(?<![^\W_])(?:{own})" + ("" if _AHEAD.search(own) else r"(?![^\W_])")),
            english,
        )
        for own, english in words
    )


_TABLES = {"es": _table((*_SPANISH, *_NAMES)), "fr": _table((*_FRENCH, *_NAMES))}
_QUOTED = re.compile(
    r"(\"[^\"\n]{1,600}\"|«[^»\n]{1,600}»|(?<![\w'])'(?=\S)[^'\n]{1,80}(?<=\S)'(?!\w))"
)


def to_english(text: str, code: str) -> str:
    """The text with every known term of a language in English; what stands in quotes is kept."""
    pieces = _QUOTED.split(text)
    for at in range(0, len(pieces), 2):
        piece = re.sub(
            r"\b[A-ZÁÉÍÓÚÀÈÊÇ](?=[a-záéíóúàèêçñ])", lambda m: m.group().lower(), pieces[at]
        )
        for pattern, english in _TABLES.get(code, ()):
            piece = pattern.sub(english, piece)
        pieces[at] = piece
    return "".join(pieces)
