//! Words that say nothing about what a question is about. Written without accents, as they are compared.

use baton_core::Language;

use super::terms::is_unspaced;

const ENGLISH: &str = "a about again all also am an and any anyone anything are as at be because been before being but by \
    can cannot could d did didn do does doesn doing don done else even ever every find for from get gets getting give go \
    goes going got had happen happens has have having he hello help her here hey hi him his hm how i if in into is isn it \
    its just know let like ll look m make makes many may maybe me mean might more most much must my need needs no not now \
    of off ok okay on one only or other our out over please possible question re really s say see she should show so some \
    somebody someone something sorry still such sure t tell than thank thanks that the their them then there these they \
    thing things think this those to too try trying u up us use used using ve very want wanted was way we well were what \
    when where whether which while who whom whose why will with won work works would wouldn yes yet you your yours";
const SPANISH: &str = "a al algo alguien alguna alguno algun ante antes aqui asi aun ayuda ayudar bien buenas buenos cada \
    como con cosa cual cuales cuando cuanto cuanta de debe debo del desde donde dos e el ella ellos en entonces era es esa \
    ese eso esta estan estar este esto estoy favor fue gracias gustaria ha hace hacer haciendo hago han hasta hay haya he \
    hola la las le les lo los mas me mi mis mucho muy nada necesito ni no nos nosotros o otra otro para pero poder podria \
    por porque posible pregunta puede pueden puedo pues que queria quiere quiero quien saber se ser si sin sobre son soy \
    su sus tal tambien te tener tengo ti tiene tienen todo todos tu tus un una unas uno unos usar usted ustedes va ver \
    voy y ya yo";
const FRENCH: &str = "a ai aide aider alors as au aucun aussi autre aux avec avez avoir avons bien bonjour bonsoir c ca \
    car ce cela celle celui ces cet cette chez ci comme comment d dans de des deux dit dois doit donc du elle elles en \
    encore es est et etait etes etre eu fait faire faut fois font ici il ils j je jusqu l la le les leur lui m ma mais \
    marche me meme merci mes moi moins mon n ne ni non nos notre nous on ont ou oui par parce pas peu peut peux plait \
    plus possible pour pourquoi pouvez puis qu quand quel quelle quelles quels quelqu question qui quoi s sa salut sans \
    savoir se ses si sont sous suis sur svp t ta te tes toi ton tous tout toute tres tu un une utiliser va vais veut veux \
    vos votre voudrais vous y";
const GERMAN: &str = "ab aber alle allem allen aller alles als also am an ander andere auch auf aus bei beim bekomme bin \
    bis bist bitte brauche da dafur damit dann das dass dein deine dem den denn der des die dies diese diesem diesen \
    dieser dieses dir doch du durch ein eine einem einen einer eines einfach er es etwas euch euer fur gehen geht gibt \
    gern gerne guten habe haben hallo hast hat hatte hatten hier hilfe ich ihm ihn ihnen ihr ihre im in ins irgendwie ist \
    ja jede jeder jemand jetzt kann kannst konnen konnt konnte konnten kein keine konntest machen mache macht man mehr \
    mein meine meinem meinen meiner mich mir mit mochte moglich muss mussen nach nein nicht nichts noch nun nur ob oder \
    ohne schon sehr sein seine sich sie sind so soll sollte sondern uber um und uns unser unter viel vom von vor wann war \
    warum was weil welche welchem welchen welcher welches wenn wer werden wie wieder will wir wird wissen wo wofur woher \
    wohin wurde wurden zu zum zur";
const PORTUGUESE: &str = "a agora ai ajuda ajudar algo alguem algum alguma ao aos apenas aqui as ate bem boa bom com como \
    consigo da das de dela dele deles depois do dos e ela eles ele em entao era essa esse esta estao estar estou eu faco \
    favor faz fazer foi funciona gostaria ha isso isto ja la lhe mais mas me mesmo meu meus minha minhas muito na nada nao \
    nas nem no nos nossa nosso num numa o obrigada obrigado oi ola onde os ou outra outro para pela pelas pelo pelos pergunta \
    pode podem poderia por porque posso possivel preciso pra qual quais quando quanto que quem queria quero saber se sem ser seu \
    seus sim so sobre sou sua suas tambem te tem tenho ter teu toda todo todos tu tudo um uma umas uns usar voce voces vou";
const ITALIAN: &str = "a abbia agli ai aiuto aiutare al alla alle allo anche ancora avere bene buona buongiorno c che chi \
    ci ciao cio come con cosa cose cui d da dagli dai dal dalla dalle dei del della delle dello devo deve di domanda dopo \
    dove e ed era essere faccio fai fare favore funziona fra gia gli grazie ha hai hanno ho i il in io l la le lei li lo \
    loro lui ma me mi mia mie miei mio molto ne nei nel nella nelle nessuno noi non nostra nostro o ogni ora per perche \
    piu possibile posso possono potete potrei puo puoi qual quale quali qualcosa qualcuno quando quanto quella quello \
    questa queste questi questo qui sapere se sei senza si sia siamo sono sta sto su sua sul sulla suo te ti tra tu tua \
    tuo tutti tutto un una uno usare va vi voglio voi vorrei vostra vostro";
const DUTCH: &str = "aan al alle alleen alles als alstublieft andere ben bij bent dan dank dat de deze die dit doe doen \
    doet door dus echt een eens en er even gaan gaat gebruiken geen graag ga haar had heb hebben heeft hele hem hen het \
    hier hij hoe hoi hun hulp iemand iets ik in is ja je jij jou jouw jullie kan kun kunnen kunt maar mag maken meer men \
    met mij mijn misschien moet moeten mogelijk na naar nee niet niets nog nu of om omdat onder ons onze ook op over te \
    toch tot u uit uw van veel vind vinden voor vraag waar waarom wanneer want waren was wat we wel welk welke werd werkt \
    weten wie wij wil willen word worden wordt zal ze zeer zelf zich zij zijn zo zonder zou";

/// The common particles and question words of Chinese, longest first among those that begin alike.
const CHINESE: &[&str] = &[
    "为什么",
    "怎么样",
    "怎么办",
    "有没有",
    "能不能",
    "可不可以",
    "是不是",
    "请问",
    "怎么",
    "怎样",
    "如何",
    "什么",
    "哪里",
    "哪个",
    "哪些",
    "多少",
    "可以",
    "能够",
    "需要",
    "想要",
    "我们",
    "你们",
    "他们",
    "您好",
    "你好",
    "谢谢",
    "知道",
    "告诉",
    "一下",
    "这个",
    "那个",
    "还是",
    "或者",
    "以及",
    "如果",
    "因为",
    "所以",
    "但是",
    "我",
    "你",
    "您",
    "他",
    "她",
    "它",
    "们",
    "的",
    "了",
    "吗",
    "呢",
    "吧",
    "啊",
    "是",
    "在",
    "有",
    "和",
    "与",
    "或",
    "要",
    "想",
    "能",
    "会",
    "把",
    "被",
    "给",
    "请",
    "这",
    "那",
    "也",
    "都",
    "就",
];

/// Whether a folded word says nothing in this language or in English, which mixes into all.
pub(super) fn is_stop_word(folded: &str, language: Language) -> bool {
    let own = match language.as_str() {
        "es" => SPANISH,
        "fr" => FRENCH,
        "de" => GERMAN,
        "pt" => PORTUGUESE,
        "it" => ITALIAN,
        "nl" => DUTCH,
        _ => "",
    };
    [own, ENGLISH].iter().any(|list| list.split_ascii_whitespace().any(|word| word == folded))
}

/// Cuts a run of Han or kana where grammar stands: at Chinese particles, or between the hiragana of Japanese.
pub(super) fn without_particles(run: &str) -> Vec<String> {
    let hiragana = |letter: char| matches!(letter, '\u{3041}'..='\u{309f}');
    if run.chars().any(hiragana) {
        let content: Vec<String> = run.split(hiragana).filter(|part| !part.is_empty()).map(str::to_owned).collect();
        // A question wholly in hiragana is all there is to search for.
        return if content.is_empty() { vec![run.to_owned()] } else { content };
    }
    let katakana_only = run.chars().all(|letter| matches!(letter, '\u{30a0}'..='\u{30ff}'));
    if katakana_only {
        return vec![run.to_owned()];
    }
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut rest = run;
    while let Some(letter) = rest.chars().next() {
        debug_assert!(is_unspaced(letter), "a run holds only its script");
        if let Some(particle) = CHINESE.iter().find(|particle| rest.starts_with(**particle)) {
            parts.push(std::mem::take(&mut part));
            rest = &rest[particle.len()..];
        } else {
            part.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    parts.push(part);
    parts.retain(|part| !part.is_empty());
    parts
}
