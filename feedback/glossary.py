"""The words of other languages that the rules read, with the English ones: tables, one a language.

A glossary for critiques of a reply, not a dictionary. An asterisk stands for the rest of a word.
"""

from __future__ import annotations

GERMAN = """
hör nie auf=always|hör niemals auf=always|hör nicht auf=do
vermeide nicht=use|vermeide nie=always use
viel zu=way too|deutlich zu=way too|zu=too|lang*=long|länge*=longer|kurz=short|kürzer*=shorter
kürze*=shorten
fass dich kurz=be brief|fasse dich kurz=be brief|knapp*=brief|ausführlich*=detailed|mehr=more
weniger=less
beispiel*=examples|keine*=no|kein=no|nicht=not|ohne=without|nie wieder=never|nie=never
niemals=never|immer noch=still|immer=always
ab jetzt=from now on|von nun an=from now on|künftig=from now on|in zukunft=from now on
ab sofort=from now on
nächstes mal=next time|bitte=please|danke=thanks|stichpunkte*=bullet points
aufzählung*=bullet points|liste*=lists|als tabelle=as a table|tabelle*=tables
benutze*=use|verwende*=use|nutze*=use|mit=with|in einem satz=in one short sentence
in einem kurzen satz=in one short sentence
satz=sentence|sätze*=sentences|wörter*=words|worten=words|wort=word|absatz=paragraph
absätze*=paragraphs|zeile*=line|zeilen=lines
höchstens=at most|maximal=at most|mindestens=at least|auf deutsch=in german
auf englisch=in english|auf französisch=in french
das ist falsch=that is wrong|es ist falsch=that is wrong|stimmt nicht=is wrong
stimmt so nicht=is wrong|falsch*=wrong|fehler*=mistake|richtig*=correct|stimmt=is correct
gefällt mir=i like it|gefällt=i like it|mag ich=i like|ich mag=i like|liebe ich=i love
sehr gut=very good|gut gemacht=well done|gut=good|schön*=nice|perfekt*=perfect|toll*=great
super=great|klasse=great|prima=great|wunderbar=wonderful|hervorragend=excellent
klar erklärt=clearly explained|klar=clear|erklärt=explained|hilfreich=helpful|besser=better
schlecht*=bad|lieber nicht=rather not|lieber=rather
bleiben=stay|lass*=leave|behalte*=keep|beibehalten=keep|antworte*=answer|antwort=answer
schreib*=write|formulier*=write|mach*=make|gib=give|nenn*=name|füg*=add|ergänz*=add
streich*=delete|lösch*=delete|weglassen=leave out|entfern*=remove|kürz*=shorten
übersetz*=translate|erklär*=explain|erwähn*=mention|beginn*=begin|fang*=begin|hör auf=stop
vermeide*=avoid|ersetz*=replace|zeig*=show|wiederhol*=repeat|vergiss=forget|merk dir=remember
lern*=learn|frag mich=ask me|frag*=ask|fragen=questions|rückfragen=questions
rat nicht=don't guess|rate nicht=don't guess
ende=end|am anfang=at the start|am ende=at the end|mit einer frage=with a question
ausrufezeichen=exclamation marks|überschrift*=headings|titel=title|fett=bold|emoji*=emoji
zahlen=numbers|quelle*=sources|beleg*=sources
einfacher*=simpler|einfach*=simple|verständlich*=understandable|kompliziert*=complicated
förmlich*=formal|formell*=formal|amtlich*=formal|steif*=stiff|kalt=cold|kühl=cold
freundlich*=friendly|höflich*=polite|herzlich*=warm|locker*=casual|langweilig*=boring
trocken*=dry|vage*=vague|ungenau*=vague|duzen=address me as du|siezen=address me as sie|ton=tone
witz*=jokes|entschuldig*=apology
fehlt=is missing|fehlen=are missing|vergessen=forgot|wo ist=where is|wo bleibt=where is
wo sind=where are|warum=why|wieso=why|was heißt=what means|was bedeutet=what means
woher=where from|welche*=which|wer=who|wann=when|wie=how|was=what
ich meinte=i meant|gemeint war=i meant|ich wollte=i wanted|ich habe nach=i asked for
ich hatte gefragt=i asked|ich habe gefragt=i asked|nicht was ich=not what i asked
noch einmal=once more|noch mal=again|nochmal=again
nur dieses eine mal=just this once|nur diesmal=this time|diesmal=this time|nur heute=today only
heute=today|jetzt=now|wenn=if|für=for|und=and|oder=or|aber=but|ansonsten=otherwise
sonst=otherwise|ich bin=i am|ich wohne=i live|ich habe=i have|ich hab=i have|ich lebe=i live
ich arbeite=i work
ich=i|mein*=my|mir=me|mich=me|du kannst=you can|kannst du=can you|könntest du=could you|du=you
dein*=your|ist=is|sind=are|das=that|die=the|der=the|den=the|dem=the|es=it|ein*=a|muss=must
soll*=should|nehme zurück=i take back|zurück*=take back|egal=never mind|daumen=thumbs
bewert*=rate|stör*=annoys|nervt=annoys|warte*=wait|zu langsam=too slow|langsam*=slow
genau=exactly|dieser=this|diese*=this|will=want|brauche*=need|nur=only|statt=instead of
anstatt=instead of|e-mails=emails|mails=emails|chef*=boss|an kunden=to clients|kunden=clients
"""
FRENCH = """
n'arrête pas de=do|n'arrête pas d'=do 
n'arrête jamais de=always|n'arrête jamais d'=always 
ne cesse pas de=do
ne cesse pas d'=do |ne cesse jamais de=always|ne cesse jamais d'=always 
n'évite pas=use|n'évite jamais=always use
beaucoup trop=way too|trop=too|longue*=long|long=long|courte*=short|court=short
plus court*=shorter|raccourci*=shorten|bref=brief|plus=more|moins=less|pas assez=not enough
exemple*=examples|ne devine*=don't guess|plus jamais=never again|jamais=never
pas d'=no |pas de=no|sans=without|aucun*=no|ne=|n'=|pas=not|toujours pas=still no|toujours=always
désormais=from now on
à partir de maintenant=from now on|dorénavant=from now on|la prochaine fois=next time
s'il te plaît=please|s'il vous plaît=please|stp=please|svp=please|merci=thanks|emoji*=emoji
émoji*=emoji|liste*=lists|puces=bullet points|tableau*=table|titre*=title
utilis*=use|avec=with|en une phrase=in one short sentence|en une seule phrase=in one short sentence
phrase*=sentences|mots=words|mot=word|paragraphe*=paragraph|ligne*=line|au maximum=at most
maximum=at most|au plus=at most|au moins=at least|en français=in french|en anglais=in english
en allemand=in german
c'est faux=that is wrong|c'est incorrect=that is wrong|faux=wrong|fausse=wrong|incorrect*=wrong
erreur*=mistake|exact=correct
j'aime bien=i like|j'aime beaucoup=i like|j'aime=i like|j'adore=i love|ça me plaît=i like it
me plaît=i like it|avec plaisir=i enjoy|parfait*=perfect|très bien=very good|bien=good
bravo=bravo|super=great|génial*=great|excellent*=excellent|clair*=clear|utile*=helpful
mieux=better|joli*=nice|mauvais*=bad|nul*=bad
garde*=keep|gardez=keep|laisse*=leave|réponds*=answer|répondez=answer|réponse*=answer|écris=write
écrivez=write|écrire=write|fais=make|faites=make|donne-moi=give me|ajoute*=add|ajoutez=add
supprime*=remove|enlève*=remove|retire*=remove|traduis*=translate|explique*=explain
mentionne*=mention|commence*=begin|termine*=end|finis*=end|par une question=with a question
évite*=avoid|remplace*=replace|montre*=show|arrête*=stop|cesse*=stop|oublie*=forget
ne retenez pas=don't remember|retiens*=remember|retenez=remember|apprends*=learn|demande*=ask
de me demander=ask me|questions=questions
simple*=simple|compliqué*=complicated|formel*=formal|froid*=cold|sec=dry|chaleureu*=warm
poli*=polite|amical*=friendly|ennuyeu*=boring|vague*=vague|ton=tone|tutoie*=address me as tu
vouvoie*=address me as vous|blague*=jokes|excus*=apology|source*=sources
manque*=missing|il manque=missing|oublié*=forgot|où est=where is|où sont=where are|pourquoi=why
qu'est-ce que=what|quel*=which|qui=who|quand=when|comment=how|d'où=where from
je voulais dire=i meant|je parlais de=i meant|j'ai demandé=i asked|ma question=my question is
je répète*=i repeat|autrement dit=in other words|oui ou non=yes or no|encore une fois=once more
cette fois=this time|juste cette fois=just this once|aujourd'hui=today|maintenant=now|si=if
quand je=when i|pour=for|et=and|ou=or|mais=but|pourtant=though|je suis=i am|j'habite=i live
je vis=i live|j'ai=i have|je travaille=i work|je donne=i give|je=i|mon=my|ma=my|mes=my|moi=me
me=me|tu=you|vous=you|ton=your|votre=your|vos=your|peux-tu=can you|pouvez-vous=can you|est=is
sont=are|c'est=it is|ça=that|le=the|la=the|les=the|un=a|une=a|des=|du=of|de=of|il faut=must
doit=must|tant pis=never mind|laisse tomber=never mind|je retire=i take back|lent=slow
attends=wait|attendez=wait|cours=lessons|à mon chef=to my boss|mon chef=my boss|e-mails=emails
mails=emails|celle-ci=this|celui-ci=this|chez nous=at our place|au lieu de=instead of
plutôt que=rather than
"""
SPANISH = """
no dejes de=do|nunca dejes de=always|no pares de=do|nunca pares de=always|no evites=use
nunca evites=always use
demasiado=too|muy=too|larg*=long|cort*=short|más cort*=shorter|breve*=brief|más=more|menos=less
ejemplos=examples|ejemplo=example|sin=without|ningun*=no|no uses=don't use|nunca más=never again
nunca=never|jamás=never|siempre=always|de ahora en adelante=from now on
a partir de ahora=from now on|la próxima vez=next time|por favor=please|gracias=thanks
emoji*=emoji|listas=lists|lista=list|viñetas=bullet points|usa=use|usar=use|con=with
en una frase=in one short sentence|en una sola frase=in one short sentence|frases=sentences
frase=sentence
palabras=words|palabra=word|párrafo*=paragraph|línea*=line|como máximo=at most|máximo=at most
al menos=at least|en español=in spanish|en inglés=in english|en francés=in french|tabla*=table
título*=title|negrita*=bold
eso es falso=that is wrong|es incorrecto=is wrong|está mal=is wrong|es falso=is wrong
incorrect*=wrong|equivoca*=wrong|error*=mistake|me gusta mucho=i like|me gusta=i like
me encanta=i love|perfect*=perfect|muy bien=very good|bien=good|qué maravilla=wonderful
maravill*=wonderful|genial=great|excelente=excellent|clar*=clear|útil=helpful|mejor=better
bonit*=nice|mal*=bad|peor=worse
mantén=keep|deja*=leave|déjalo=leave it|responde*=answer|contesta*=answer|respuesta*=answer
escrib*=write|haz*=make|dame=give me|añad*=add|agrega*=add|quita*=remove|elimina*=remove
borra*=delete|traduc*=translate|explica*=explain|menciona*=mention|empieza*=begin|termina*=end
acaba*=end|con una pregunta=with a question|evita*=avoid|cambia*=change|reemplaza*=replace
olvida*=forget|recuerda*=remember|aprend*=learn|pregunta*=questions|preguntes=ask|deja de=stop
para de=stop|prefiero=i prefer|primero=first|después=after
sencill*=simple|simple*=simple|complicad*=complicated|formal*=formal|frí*=cold|sec*=dry
cálid*=warm|amable*=friendly|aburrid*=boring|vag*=vague|tono=tone|tutéame=address me as tu
chiste*=jokes|disculpa*=apology|fuente*=sources
falta*=missing|olvidaste=you forgot|dónde está=where is|dónde están=where are|por qué=why
qué=what|cuál*=which|quién*=who|cuándo=when|cómo=how|de dónde=where from
quería decir=i meant|quise decir=i meant|me refería=i meant|pedí=i asked for|pregunté=i asked
insisto=i repeat|repito=i repeat|otra vez=again
esta vez=this time|solo esta vez=just this once|hoy=today|ahora=now|si=if|cuando=when|para=for
y=and|o=or|pero=but|soy=i am|vivo en=i live in|tengo=i have|trabajo=i work|yo=i|mi=my|mis=my
me=me|tú=you|tu=your|tus=your|puedes=can you|podrías=could you|es=is|son=are|eso=that|esto=this
el=the|la=the|los=the|las=the|un=a|una=a|de=of|debe=must|lent*=slow|espera*=wait
en vez de=instead of|a mi jefe=to my boss|correos=emails|escribas=write|algo=something
retiro lo=i take back|lo retiro=i take back
"""
ITALIAN = """
non smettere di=do|non smettere mai di=always|non evitare=use
troppo=too|lung*=long|cort*=short|più cort*=shorter|più breve=shorter|breve=brief|più=more
meno=less|esempi*=examples|niente=no|senza=without|nessun*=no|non=not|mai più=never again
mai=never|sempre=always|d'ora in poi=from now on|la prossima volta=next time|per favore=please
grazie=thanks
emoji=emoji|elenchi=lists|elenco*=lists|usa*=use|con=with|in una frase=in one short sentence
in una sola frase=in one short sentence|frasi=sentences|frase=sentence|parole=words|parola=word
paragraf*=paragraph|al massimo=at most|massimo=at most|in italiano=in italian
in inglese=in english|tabella=table|titolo=title
è sbagliato=that is wrong|sbagliat*=wrong|errore=mistake|mi piace=i like|bene=good
perfetto=perfect|ottimo=excellent|bello=nice|bella=nice|chiar*=clear|utile=helpful|meglio=better
tieni=keep|lascia=leave|rispondi=answer|risposta=answer|scrivi=write|fai=make|aggiungi=add
togli=remove|elimina=remove|traduci=translate|spiega=explain|evita=avoid|smetti=stop
dimentica=forget|ricorda=remember|domande=questions|semplice*=simple|formale=formal|freddo=cold
noioso=boring|vago=vague|tono=tone|manca=missing|dove=where|perché=why|cosa=what
intendevo=i meant|volevo=i wanted|ho chiesto=i asked|stavolta=this time|oggi=today|e=and|ma=but
sono=i am|vivo=i live|ho=i have|il=the|la=the|lo=the|un=a|una=a|di=of|roba=stuff|è=is|tuo=your
"""
PORTUGUESE = """
não pare de=do|nunca pare de=always|não deixe de=do|nunca deixe de=always|não evite=use
longo demais=too long|longa demais=too long|curto demais=too short|demais=too|muito=too
long*=long|curt*=short|mais curt*=shorter|mais=more|menos=less|exemplos=examples|sem=without
nenhum*=no|não use=don't use|não=not|nunca=never|sempre=always|a partir de agora=from now on
de agora em diante=from now on|por favor=please|obrigad*=thanks
emojis=emoji|listas=lists|lista=list|tópicos=bullet points|usa=use|use=use|com=with
uma frase=one sentence|em uma frase=in one short sentence|uma só frase=one sentence
frases=sentences
palavras=words|no máximo=at most|em português=in portuguese|em inglês=in english|tabela=table
título=title
está errado=that is wrong|errad*=wrong|erro=mistake|gostei=i like it|gosto=i like|adorei=i loved
bom=good|boa=good|perfeito=perfect|ótim*=excellent|clar*=clear|melhor=better
mantenha=keep|deixa=leave|responda=answer|responde=answer|resposta=answer|escreva=write
escreve=write|faça=make|faz=make|adicion*=add|acrescent*=add|tira*=remove|retira*=remove
remov*=remove|traduz*=translate|explica*=explain|evit*=avoid|para de=stop|pare de=stop
esquec*=forget|lembra*=remember|perguntas=questions|simples=simple|formal=formal|fri*=cold
chat*=boring|vag*=vague|tom=tone|falt*=missing|onde=where|por que=why|quis dizer=i meant
perguntei=i asked|pedi=i asked for|desta vez=this time|hoje=today|e=and|mas=but|sou=i am
moro=i live|tenho=i have|o=the|a=the|os=the|um=a|uma=a|é=is|de=of|seu=your|sua=your
"""
DUTCH = """
stop niet met=use|stop nooit met=always use|vermijd niet=use
veel te=way too|te=too|lang*=long|kort*=short|korter=shorter|kortere=shorter|meer=more
minder=less|voorbeelden=examples|geen=no|zonder=without|niet=not|nooit meer=never again
nooit=never|altijd=always|vanaf nu=from now on|voortaan=from now on|volgende keer=next time
alsjeblieft=please|graag=please|bedankt=thanks|dank je=thanks
emoji's=emoji|emojis=emoji|lijst*=lists|opsomming*=bullet points|gebruik=use|met=with
in één zin=in one short sentence|in een zin=in one short sentence|zinnen=sentences|woorden=words
woord=word
hoogstens=at most|maximaal=at most|in het nederlands=in dutch|in het engels=in english
tabel=table|titel=title|alinea*=paragraph
dat klopt niet=that is wrong|klopt niet=is wrong|fout=wrong|verkeerd=wrong|vind ik leuk=i like
ik vind=i find|mooi=nice|goed=good|perfect=perfect|prima=fine|leuk=nice|duidelijk=clear
beter=better|slecht=bad
houd*=keep|hou=keep|laat=leave|antwoord=answer|schrijf=write|maak=make|geef=give|voeg*=add
haal*=remove|verwijder=remove|schrap=delete|vertaal=translate|leg uit=explain|vermijd=avoid
stop=stop|vergeet=forget|onthoud=remember|vragen=questions|eenvoudig*=simple|simpel*=simple
formeel=formal|koud=cold|saai=boring|vaag=vague|toon=tone|ontbreekt=missing|mist=missing
waar is=where is|waarom=why|wat=what|ik bedoel*=i meant|ik vroeg=i asked|deze keer=this time
vandaag=today|nu=now|en=and|maar=but|ik ben=i am|ik woon=i live|ik heb=i have|ik=i|mijn=my
het=the|de=the|een=a|is=is|je=you|jouw=your|zet=put|dit=this|dat=that|ook=also
"""
CHINESE = """
不要停止使用=use |别停止使用=use |永远不要停止使用=always use 
不要避免使用=use |不要避免=use |别避免=use
太长了=too long|太长=too long|太長了=too long|太長=too long|太短了=too short|太短=too short
太啰嗦=too wordy
啰嗦=wordy|短一点=shorter|短一些=shorter|简短=brief|简洁=concise|长一点=longer
更多例子=more examples
多给些例子=more examples|多一些例子=more examples|例子=examples|一句话=in one short sentence
用一句话=in one short sentence
以内=at most
太正式=too formal|正式=formal|太生硬=too stiff|生硬=stiff|太冷=too cold|亲切=warm|语气=tone
敬语=formal address
客气=polite|热情=enthusiastic|道歉=apology|表情符号=emoji|表情=emoji|列表=lists|表格=table
标题=title
分点=bullet points|要点=bullet points|加粗=bold|感叹号=exclamation marks|数字=numbers
一定要=must|必须=must|不要用=don't use|不要使用=don't use|不要=don't |别=don't |不用=no need to
不能=must not|不=not 
没有=no |没=no |请=please |麻烦=please |以后=from now on |从现在开始=from now on
从现在起=from now on
今后=from now on|总是=always|永远=always|每次=every time|从不=never|下次=next time
错的=wrong|错了=wrong|不对=wrong|不是=is not|错误=mistake|是对的=is correct|我喜欢=i like
喜欢=like|很好=very good
非常好=very good|很清楚=very clear|清楚=clear|很棒=great|不错=not bad|真是太=so |完美=perfect
谢谢=thanks|有用=helpful
无聊=boring|枯燥=dry|看不懂=confusing|难懂=hard to understand|简单=simple|含糊=vague
具体=specific|贴心=kind
删掉=remove |删除=remove |去掉=remove |去除=remove |加上=add |补充=add |写得=written |写=write 
帮我=please 
改成=replace with|换成=replace with|保留=keep|回答=answer|翻译=translate|解释=explain
重写=rewrite|忘了=forgot
漏了=you forgot|缺少=missing|少了=missing|哪里=where|为什么=why|什么意思=what means|什么=what
怎么=how|是谁=who
来源=source|出处=source
我说的是=i meant |我是说=i meant |我问的是=i asked for |我再说一遍=i repeat |再说一遍=i repeat
问题=questions|问我=ask me
反过来问我=you ask me questions |这一封=this letter|这次=this time|今天=today|算了=never mind
现在=now|如果=if
的时候=when|邮件=emails|老师=teacher|客户=clients|老板=boss|但是=but|而且=and|也=also|我是=i am 
我住=i live 
我有=i have |我对=i am allergic |我=i |你=you |这句话=this sentence |这=this |那=that 
记住=remember 
别记=don't remember |学习=learn |用中文=in chinese |用英文=in english |英文=english|中文=chinese
其他部分=the rest 
太=too |更=more |第二段=second paragraph|第一段=first paragraph|段=paragraph|话=words|很=very 
慢=slow
等我=wait for me |忽略=ignore|作废=no longer applies
"""
JAPANESE = """
長すぎます=too long|長すぎる=too long|長い=long|短すぎます=too short|短すぎる=too short
もっと短く=shorter|短く=shorter
短い=short|簡潔に=concise|もっと例を=more examples|例を=examples|一文で=in one short sentence
箇条書き=bullet points
表にして=as a table|絵文字は使わない=no emoji|絵文字を使わない=no emoji|絵文字なし=no emoji
絵文字=emoji|日本語で=in japanese
英語で=in english|丁寧=polite|堅すぎ=too formal|固すぎ=too stiff|堅い=stiff|敬語=formal address
見出し=headings
文字以内=characters at most
これからは=from now on|これから=from now on|今後=from now on|いつも=always|常に=always
絶対に=must|決して=never
次回=next time|ください=please|ありがとう=thanks|お願いします=please
間違っています=is wrong|間違っている=is wrong|間違って=wrong|間違い=mistake|違います=is wrong
正しい=correct
気に入りました=i like it|気に入った=i like it|好きです=i like it|好き=like|良い=good
いいですね=good|いい=good
素晴らしい=wonderful|わかりやすい=clear|分かりやすい=clear|わかりにくい=confusing
つまらない=boring|曖昧=vague|具体的=specific
使わないで=don't use|しないで=don't|やめて=stop|削除して=remove|消して=delete|追加して=add
加えて=add|書いて=write
書き直して=rewrite|説明して=explain|教えて=tell|忘れて=forget|覚えて=remember|残して=keep
なぜ=why|どこ=where|何=what
どういう意味=what means|足りない=missing|抜けて=missing|という意味でした=i meant
つもりでした=i meant|と聞いた=i asked
今回=this time|今日=today|今=now|もし=if|メール=emails|上司=boss|でも=but|しかし=but|私は=i am
質問=questions|遅い=slow
待って=wait|学習=learn|最初の段落=first paragraph
"""
TABLES = {
    "de": GERMAN, "fr": FRENCH, "es": SPANISH, "it": ITALIAN, "pt": PORTUGUESE, "nl": DUTCH,
    "zh": CHINESE, "ja": JAPANESE,
}  # fmt: skip
ENGLISH = """
the a an and or but is are was were it that this you your i my me to of in on for with not no don't
isn't too more less be as at if when so what which who how please have has can do use make keep
never always from they he she we all any like one there their its than
"""
