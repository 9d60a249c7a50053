//! The words of frustration, by what they do: some hundred of them in each language.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Said of the service by its very words: `you are not helping`.
    Said,
    /// A feeling or a judgement: it counts for the service unless it is about something else.
    Felt,
    /// One's own feeling, told as such: `I am angry`. About the service unless it is about something else.
    Own,
    /// `angry at`: what is named next is what it is about.
    At,
    /// The service.
    Us,
    /// The world.
    World,
    /// Takes the next feeling back.
    Not,
}

pub(super) struct Entry {
    pub(super) kind: Kind,
    pub(super) weight: f32,
    pub(super) words: &'static str,
}

const fn entry(kind: Kind, weight: f32, words: &'static str) -> Entry {
    Entry { kind, weight, words }
}

pub(super) const ENTRIES: &[Entry] = &[
    entry(
        Kind::Said,
        0.8,
        "driving me crazy|driving me nuts|driving me mad|driving me insane\
         |you dont get it|you just dont get it|you are not getting it|youre not getting it|you dont listen|you never listen\
         |three times already|asked you three times|asked you this three times|asked you many times|asked you several times\
         |asked this many times|a hundred times|a thousand times|so many times|rip off|ripoff|you are useless|youre useless|you are not helping|youre not helping|you arent helping|not helping me|waste of time\
         |wasting my time|wasted my time|worst service|worst customer service|terrible service|horrible service|awful service\
         |this is ridiculous|this is unacceptable|this is a joke|what a joke|fed up with|sick of this|sick and tired|had enough\
         |ive had it|i give up|you dont understand|you do not understand|you arent listening|you are not listening|useless bot\
         |stupid bot|dumb bot|stupid machine|how many times do i|how many times have i|how many more times|going in circles\
         |going around in circles|going round in circles|makes me so angry|this is so frustrating|so frustrating|this is bullshit\
         |cancel everything|i want to complain|never again|losing my patience|lost my patience|running out of patience|ridiculous\
         |unacceptable|pathetic|no sirves|no me sirve|no me ayudas|no me estas ayudando|perdida de tiempo|perdiendo el tiempo\
         |estoy harto|estoy harta|pesimo servicio|peor servicio|inaceptable|es una verguenza|no entiendes|no me entiendes\
         |cuantas veces|perte de temps|vous ne m aidez pas|tu ne m aides pas|vous ne comprenez pas|tu ne comprends pas|ras le bol\
         |j en ai marre|j en ai assez|inadmissible|service nul|combien de fois|c est une honte|zeitverschwendung|sie helfen mir nicht\
         |du hilfst mir nicht|du verstehst mich nicht|sie verstehen mich nicht|ich habe es satt|unverschamt*|lacherlich|so ein mist\
         |frechheit|wie oft soll ich|wie oft muss ich|perda de tempo|você não entende|não esta ajudando|estou farto|estou farta\
         |pessimo serviço|pior serviço|inaceitavel|quantas vezes|isso é um absurdo|que absurdo|perdita di tempo|non mi aiuti\
         |non capisci|non mi stai aiutando|sono stufo|sono stufa|servizio pessimo|inaccettabile|quante volte|è una vergogna\
         |tijdverspilling|je helpt me niet|u helpt mij niet|je begrijpt me niet|ik ben het zat|onacceptabel|belachelijk|schandalig\
         |hoe vaak moet ik|浪费时间|浪費時間|垃圾客服|没用|沒用|什么破|太差了|受够了|受夠了|气死|氣死|答非所问|答非所問|听不懂人话\
         |聽不懂|说了多少遍|說了多少遍|没完没了|时间の無駄|時間の無駄|使えない|話にならない|いい加減にして|ふざけるな|役に立たない|何度言えば|何回言えば\
         |わかってない|もううんざり|최악|짜증*|답답*|도움이 안*|쓸모없*|бесполезн*|тратите мое время|безобразие|сколько можно|достали\
         |beznadziejn*|strata czasu|ile razy|rezalet|saçmalık|zaman kaybı",
    ),
    entry(
        Kind::Said,
        0.5,
        "this is a scam|scam|waiting forever|waiting for hours|waiting for days|waiting for ages|taking forever|takes forever\
         |so complicated|too complicated|not what i want|not what i wanted|not what i need|not what i meant|never buying|never shopping\
         |never using|asked you twice|told you twice|several times|multiple times|nobody answers|nobody replies|nobody responds|i already told you|already told you|i already said|i already answered|already explained|i just said|i just told you|as i said\
         |like i said|still not working|still doesnt work|still does not work|still no answer|still waiting|still not fixed|nothing works\
         |nobody helps|no one helps|nobody answers|no one answers|that is not what i asked|thats not what i asked|not what i asked\
         |that didnt help|that does not help|that doesnt help|this doesnt help|doesnt answer my question|didnt answer my question\
         |not answering my question|answer my question|wrong answer|again and again|over and over|for the third time|for the last time\
         |for weeks|makes no sense|come on|are you kidding|are you serious|seriously|wtf|what the hell|what the fuck|for gods sake|omg\
         |ya te dije|ya lo dije|ya le dije|sigue sin funcionar|no responde*|eso no es lo que|otra vez lo mismo|no ayuda|en serio\
         |je vous ai deja dit|je l ai deja dit|deja dit|ne marche toujours pas|toujours pas|ce n est pas ma question|n aide pas\
         |habe ich schon gesagt|schon gesagt|bereits gesagt|geht immer noch nicht|funktioniert immer noch nicht|immer noch nicht\
         |das war nicht meine frage|hilft mir nicht|hilft nicht|im ernst|ja falei|ja disse|ainda não funciona|não foi isso que|não ajuda\
         |gia detto|te l ho gia detto|non funziona ancora|ancora non funziona|non è quello che ho chiesto|non aiuta|al gezegd\
         |werkt nog steeds niet|nog steeds niet|dat vroeg ik niet|helpt niet|我说过了|我說過了|还是不行|還是不行|还没解决|不是这个问题|不是這個|重复|无语|無語\
         |さっき言った|もう言った|まだ直らない|そうじゃない|違うって|また同じ|아까 말했*|아직도|уже говорил*|до сих пор не|juz mowil*|nadal nie działa|hala çalışmıyor",
    ),
    entry(
        Kind::Felt,
        0.65,
        "frustrat*|angry|furious|annoyed|annoying|irritat*|infuriat*|outrag*|disgust*|terrible|horrible|awful|worst|hate|useless|garbage\
         |rubbish|crap|sucks|incompetent|disappointed|disappointing|fed up|pissed off|pissed|livid|insane|absurd|stupid|idiot*|dumb|bullshit\
         |shit|shitty|joke|disgrace|upset|unhappy|mad|appalling|joder|mierda|horrible|enojado|enojada|molesto|molesta|furioso|furiosa\
         |frustrante|frustrado|frustrada|terrible|inutil|estupido|estupida|decepcionado|decepcionada|asco|enervé|enervee|furieux|furieuse\
         |frustré|frustrant|nul|horrible|inutile|deçu|deçue|merde|agaçant|enervant|wütend|sauer|genervt|nervig|frustrierend|frustriert\
         |schrecklich|furchtbar|nutzlos|scheiße|scheisse|enttäuscht|dumm|ärgerlich|irritado|irritada|furioso|frustrado|pessimo|horrivel\
         |ridiculo|lixo|merda|decepcionado|arrabbiato|arrabbiata|furioso|frustrato|frustrante|pessimo|orribile|deluso|delusa|schifo|boos\
         |woedend|gefrustreerd|frustrerend|vreselijk|waardeloos|teleurgesteld|klote|生气|生氣|愤怒|憤怒|失望|垃圾|糟糕|恶心|噁心|烦死|煩死|差劲|差勁\
         |イライラ|腹が立|ムカつく|むかつく|最悪|ひどい|怒って|がっかり|화나*|열받*|실망*|ужас*|злюсь|бесит|разочарован*|wściekł*|okropn*|sinirli|berbat",
    ),
    entry(
        Kind::Felt,
        0.3,
        "fuck|fucking|fuckin|damn|damned|goddamn|bloody hell|hell|puta|puto|putain|verdammt|caralho|porra|cazzo|verdomme|妈的|操|くそ|씨발|блять|kurwa|lanet",
    ),
    entry(
        Kind::Us,
        0.0,
        "you|your|youre|yours|bot|chatbot|robot|this|service|support|app|site|website|company|system|answer|answers|help|agent|agents|chat|it\
         |experience|order|account|refund|delivery|parcel|here|usted|ustedes|tu|su|servicio|soporte|esto|aplicacion|respuesta|vous|votre|ce|cela|reponse\
         |sie|ihr|ihre|du|dein|das|dieser|diese|antwort|você|voces|isso|isto|atendimento|serviço|voi|vostro|questo|servizio|risposta|u|uw|jullie\
         |dit|dienst|antwoord|你|你们|您|客服|服务|系统|あなた|この|サービス|対応|サポート|당신|서비스|вы|ваш*|сервис|бот",
    ),
    entry(
        Kind::World,
        0.0,
        "weather|traffic|movie|film|boss|exam|exams|neighbour|neighbours|neighbor|neighbors|husband|wife|game|match|politics|politician*|news|book\
         |song|homework|school|teacher|landlord|life|my day|my job|my team|airline food|rain|hangover|headache|my ex|government|clima|tiempo hace|trafico\
         |pelicula|jefe|examen|vecino*|meteo|bouchons|film|patron|examen|voisin*|wetter|stau|chef|prüfung|nachbar*|film|clima|transito|filme|chefe|prova\
         |vizinho*|traffico|capo|esame|vicino|weer|file staan|baas|examen|buur*|天气|天氣|堵车|老板|考试|考試|邻居|天気|渋滞|上司に|試験|날씨|погода|пробки",
    ),
    entry(
        Kind::Not,
        0.0,
        "not|no|isnt|arent|wasnt|dont|never|without|not so|not that|not too|no estoy|no es|sin|pas|ne|nicht|kein|keine|não|non|niet|geen|没有|不|не|nie|değil",
    ),
    entry(
        Kind::Own,
        0.8,
        "im angry|im so angry|im really angry|im very angry|i am angry|i am so angry|i am very angry|i am really angry|im furious|i am furious|im frustrated|im so frustrated\
         |im really frustrated|i am so frustrated|i am really frustrated|i am frustrated|im getting frustrated|im getting angry|im losing my patience|ich bin wütend|ich bin sauer|ich bin echt genervt|ich bin total genervt\
         |estoy muy enfadado|estoy muy enfadada|estoy muy enojado|estoy muy enojada|estoy muy molesto|estoy muy molesta|je suis furieux|je suis furieuse|je suis en colere\
         |estou furioso|estou furiosa|estou muito irritado|estou com raiva|sono arrabbiato|sono arrabbiata|sono furioso|ik ben boos|ik ben woedend",
    ),
    entry(
        Kind::At,
        0.0,
        "angry at|angry with|mad at|mad with|furious at|furious with|annoyed at|annoyed with|upset with|upset at|irritated with|frustrated with|fed up with\
         |enfadado con|enfadada con|enojado con|enojada con|molesto con|molesta con|furioso con|furieux contre|furieuse contre|fache contre|en colere contre\
         |sauer auf|wütend auf|genervt von|furioso com|furiosa com|irritado com|zangado com|arrabbiato con|arrabbiata con|furioso con|boos op|woedend op|hate my",
    ),
    entry(
        Kind::Said,
        0.8,
        "not helping at all|is not helping|isnt helping|not helpful at all|no help at all|you keep repeating|you keep saying|repeating yourself|you repeat yourself|same answer again|always the same answer\
         |youre not understanding|you are not understanding|you understand nothing|told you three times|so useless|completely useless|totally useless|good for nothing|going nowhere\
         |no sirve para nada|no sirven para nada|no vale para nada|lo dije tres veces|te lo he dicho|mala atencion|servicio tan malo|mal servicio|siempre lo mismo|siempre me respondes lo mismo|siempre la misma respuesta|me repites|no ayuda en nada|no me ayuda en nada|no entiendes nada\
         |ne sert a rien|ca ne m aide pas|n importe quoi|ne comprenez rien|ne comprends rien|vous ne servez a rien|tu ne sers a rien|toujours la meme chose|toujours la meme reponse|mauvais service|aucune aide|completement inutile|vous repetez|tu repetes\
         |hilft mir überhaupt nicht|hilft überhaupt nicht|hilft mir gar nicht|hilft gar nicht|hilft mir nicht weiter|bringt doch nichts|bringt nichts|bringt mir nichts|schon dreimal|schon zehnmal|schon hundertmal|schlechter service|schlechter kundenservice|mieser service|die nase voll|immer dieselbe antwort|immer die gleiche antwort|immer das gleiche|völlig nutzlos|verstehst nichts|verstehst du nicht\
         |não serve para nada|não serve pra nada|não me ajuda|não está me ajudando|você não ajuda|não me entende|não entende nada|já te disse|já falei três vezes|sempre a mesma resposta|sempre a mesma coisa|mau atendimento|péssimo atendimento|atendimento horrível|não adianta nada|não ajuda em nada\
         |non serve a niente|non servi a niente|non mi aiuta per niente|non mi aiuta|non capisci niente|non capisce niente|sempre la stessa cosa|sempre la stessa risposta|pessimo servizio|servizio scadente|siete inutili|sei inutile\
         |heb ik niks aan|heb ik niets aan|helpt me helemaal niet|helpt helemaal niet|helpt me niet|drie keer gezegd|slechte service|steeds hetzelfde|altijd hetzelfde|slaat nergens op|begrijpt er niks van|schiet niet op|nutteloos\
         |一点用都没有|一點用都沒有|没有用|沒有用|没帮到我|没帮上|沒幫到|听不懂我|说了三遍|說了三遍|说了很多遍|说了好几遍|一直重复|老是重复|总是一样的回答|解决不了|什么都不懂|太烂了|太爛了\
         |役に立たない|役に立ってない|同じことを言わせないで|同じ答えばかり|同じ回答ばかり|同じことばかり|全然わかってない|全然ダメ|意味がない|意味ない|使い物にならない|何回も言って|何度も言って|腹立つ|むかつく",
    ),
    entry(
        Kind::Said,
        0.55,
        "not helpful|not helping|unhelpful|doesnt help me|does not help me|that is no help|thats no help|no use|this sucks|you suck|keep asking me|keeps asking me|asked me that already|not listening|waste of my time|doesnt make sense\
         |inutiles|que desastre|menudo desastre|quelle blague|nul ce service|so ein schrott|so ein quatsch|was soll das|que porcaria|que vergonha|che schifo|ma dai|wat een onzin|wat een grap",
    ),
    entry(
        Kind::World,
        0.0,
        "railway|railways|hace un tiempo|el tiempo hoy|le temps est|il fait un temps|o tempo esta|o tempo hoje|il tempo è|che tempo|temps horrible|老板|老闆",
    ),
];
