//! German and Dutch.

use super::{Marks, Order, Table};

pub(super) const GERMAN: Table = Table {
    language: "de",
    order: Order::Free,
    words: &[
        (
            Marks::WANT,
            "will|möchte|moechte|wünsche|brauche|benötige|würde gern|würde gerne|hätte gern|hätte gerne|wollen|möchten|brauchen|muss|verlange|bitte um\
             |wunsche|bevorzuge|würde lieber|will lieber|möchte lieber|bestehe auf|fordere|wollte|würde|hätte|gerne|gern|lieber",
        ),
        (
            Marks::GIVE,
            "gib mir|geben sie mir|gebt mir|hol mir|holen sie mir|holen sie|schick mir|schicken sie mir|kann ich bekommen|bekomme ich|ich bekomme|kann ich haben\
             |rufen sie|bring mir|her mit",
        ),
        (
            Marks::ABLE,
            "kann ich|kann man|könnte ich|könnten wir|können wir|darf ich|dürfte ich|wie kann ich|wie erreiche ich|wie komme ich|wie spreche ich|ist es möglich\
             |wäre es möglich|lass mich|lassen sie mich|hilf mir|helfen sie mir|hilfe|versuche|ich kann nicht|kann nicht|möglichkeit|wie|wo kann ich|wo erreiche ich\
             |wen kann ich|gibt es eine möglichkeit|besteht die möglichkeit|ich versuche",
        ),
        (
            Marks::REACH,
            "sprechen|reden|chatten|kontaktieren|erreichen|kommunizieren|unterhalten|telefonieren|schreiben|kontakt|gespräch|rücksprache|zu sprechen|zu reden\
             |erreiche ich|spreche ich|in kontakt treten|kontakt aufnehmen|in verbindung setzen|anrufen|sprech|quatschen|austauschen|komme ich",
        ),
        (
            Marks::MOVE,
            "verbinde mich|verbinden sie mich|verbindet mich|mich verbinden|stellen sie mich|stell mich|stellen sie mich durch|stell mich durch|mich weiterleiten\
             |mich durchstellen|mich weiterverbinden|leiten sie mich|leite mich|leiten sie mich weiter|leite mich weiter|mich verbunden|verbunden werden\
             |weitergeleitet werden|weiterverbunden werden|durchgestellt werden|uns verbinden|übergeben sie mich|übergib mich|übergeben sie|weiterleitung\
             |schalten sie mich|leiten sie das|leite das|mich übergeben|bitte verbinden|mich weiter verbinden",
        ),
        (Marks::CARRY, "verbinden|weiterleiten|durchstellen|weiterverbinden|übergeben|verbindung|übergabe"),
        (Marks::ESCALATE, "eskalieren|eskalation|eskaliere|eskalieren sie"),
        (
            Marks::PERSON,
            "mensch|menschen|echter mensch|echten menschen|mitarbeiter|mitarbeiterin|mitarbeitern|mitarbeiters|agent|agenten|berater|beraterin|beratern\
             |kundenberater|kundenberaterin|kundendienst|kundenservice|kundenbetreuer|kundenbetreuerin|kundenbetreuung|kundensupport|sachbearbeiter\
             |sachbearbeiterin|vertreter|operator|vorgesetzter|vorgesetzten|vorgesetzte|chef|chefin|vorgesetztem|manager|teamleiter|teamleiterin|echte person\
             |echten person|echter person|reale person|realen person|richtige person|richtigen person|richtigen menschen|jemand echtes|jemandem echtes\
             |ansprechpartner|ansprechpartnerin|support mitarbeiter|servicemitarbeiter|servicemitarbeiterin|techniker|betreuer|fachmann|spezialist\
             |spezialisten|jemand aus ihrem team|jemandem aus ihrem team|jemanden aus ihrem team|ihrem team|menschlichen mitarbeiter|menschliche hilfe\
             |menschlicher hilfe|menschlichen support|hotline|callcenter|filialleiter|geschäftsführer|leiter|verantwortlichen",
        ),
        (
            Marks::SOMEONE,
            "jemand|jemanden|jemandem|person|personen|support|service|team|kollege|kollegen|kollegin|angestellten|experten|experte|wen|leute|irgendwen\
             |irgendjemand|irgendjemanden|irgendjemandem|assistent|jemand anderem|jemand anderes|personal",
        ),
        (Marks::BOT, "bot|roboter|maschine|chatbot|bots|robotern|maschinen|ki|computer|automaten|programm|assistenten"),
        (
            Marks::NOT,
            "nicht|kein|keine|keinen|keinem|keiner|nie|ohne|niemals|nicht mehr|statt|anstatt|nein danke|weder|nicht nötig",
        ),
        (
            Marks::AVERSE,
            "hasse|satt|genug|dumm|blöd|nutzlos|schluss mit|keine lust|nervt|leid|sinnlos|mag nicht|dämlich",
        ),
        (Marks::SUBJECT.or(Marks::GAP), "ich|wir"),
        (
            Marks::GAP,
            "mit|zu|zum|zur|an|am|einen|einem|einer|eine|ein|eines|der|die|das|den|dem|mich|mir|uns|sie|ihnen|ihr|ihrem|ihren|ihrer|du|dein|deinem|deinen|euch|eurem\
             |von|vom|im|in|aus|direkt|jetzt|endlich|auch|doch|mal|bitte|anderen|anderem|andere|auf|bei|über|dringend|sofort|und|dass|kannst|kannst du|können sie\
             |könnten sie|könntest du|würden sie|könnt|persönlich|wieder|noch|werden|haben|verdammten|verdammte|verdammt|scheiß|einfach|irgendeinem|es|per|so",
        ),
        (
            Marks::BARE.or(Marks::GAP),
            "bitte|bitteschön|hallo|hi|guten tag|guten morgen|guten abend|ja|nein|ok|okay|jetzt|sofort|danke|ein|eine|einen|einem|einer|den|dringend|schnell|nur|endlich\
             |verfügbar|sorry|entschuldigung|also|der|die|moin|mal|direkt",
        ),
        (
            Marks::FIRM.or(Marks::GAP).or(Marks::BARE),
            "echt|echte|echten|echter|echtem|real|reale|realen|realer|richtige|richtigen|richtiger|wirklich|menschlich|menschliche|menschlichen|lebende|lebenden|persönlichen|live",
        ),
        (
            Marks::AFTER,
            "der|die|das|wegen|über|zu|zum|zur|für|von|vom|aus|in|im|weil|mit|jetzt|heute|morgen|bezüglich|bitte|und|um|am|verfügbar|erreichbar|direkt|sofort\
             |ist|oder|wenn|nicht|dringend|statt|bei|haben|bekommen|her|dazu|anstatt|persönlich|da|schnell|ich|mal|per|geben|werden",
        ),
        (Marks::EXIST, "gibt es|gibts|habt ihr|haben sie|hast du|existiert|ist da|ist hier|ist"),
        (
            Marks::HELP,
            "helfen|hilft|mir helfen|hilft mir|mir hilft|weiterhelfen|unterstützen|unterstützt|anschauen|lösen|kümmern|kümmert",
        ),
        (
            Marks::CALL,
            "mich anrufen|mich anruft|ruft mich an|mich zurückrufen|mich zurückruft|zurückrufen|anruft|mich kontaktieren|mich kontaktiert|übernehmen|übernimmt",
        ),
        (Marks::CAN, "kann|könnte|soll|dass"),
        (
            Marks::OTHER,
            "mein|meine|meinen|meinem|meiner|muss ich|sollte ich|soll ich|wenn ich|falls ich|bist du|sind sie|spreche ich mit|rede ich mit|spreche ich hier|rede ich hier\
             |schreibe ich mit|du bist|sie sind|reiseberater|immobilienmakler|makler|versicherungsvertreter|personalabteilung|menschenrechte|gestern|letzte woche\
             |letzten monat|letzte|hat mir|hat gesagt|gesagt|gesprochen|sagte|erzählt|versprochen|hatte|geld|datei|dateien|wlan|privatkredit|ratenkredit|ich bin|freund|freundin\
             |frau|mann|sohn|tochter|mutter|vater|pro person|eine weitere person|weitere person|zweite person|konto|er|war|wurde|bereits|habe ich|habe gestern|wie viele",
        ),
        (Marks::BREAK, "aber|sondern|weil|denn|sonst|außer|deshalb"),
        (
            Marks::ASIDE.or(Marks::BARE).or(Marks::GAP),
            "bitte|bitteschön|hallo|hi|hey|guten tag|guten morgen|guten abend|ja|ok|okay|gut|jetzt|sofort|danke|danke schön|vielen dank|dringend|schnell|endlich|sorry|entschuldigung|entschuldigen sie|moin|servus|so schnell wie möglich|umgehend|also|na gut|hm",
        ),
        (Marks::ASIDE.or(Marks::NOT), "nein|nein danke|nö"),
        (Marks::ONE.or(Marks::SOMEONE), "eine person|einer person"),
        (Marks::ABLE.or(Marks::REACH), "wie erreiche ich|wie kontaktiere ich|wie spreche ich|wo erreiche ich"),
        (Marks::REACH, "rückruf|einen rückruf|anrufen|kontaktieren|spreche|rede"),
        (Marks::EXIST, "wo ist|wo sind|wo finde ich|gibt es hier|ist hier|ist da"),
        (Marks::BARE, "mit|zu|einem|einer|hier|da"),
        (Marks::GAP, "hier|da"),
        (Marks::CALL, "mich zurückrufen|anrufen|zurückrufen|mich anruft"),
        (Marks::CAN, "kann mich|kann mir|könnte mich|könnte mir|kannst|können"),
        (Marks::JOIN.or(Marks::GAP), "mit dem|mit der|mit denen|mit wem|der mir|die mir|der mich"),
        (
            Marks::MATTER,
            "meine kunden|meine nutzer|die kunden|unsere kunden|öffnungszeiten|geöffnet|um wie viel uhr|wie viele|wieviele|was sieht|wie funktioniert|ausgelöst|was passiert|konfigurieren|hinzufügen|füge|entfernen|einrichten",
        ),
        (
            Marks::ABLE.or(Marks::SOMEONE),
            "an wen kann ich|mit wem kann ich|an wen muss ich|mit wem spreche ich über|wen kann ich",
        ),
        (Marks::REACH, "hilfe von|mich wenden|wenden"),
        (Marks::MOVE, "bitte verbinden sie mich|bitte verbinde mich|bitte verbinden sie mich weiter"),
        (
            Marks::RING.or(Marks::CALL),
            "rufen sie mich an|rufen sie mich|ruf mich an|rufen sie mich zurück|rückruf|zurückgerufen werden|angerufen werden|mich zurückrufen",
        ),
        (Marks::MATTER, "was ist ein|was ist eine|wer ist|was macht ein|was passiert wenn|wenn ich"),
    ],
};

pub(super) const DUTCH: Table = Table {
    language: "nl",
    order: Order::Free,
    words: &[
        (
            Marks::WANT,
            "wil|wens|zou graag|zou|graag|liever|heb nodig|nodig|wil graag|moet|verlang|willen|eis|verzoek|wil liever|wou|wilde|behoefte aan|verkies|zoek",
        ),
        (Marks::GIVE, "geef me|geef mij|geeft u mij|haal|mag ik|kan ik krijgen|bel|regel|stuur|roep|bezorg me"),
        (
            Marks::ABLE,
            "kan ik|kunnen we|mag ik|zou ik|hoe kan ik|hoe bereik ik|hoe kom ik|hoe|is het mogelijk|kan het dat|laat me|laat mij|help me|help mij|hulp|probeer\
             |ik kan niet|kan ik niet|mogelijk om|waar kan ik|wie kan ik|kan ik even|lukt niet",
        ),
        (
            Marks::REACH,
            "praten|spreken|chatten|contact|contacteren|bereiken|overleggen|bellen|communiceren|in contact komen|contact opnemen|te spreken|te praten|spreek|praat\
             |gesprek|kletsen|contact krijgen|in contact|contact met|schrijven|aan de lijn|aan de telefoon",
        ),
        (
            Marks::MOVE,
            "verbind me|verbind mij|verbindt u mij|me verbinden|mij verbinden|me doorverbinden|mij doorverbinden|verbind me door|schakel me door|me doorschakelen\
             |mij doorschakelen|stuur me door|me doorsturen|zet me door|doorverbonden worden|worden doorverbonden|doorverbonden|geef me door|me overzetten|breng me in contact\
             |me in contact brengen|mij in contact brengen|zet mij door|draag over|me overdragen",
        ),
        (Marks::CARRY, "doorverbinden|verbinden|doorschakelen|overdragen|overzetten|doorsturen"),
        (Marks::ESCALATE, "escaleren|escaleer|escalatie"),
        (
            Marks::PERSON,
            "mens|mensen|echt mens|echte mens|medewerker|medewerkster|medewerkers|agent|agenten|adviseur|vertegenwoordiger|operator|manager|leidinggevende|supervisor\
             |chef|baas|teamleider|echt persoon|echte persoon|levend persoon|levende persoon|menselijke medewerker|klantenservice|klantendienst|klantenservicemedewerker|helpdesk\
             |helpdeskmedewerker|servicemedewerker|callcenter|iemand echt|iemand van vlees en bloed|iemand van jullie team|iemand van uw team|jullie team|technicus|specialist\
             |telefonist|telefoniste|verantwoordelijke|menselijke hulp|baliemedewerker|consulent",
        ),
        (
            Marks::SOMEONE,
            "iemand|persoon|personen|support|ondersteuning|team|collega|expert|werknemer|iemand anders|service|assistent|personeel",
        ),
        (
            Marks::BOT,
            "bot|robot|machine|chatbot|bots|robots|machines|ai|computer|automaat|programma|virtuele assistent",
        ),
        (Marks::NOT, "niet|geen|nooit|zonder|niet meer|hoeft niet|in plaats van|noch"),
        (Marks::AVERSE, "haat|zat|genoeg|stom|nutteloos|waardeloos|klaar met|geen zin|hekel aan|irritant|zinloos"),
        (Marks::SUBJECT.or(Marks::GAP), "ik|wij|we"),
        (
            Marks::GAP,
            "met|een|de|het|n|naar|aan|me|mij|ons|u|uw|je|jou|jullie|van|bij|in|op|om|te|door|direct|nu|even|eens|ook|gewoon|andere|ander|graag|alstublieft|alsjeblieft|kunt u\
             |kun je|kan je|kunnen jullie|wilt u|wil je|zou u|zou je|hebben|krijgen|worden|over|dit|eindelijk|verdomde|klote|rechtstreeks|toch|kan|mag|zo|snel|dat",
        ),
        (
            Marks::BARE.or(Marks::GAP),
            "alstublieft|alsjeblieft|aub|svp|graag|hallo|hoi|goedemorgen|goedemiddag|goedenavond|ja|nee|ok|oke|nu|meteen|direct|bedankt|dank u|een|de|het|spoed|snel|alleen\
             |beschikbaar|sorry|dag|even",
        ),
        (Marks::FIRM.or(Marks::GAP).or(Marks::BARE), "echt|echte|levend|levende|menselijk|menselijke|reeel|live"),
        (
            Marks::AFTER,
            "die|over|voor|van|om|te|in|op|bij|want|omdat|met|nu|vandaag|morgen|aub|alstublieft|alsjeblieft|en|beschikbaar|direct|meteen|is|of|als|niet|graag|aan|hebben|krijgen|i p v\
             |in plaats van|nodig|dringend|spoedig|door|even|betreffende",
        ),
        (Marks::EXIST, "is er|zijn er|hebben jullie|heeft u|heb je|is daar|bestaat er"),
        (Marks::HELP, "helpen|helpt|me helpen|mij helpen|me helpt|mij helpt|kijken|oplossen|ondersteunen"),
        (
            Marks::CALL,
            "me bellen|mij bellen|me belt|mij belt|me terugbellen|mij terugbellen|terugbellen|terugbelt|contact opnemen|contact opneemt|overnemen|overneemt",
        ),
        (Marks::CAN, "kan|zou|moet|dat|laat"),
        (
            Marks::OTHER,
            "mijn|m n|moet ik|zou ik moeten|als ik|ben jij|ben je|bent u|spreek ik met|praat ik met|ben ik|heb ik|jij bent|u bent|reisagent|makelaar|verzekeringsagent\
             |personeelszaken|mensenrechten|gisteren|vorige week|vorige maand|sprak|gesproken|zei|zeiden|heeft gezegd|gezegd|beloofde|belde|had|geld|bestand|wifi|persoonlijke lening\
             |persoonlijke gegevens|ik ben|vriend|vriendin|vrouw|man|zoon|dochter|moeder|vader|per persoon|extra persoon|rekening|hij|zij|was|werd|al met",
        ),
        (Marks::BREAK, "maar|omdat|want|anders|behalve|dus"),
        (
            Marks::ASIDE.or(Marks::BARE).or(Marks::GAP),
            "alstublieft|alsjeblieft|aub|svp|hallo|hoi|hey|goedemorgen|goedemiddag|goedenavond|ja|ok|oke|nu|meteen|bedankt|dank je|dank u|dankjewel|spoed|snel|sorry|dag|zo snel mogelijk|onmiddellijk|dus|nou",
        ),
        (Marks::ASIDE.or(Marks::NOT), "nee|nee bedankt"),
        (Marks::ONE.or(Marks::SOMEONE), "een persoon|persoon"),
        (Marks::ABLE.or(Marks::REACH), "hoe bereik ik|hoe contacteer ik|hoe spreek ik|hoe praat ik"),
        (Marks::EXIST, "waar is|waar zijn|waar vind ik|zijn er hier|is er hier"),
        (Marks::BARE, "met|naar|hier|daar"),
        (Marks::MOVE, "verbind mij door|verbind me door|verbindt u mij door|zet me over|zet mij over|schakel mij door"),
        (Marks::CALL, "bellen|terugbellen|me bellen|mij terugbellen"),
        (Marks::CAN, "kunnen|kan mij|kan me"),
        (Marks::JOIN.or(Marks::GAP), "met wie|die mij|die me"),
        (
            Marks::MATTER,
            "mijn klanten|mijn gebruikers|onze klanten|de klanten|openingstijden|hoe laat|hoeveel|hoe werkt|wat ziet|wat gebeurt|geactiveerd|instellen|toevoegen|toe aan|verwijderen|configureren",
        ),
        (Marks::ABLE.or(Marks::SOMEONE), "met wie kan ik|bij wie kan ik|wie kan ik"),
        (Marks::REACH, "hulp van"),
        (
            Marks::RING.or(Marks::CALL),
            "bel me|bel mij|bel me terug|gebeld worden|teruggebeld worden|mij terugbellen|me terugbellen",
        ),
        (Marks::MATTER, "wat is een|wie is|wat doet een|wat gebeurt er als|als ik"),
    ],
};
