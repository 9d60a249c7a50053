//! Frustration with the service: what is said, how loudly, and about whom. Anger at the world is not ours to hand off.

use std::sync::LazyLock;

use baton_core::Span;

use crate::fold::{Folded, TEXT_BYTES_MAX, head};
use crate::phrases::{Found, Phrases, needle};

/// How frustrated, and the words that say so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Frustration {
    /// 0 to 1.
    pub(crate) value: f32,
    pub(crate) span: Option<Span>,
    pub(crate) evidence: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Said of the service by its very words: `you are not helping`.
    Said,
    /// A feeling or a judgement: it counts for the service unless it is about something else.
    Felt,
    /// The service.
    Us,
    /// The world.
    World,
    /// Takes the next feeling back.
    Not,
}

struct Entry {
    kind: Kind,
    weight: f32,
    words: &'static str,
}

const fn entry(kind: Kind, weight: f32, words: &'static str) -> Entry {
    Entry { kind, weight, words }
}

/// What is left of a feeling when it is about the world, or about nothing that is named.
const ABOUT_WORLD: f32 = 0.2;
const ABOUT_NOTHING: f32 = 0.8;
/// Loudness alone says little; with words it says more.
const LOUD_ALONE_MAX: f32 = 0.3;
const SHOUTED: f32 = 0.3;
const MARKED: f32 = 0.15;
const ANGRY_FACE: f32 = 0.5;

const ENTRIES: &[Entry] = &[
    entry(
        Kind::Said,
        0.8,
        "im so angry|im really angry|im very angry|i am angry|i am so angry|im furious|i am furious|im frustrated|im so frustrated\
         |i am frustrated|im getting frustrated|im getting angry|driving me crazy|driving me nuts|driving me mad|driving me insane\
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
        "im angry|this is a scam|scam|waiting forever|waiting for hours|waiting for days|waiting for ages|taking forever|takes forever\
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
];

static PHRASES: LazyLock<(Phrases, Vec<(Kind, f32)>)> = LazyLock::new(|| {
    let mut meanings = Vec::new();
    let mut needles = Vec::new();
    for entry in ENTRIES {
        for written in entry.words.split('|') {
            needles.push(needle(written));
            meanings.push((entry.kind, entry.weight));
        }
    }
    (Phrases::new(needles).expect("some hundred short phrases fit an automaton"), meanings)
});

/// How frustrated the customer sounds with the service.
pub(crate) fn frustration(text: &str, folded: &Folded) -> Option<Frustration> {
    let (phrases, meanings) = &*PHRASES;
    let found = phrases.find(folded);
    let mut calm = 1.0_f32;
    let mut strongest: Option<(f32, Found)> = None;
    for (first, end) in folded.clauses() {
        let clause = Clause::new(&found, meanings, first, end);
        for (weight, hit) in clause.weights() {
            calm *= 1.0 - weight;
            if strongest.is_none_or(|(most, _)| most < weight) {
                strongest = Some((weight, hit));
            }
        }
    }
    let (loud, face) = loudness(head(text, TEXT_BYTES_MAX));
    let said = 1.0 - calm * (1.0 - face);
    let value = if said > 0.0 { 1.0 - (1.0 - said) * (1.0 - loud) } else { loud.min(LOUD_ALONE_MAX) };
    if value <= 0.0 {
        return None;
    }
    let span = strongest.and_then(|(_, hit)| folded.span(usize::from(hit.first), usize::from(hit.end)));
    let evidence = match (strongest, face > 0.0, loud > 0.0) {
        (Some(_), _, true) => "words and loudness",
        (Some(_), _, false) => "words",
        (None, true, _) => "an angry face",
        (None, false, _) => "loudness",
    };
    Some(Frustration { value: value.min(1.0), span, evidence })
}

struct Clause {
    hits: Vec<(Found, Kind, f32)>,
    us: bool,
    world: bool,
}

impl Clause {
    fn new(found: &[Found], meanings: &[(Kind, f32)], first: usize, end: usize) -> Self {
        let hits: Vec<_> = Phrases::within(found, first, end)
            .iter()
            .map(|hit| {
                let (kind, weight) = meanings[usize::from(hit.phrase)];
                (*hit, kind, weight)
            })
            .collect();
        let has = |kind| hits.iter().any(|(_, held, _)| *held == kind);
        let (us, world) = (has(Kind::Us), has(Kind::World));
        Self { hits, us, world }
    }

    /// What each word of frustration weighs here; a word counts once, in its longest phrase.
    fn weights(&self) -> Vec<(f32, Found)> {
        let mut loaded: Vec<_> =
            self.hits.iter().filter(|(_, kind, _)| matches!(kind, Kind::Said | Kind::Felt)).copied().collect();
        loaded.sort_by_key(|(hit, _, _)| (std::cmp::Reverse(hit.end - hit.first), hit.first));
        let mut taken: Vec<Found> = Vec::new();
        let mut weights = Vec::new();
        for (hit, kind, weight) in loaded {
            if taken.iter().any(|other| hit.first < other.end && other.first < hit.end) {
                continue;
            }
            taken.push(hit);
            let share = match kind {
                Kind::Said | Kind::Us | Kind::Not | Kind::World => 1.0,
                Kind::Felt if self.taken_back(hit) => continue,
                Kind::Felt if self.world => ABOUT_WORLD,
                Kind::Felt if self.us => 1.0,
                Kind::Felt => ABOUT_NOTHING,
            };
            weights.push((weight * share, hit));
            // Ten outbursts are enough to know; more would only cost time.
            if weights.len() == 10 {
                break;
            }
        }
        weights
    }

    fn taken_back(&self, hit: Found) -> bool {
        self.hits
            .iter()
            .any(|(other, kind, _)| *kind == Kind::Not && other.end <= hit.first && hit.first - other.end <= 1)
    }
}

/// Shouting and rows of marks; and angry faces, which are words.
fn loudness(text: &str) -> (f32, f32) {
    let (mut upper, mut letters, mut words) = (0_usize, 0_usize, 0_usize);
    for word in text.split(|character: char| !character.is_alphabetic()) {
        let (large, all) = word.chars().fold((0, 0), |(large, all), letter| {
            (
                large + usize::from(letter.is_uppercase()),
                all + usize::from(letter.is_uppercase() || letter.is_lowercase()),
            )
        });
        upper += large;
        letters += all;
        words += usize::from(all >= 3 && large == all);
    }
    let shouted = words >= 2 && letters >= 8 && upper * 10 >= letters * 7;
    let mut row = 0;
    let mut marks = 0;
    for character in text.chars() {
        row = if matches!(character, '!' | '?' | '！' | '？') { row + 1 } else { 0 };
        marks = marks.max(row);
    }
    let mut loud = 0.0;
    if shouted {
        loud += SHOUTED;
    }
    if marks >= 2 {
        loud += MARKED;
    }
    let face = if text.contains(['😡', '🤬', '😠', '😤', '👿', '🖕']) { ANGRY_FACE } else { 0.0 };
    (loud, face)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> f32 {
        frustration(text, &Folded::new(text)).map_or(0.0, |frustration| frustration.value)
    }

    #[test]
    fn a_customer_at_the_end_of_their_patience_is_heard() {
        for text in [
            "This is ridiculous, you are not helping me at all",
            "STOP SENDING ME THE SAME USELESS ANSWER!!!",
            "esto es una pérdida de tiempo, no me entiendes",
            "Das ist doch Zeitverschwendung, Sie verstehen mich nicht!",
            "C'est inadmissible, je l'ai déjà dit",
            "浪费时间，你根本答非所问",
            "時間の無駄、話にならない",
        ] {
            assert!(value(text) >= 0.75, "{text}: {}", value(text));
        }
    }

    #[test]
    fn anger_at_the_world_is_not_anger_at_us() {
        assert!(value("The weather is horrible, will my parcel arrive?") < 0.3);
        assert!(value("my boss is so annoying") < 0.3);
    }

    #[test]
    fn calm_words_are_calm() {
        assert!(value("How do I change my address?") < 0.01);
        assert!(value("I am not angry, just curious") < 0.2);
        assert!(value("My order ID is ABC DEF") < 0.2);
        assert!(value("THANK YOU SO MUCH!!!") <= LOUD_ALONE_MAX);
    }
}
