//! Polish, Russian, Turkish, Arabic, Hindi and Swedish: smaller tables, the same roles.

use super::{Marks, Order, Table};

pub(super) const POLISH: Table = Table {
    language: "pl",
    order: Order::Free,
    words: &[
        (
            Marks::WANT,
            "chcę|chciałbym|chciałabym|potrzebuję|poproszę|proszę o|muszę|wolę|żądam|wolałbym|wolałabym|proszę|chcialbym",
        ),
        (Marks::GIVE, "daj mi|dajcie mi|wezwij|zawołaj|dawaj"),
        (
            Marks::ABLE,
            "czy mogę|mogę|mógłbym|mogłabym|jak mogę|jak|czy można|można|nie mogę|czy jest możliwość|czy da się|pomóż mi|pomocy|próbuję",
        ),
        (
            Marks::REACH,
            "rozmawiać|porozmawiać|pogadać|mówić|skontaktować|skontaktować się|kontakt|kontaktu|rozmowa|rozmowy|rozmowę|połączenie|połączyć się|pisać|gadać",
        ),
        (
            Marks::MOVE,
            "połącz mnie|połącz|proszę połączyć|przełącz mnie|przełącz|przekieruj mnie|proszę mnie połączyć|połączcie mnie|proszę przełączyć|przekaż|mnie połączyć|mnie przełączyć",
        ),
        (Marks::CARRY, "połączyć|przełączyć|przekierować"),
        (Marks::ESCALATE, "eskaluj|eskalacja|eskalować"),
        (
            Marks::PERSON,
            "człowiek*|ludzi*|konsultant*|agent|agentem|agenta|doradc*|pracownik*|operator|operatora|operatorem|przedstawiciel*|kierownik*|menedżer*|przełożon*|żywym człowiekiem|prawdziwym człowiekiem\
             |prawdziwą osobą|żywą osobą|obsługą klienta|obsługa klienta|obsługi klienta|biuro obsługi klienta|szef*|specjalist*",
        ),
        (Marks::SOMEONE, "kimś|ktoś|kogoś|osobą|osoba|osoby|wsparcie|wsparciem|zespołem|pomocą techniczną"),
        (
            Marks::BOT,
            "bot|botem|bota|boty|botami|robot|robotem|robota|maszyna|maszyną|maszyny|chatbot|chatbotem|chatbota|automat|automatem|komputerem",
        ),
        (Marks::NOT, "nie|bez|nie potrzebuję|nie trzeba|zamiast"),
        (Marks::AVERSE, "nienawidzę|dość|głupi*|bezużyteczn*|mam dosyć"),
        (Marks::SUBJECT.or(Marks::GAP), "ja|my"),
        (
            Marks::GAP,
            "z|ze|do|o|na|mnie|się|mi|proszę|teraz|bezpośrednio|prawdziwy*|prawdziwą|żywy*|żywą|innym|inną|jakimś|jakąś|kimś|w|waszym|państwa|natychmiast|pan|pani|być",
        ),
        (
            Marks::BARE.or(Marks::GAP),
            "proszę|dzień dobry|cześć|tak|nie|teraz|natychmiast|dziękuję|ok|hej|witam|pilne|szybko",
        ),
        (Marks::FIRM.or(Marks::GAP).or(Marks::BARE), "prawdziwy*|prawdziwą|żywy*|żywą"),
        (Marks::AFTER, "w|o|z|który|która|żeby|bo|teraz|proszę|natychmiast|dzisiaj|na|od|i"),
        (Marks::EXIST, "czy jest|jest|czy są|macie|czy macie"),
        (Marks::HELP, "pomóc|pomoże|mi pomóc"),
        (Marks::CALL, "zadzwoni|do mnie zadzwoni|oddzwoni|się ze mną skontaktuje"),
        (Marks::CAN, "czy|niech|może"),
        (
            Marks::OTHER,
            "mój|moja|moje|jesteś|czy jesteś|pan jest|wczoraj|tydzień temu|w zeszłym tygodniu|powiedział|powiedziała|rozmawiałem|rozmawiałam|mówił|obiecał|już|agent ubezpieczeniowy|biuro podróży|zasoby ludzkie\
             |przyjaciel*|jestem|pieniądze|czy muszę|czy rozmawiam",
        ),
        (Marks::BREAK, "ale|bo|więc|ponieważ"),
    ],
};

pub(super) const RUSSIAN: Table = Table {
    language: "ru",
    order: Order::Free,
    words: &[
        (
            Marks::WANT,
            "хочу|хотел бы|хотела бы|нужен|нужна|нужно|мне нужен|мне надо|надо|требую|прошу|необходимо|желаю|хотелось бы|предпочитаю",
        ),
        (Marks::GIVE, "дайте|дай|позовите|позови|пригласите|пригласи|подключите|подключи|вызовите|нужен мне"),
        (
            Marks::ABLE,
            "можно|могу|могу ли я|можно ли|как|как мне|можете|не могу|возможно|возможно ли|помогите|как можно|пытаюсь",
        ),
        (
            Marks::REACH,
            "поговорить|говорить|пообщаться|общаться|связаться|связь|разговор|побеседовать|обсудить|переговорить|написать|дозвониться|связи|поговорю",
        ),
        (
            Marks::MOVE,
            "переведите|переведи|переведите меня|переключите|переключи|переключите меня|соедините|соедини|соедините меня|свяжите меня|свяжите|свяжи меня|передайте|переведите на|соединить меня|перевести меня",
        ),
        (Marks::CARRY, "соединить|перевести|переключить|связать"),
        (Marks::ESCALATE, "эскалация|эскалируйте|эскалировать"),
        (
            Marks::PERSON,
            "человек*|людьми|люди|оператор*|сотрудник*|агент|агентом|агента|менеджер*|консультант*|специалист*|представител*|руководител*|начальник*|живым человеком|живого человека|поддержкой клиентов\
             |службой поддержки|служба поддержки|службу поддержки|администратор*|супервайзер*|живой оператор",
        ),
        (Marks::SOMEONE, "кем то|кем нибудь|кого нибудь|кто нибудь|поддержкой|поддержка|поддержку|техподдержк*|кто то"),
        (Marks::BOT, "бот*|робот*|машин*|чатбот*|компьютер*|программ*|автоответчик*"),
        (Marks::NOT, "не|нет|без|не надо|не нужно|не нужен|вместо"),
        (Marks::AVERSE, "ненавижу|хватит|надоел*|тупой|тупым|бесполезн*|достал*"),
        (Marks::SUBJECT.or(Marks::GAP), "я|мы"),
        (
            Marks::GAP,
            "с|со|на|к|мне|меня|нам|пожалуйста|живым|живого|живой|реальным|реального|настоящим|вашим|ваш|другим|каким то|срочно|сейчас|прямо|бы|ли|это|то|вы|ты|сразу|уже|по",
        ),
        (
            Marks::BARE.or(Marks::GAP),
            "пожалуйста|плиз|здравствуйте|привет|добрый день|да|нет|сейчас|срочно|спасибо|ок|быстро|алло",
        ),
        (
            Marks::FIRM.or(Marks::GAP).or(Marks::BARE),
            "живой|живого|живым|живому|реальный|реальным|реального|настоящий|настоящим|настоящего",
        ),
        (
            Marks::AFTER,
            "по|о|об|который|потому|чтобы|сейчас|пожалуйста|срочно|сегодня|из|для|в|на|и|позовите|нужен|мне|позови",
        ),
        (Marks::EXIST, "есть ли|есть|у вас есть|имеется"),
        (Marks::HELP, "помочь|поможет|помог|помогите"),
        (Marks::CALL, "позвонит|перезвонит|позвонить мне|свяжется|перезвонил|ответит"),
        (Marks::CAN, "пусть|может|чтобы"),
        (
            Marks::OTHER,
            "мой|моя|моего|моим|ты робот|вы робот|ты человек|вы человек|это человек|это робот|вчера|неделе|неделю|месяц|назад|сказал|сказала|сказали|говорил|говорила|звонил|звонила|обещал|обещали|уже|турагент*\
             |страховой агент|отдел кадров|друг*|я агент|деньги|должен ли|права человека|на человека|прошлой",
        ),
        (Marks::BREAK, "но|потому что|а|поэтому"),
    ],
};

pub(super) const TURKISH: Table = Table {
    language: "tr",
    order: Order::Free,
    words: &[
        (
            Marks::WANT,
            "istiyorum|isterim|istiyoruz|lazım|gerek|gerekiyor|ihtiyacım var|istemekteyim|rica ediyorum|rica ederim|lütfen",
        ),
        (Marks::GIVE, "verin|ver|çağır|çağırın|bulun|bana verin"),
        (
            Marks::ABLE,
            "miyim|mıyım|edebilir miyim|konuşabilir miyim|görüşebilir miyim|mümkün mü|nasıl|olur mu|misiniz|mısınız|edemiyorum|ulaşamıyorum",
        ),
        (
            Marks::REACH,
            "konuşmak|görüşmek|konuşayım|konuşabilir|görüşebilir|konuşabilir miyim|ulaşmak|yazışmak|iletişime geçmek|bağlanmak|ulaşabilirim|konuşabilirim|görüşebilirim|konuşalım|iletişim",
        ),
        (
            Marks::MOVE,
            "bağla|bağlayın|bağlar mısınız|bağlar mısın|aktar|aktarın|aktarır mısınız|yönlendir|yönlendirin|yönlendirir misiniz|beni bağla|beni bağlayın|bağlanmak istiyorum|bağlanabilir miyim|bağlayabilir misiniz",
        ),
        (
            Marks::PERSON,
            "insan|insanla|insana|insanı|insanlarla|insanlar|temsilci*|müşteri temsilci*|yetkili*|operatör*|görevli*|canlı destek*|müşteri hizmetleri*|danışman*|yönetici*|müdür*|gerçek bir insan*|gerçek kişi*|gerçek biri*|çalışan*|personel|personelle|uzman|uzmanla",
        ),
        (Marks::SOMEONE, "biri|biriyle|birisiyle|birine|kimse|kişi*|destek|ekip*"),
        (
            Marks::BOT,
            "bot|botla|botlarla|botu|bota|robot|robotla|robotlarla|makine|makineyle|makineye|chatbot|chatbotla|bilgisayarla",
        ),
        (Marks::NOT, "değil|istemiyorum|gerek yok|yok|gerekmiyor|istemem|olmasın"),
        (Marks::AVERSE, "istemiyorum|bıktım|nefret*|saçma*|yeter*"),
        (Marks::SUBJECT.or(Marks::GAP), "ben|biz"),
        (
            Marks::GAP,
            "bir|ile|beni|bana|bizi|gerçek|canlı|lütfen|hemen|şimdi|doğrudan|artık|sadece|size|sizin|bu|da|de|mi|mı",
        ),
        (
            Marks::BARE.or(Marks::GAP),
            "lütfen|merhaba|selam|evet|hayır|hemen|şimdi|bir|teşekkürler|acil|iyi günler|tamam",
        ),
        (Marks::FIRM.or(Marks::GAP).or(Marks::BARE), "gerçek|canlı|hakiki"),
        (Marks::AFTER, "ile|lütfen|hemen|şimdi|var|istiyorum|lazım|bağla*"),
        (Marks::EXIST, "var mı|yok mu|varmı"),
        (Marks::CALL, "beni arasın|arasın|aramasını"),
        (
            Marks::OTHER,
            "geçen|dün|aradı|söyledi|dedi|konuştum|görüştüm|musun|misin|misin|sen|siz misiniz|benim|arkadaş*|seyahat*|insan kaynakları*|hafta|sigorta temsilcisi|mısın",
        ),
        (Marks::BREAK, "ama|fakat|çünkü"),
    ],
};

pub(super) const ARABIC: Table = Table {
    language: "ar",
    order: Order::VerbFirst,
    words: &[
        (Marks::WANT, "اريد|أريد|ارغب|أرغب|احتاج|أحتاج|ابي|ابغى|عايز|عاوز|بدي|محتاج|اود|أود|ابغي|نريد|اطلب|أطلب|عايزة"),
        (Marks::GIVE, "اعطني|أعطني|اعطيني|جيب لي|هات"),
        (Marks::ABLE, "ممكن|هل يمكنني|هل استطيع|كيف|كيف يمكنني|هل بإمكاني|هل يمكن|لا استطيع|ساعدني|يمكنني|اقدر|اقدر"),
        (
            Marks::REACH,
            "التحدث|اتحدث|أتحدث|الكلام|اتكلم|أتكلم|التواصل|اتواصل|أتواصل|اكلم|أكلم|محادثة|التكلم|الاتصال|اتصل|تحدث|ان اتحدث|ان اتكلم|احكي|الحديث",
        ),
        (Marks::MOVE, "حولني|حوّلني|حولوني|تحويلي|وصلني|وصلوني|اوصلني|ربطني|حول المحادثة|تحويل المحادثة|صلني"),
        (Marks::CARRY, "تحويل|توصيل"),
        (Marks::ESCALATE, "تصعيد|صعّد|صعد"),
        (
            Marks::PERSON,
            "شخص|شخص حقيقي|انسان|إنسان|بشري|بشر|موظف|الموظف|موظفين|ممثل|وكيل|مندوب|مشرف|المشرف|مدير|المدير|خدمة العملاء|خدمه العملاء|لموظف|لشخص|لمشرف|لمدير|لخدمة العملاء|الدعم البشري|مسؤول|المسؤول|موظف خدمة العملاء|لممثل\
             |ممثل خدمة العملاء|بموظف|بشخص|بخدمة العملاء|اخصائي",
        ),
        (Marks::SOMEONE, "احد|أحد|احدهم|الدعم|حد|فريق الدعم|للدعم|الدعم الفني"),
        (Marks::BOT, "روبوت|بوت|الة|آلة|الروبوت|البوت|كمبيوتر|برنامج"),
        (Marks::NOT, "لا|لا اريد|مش|ما ابي|بدون|لن|لا احتاج|ما احتاج|مو|ليس"),
        (Marks::AVERSE, "اكره|مللت|سئمت|غبي"),
        (Marks::SUBJECT.or(Marks::GAP), "انا|أنا|نحن"),
        (Marks::GAP, "مع|الى|إلى|ان|أن|من|في|لي|معي|الان|الآن|فضلك|من فضلك|حقيقي|بشري|على|لو|سمحت|عن|طريق|مباشرة|ب|ل"),
        (Marks::BARE.or(Marks::GAP), "من فضلك|لو سمحت|رجاء|الان|الآن|مرحبا|السلام عليكم|نعم|شكرا|حالا|فورا|ارجوك|بسرعة"),
        (Marks::FIRM.or(Marks::GAP).or(Marks::BARE), "حقيقي|بشري|حقيقية"),
        (Marks::AFTER, "من|في|عن|بخصوص|الان|الآن|فورا|لان|بشأن|حالا|لو|حقيقي|بشري|ل|يساعدني"),
        (Marks::EXIST, "هل يوجد|هل هناك|في|عندكم|هل لديكم"),
        (Marks::HELP, "يساعدني|مساعدتي|لمساعدتي"),
        (Marks::CALL, "يتصل بي|يكلمني|يتواصل معي|الاتصال بي"),
        (
            Marks::OTHER,
            "هل انت|هل أنت|انت|أنت|كلمني|كلمت|قال|قالت|امس|أمس|الماضي|الماضية|الأسبوع|تحدثت|اخبرني|وعدني|صديقي|وكيل سفر|الموارد البشرية|حقوق الانسان|صديق|زوجي|زوجتي",
        ),
        (Marks::BREAK, "لكن|لان|ولكن"),
    ],
};

pub(super) const HINDI: Table = Table {
    language: "hi",
    order: Order::Free,
    words: &[
        (
            Marks::WANT,
            "चाहता|चाहती|चाहिए|चाहते|करनी है|करना है|chahiye|chahta|chahti|karni hai|karna hai|chahta hu|chahta hoon|mangta|ज़रूरत|जरूरत|करवानी है",
        ),
        (Marks::GIVE, "दीजिए|दो|बुलाओ|बुलाइए|bulao|dijiye|bulaiye"),
        (Marks::ABLE, "सकता|सकती|सकते|कैसे|kaise|sakta|sakti|sakte|मदद"),
        (Marks::REACH, "बात|बातचीत|संपर्क|baat|chat|sampark|contact|बोलना|call"),
        (
            Marks::MOVE,
            "कनेक्ट करो|कनेक्ट करें|जोड़ो|जोड़ें|जोड़िए|connect karo|connect kare|connect kardo|connect karwao|connect karao|transfer karo|transfer kare|ट्रांसफर करें|ट्रांसफर करो|करवाओ|करवाइए|karwao|karvao|karao|कराओ|कराइए|कराएं|jodo|milao|connect kijiye",
        ),
        (
            Marks::PERSON,
            "इंसान|इन्सान|व्यक्ति|एजेंट|एजेन्ट|प्रतिनिधि|अधिकारी|कस्टमर केयर|मैनेजर|ऑपरेटर|कर्मचारी|ग्राहक सेवा|insaan|insan|agent|customer care|manager|executive|aadmi|आदमी|सुपरवाइजर|टीम|kisi insaan",
        ),
        (Marks::SOMEONE, "किसी|kisi|कोई"),
        (Marks::BOT, "रोबोट|बॉट|मशीन|robot|bot|machine"),
        (Marks::NOT, "नहीं|मत|nahi|nahin|mat|ना"),
        (Marks::SUBJECT.or(Marks::GAP), "मैं|मुझे|हम|main|mujhe|mai|mujhko"),
        (
            Marks::GAP,
            "से|के|को|साथ|की|का|असली|एक|किसी|मेरी|हूँ|हूं|है|अभी|सीधे|se|ke|ko|ek|kisi|asli|meri|abhi|hai|hu|hoon|ji|लाइव|real",
        ),
        (Marks::BARE.or(Marks::GAP), "कृपया|प्लीज|नमस्ते|हाँ|अभी|जल्दी|please|abhi|jaldi|plz|धन्यवाद"),
        (Marks::FIRM.or(Marks::GAP).or(Marks::BARE), "असली|सच्चे|asli|लाइव"),
        (Marks::AFTER, "से|को|की|के|का|se|ko|ki|ke|चाहिए|chahiye|अभी|बुलाओ|bulao"),
        (
            Marks::OTHER,
            "क्या तुम|क्या आप|kya tum|kya aap|कल|पिछले|पहले|कहा|बोला|की थी|kal|pichle|kaha|bola|मेरा|मेरे|दोस्त|hua|हुई|थी|था|tha|thi|ट्रैवल एजेंट|travel agent|मानव संसाधन",
        ),
        (Marks::BREAK, "लेकिन|क्योंकि|lekin|kyunki|पर"),
    ],
};

pub(super) const SWEDISH: Table = Table {
    language: "sv",
    order: Order::Fixed,
    words: &[
        (Marks::WANT, "vill|skulle vilja|behöver|önskar|kräver|föredrar|måste|vill gärna|hellre"),
        (Marks::GIVE, "ge mig|kan jag få|hämta"),
        (
            Marks::ABLE,
            "kan jag|får jag|hur kan jag|hur får jag|hur|går det att|är det möjligt att|låt mig|hjälp mig|hjälp|försöker|kan inte|skulle jag kunna",
        ),
        (Marks::REACH, "prata|tala|chatta|kontakta|kontakt|nå|snacka|samtal|prata direkt|komma i kontakt"),
        (
            Marks::MOVE,
            "koppla mig|kan du koppla mig|koppla mig vidare|överför mig|skicka mig vidare|bli kopplad|sätt mig i kontakt|koppla vidare",
        ),
        (Marks::CARRY, "koppla|överföra"),
        (Marks::ESCALATE, "eskalera"),
        (
            Marks::PERSON,
            "människa|människor|agent|handläggare|medarbetare|kundtjänst|kundservice|riktig person|riktig människa|operatör|chef|rådgivare|representant|kundtjänstmedarbetare|supportmedarbetare|levande person|er personal",
        ),
        (Marks::SOMEONE, "någon|nån|person|support|supporten|personal|någon annan|kollega"),
        (Marks::BOT, "bot|robot|maskin|chatbot|dator|botten"),
        (Marks::NOT, "inte|ingen|aldrig|utan|behöver inte|istället för|inget"),
        (Marks::AVERSE, "hatar|trött på|värdelös|dum"),
        (Marks::SUBJECT.or(Marks::GAP), "jag|vi"),
        (
            Marks::GAP,
            "med|en|ett|till|er|din|ditt|någon|på|av|direkt|nu|få|att|i|mig|oss|du|ni|riktig|annan|snälla|tack|kan du|kan ni",
        ),
        (Marks::BARE.or(Marks::GAP), "tack|snälla|hej|ja|nej|nu|ok|en|ett|omedelbart|direkt|god dag"),
        (Marks::FIRM.or(Marks::GAP).or(Marks::BARE), "riktig|riktiga|levande|mänsklig|verklig"),
        (Marks::AFTER, "om|angående|som|på|i|från|nu|tack|snälla|idag|för|och|istället|direkt"),
        (Marks::EXIST, "finns det|har ni"),
        (Marks::HELP, "hjälpa|hjälper"),
        (Marks::CALL, "ringa mig|ringer mig|kontakta mig"),
        (Marks::CAN, "kan"),
        (
            Marks::OTHER,
            "min|mitt|mina|är du|pratar jag|är det|måste jag|ska jag|igår|förra|sa|sade|pratade|talade|resebyrå|mäklare|jag är|vän|fru|om jag|ringde|per person",
        ),
        (Marks::BREAK, "men|för att|eftersom|så"),
    ],
};
