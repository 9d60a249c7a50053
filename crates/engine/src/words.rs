//! What Baton itself says to customers, in their language. Languages without words here get English.

use std::fmt::Write;

use baton_core::{AgentId, Alternative, Language, NobodyReason, Notice, WaitEstimate};

/// The sentences of one language. `{place}`, `{likely}`, `{most}` and `{name}` are filled in.
struct Words {
    queued: &'static str,
    next: &'static str,
    wait: &'static str,
    nobody: &'static str,
    /// Why nobody is there; what can be done meanwhile follows in `instead`.
    shut: &'static str,
    closing: &'static str,
    full: &'static str,
    instead: &'static str,
    long: &'static str,
    or_message: &'static str,
    or_callback: &'static str,
    joined: &'static str,
    again: &'static str,
    transferred: &'static str,
    back: &'static str,
    contact: &'static str,
    callback: &'static str,
    closed: &'static str,
    minutes: &'static str,
    /// Where a language says a few of them in another way.
    few_minutes: Option<&'static str>,
    one_minute: &'static str,
}

const ENGLISH: Words = Words {
    queued: "A person is coming. You are number {place} in line.",
    next: "A person is coming. You are next.",
    wait: " It will likely take {likely}, at most about {most}.",
    nobody: "Nobody is available right now. You can leave a message with your e-mail address, or go on with the bot.",
    shut: "We are closed right now.",
    closing: "We close too soon to promise you a person today.",
    full: "So many people are waiting that we cannot take more right now.",
    instead: " You can leave a message with your e-mail address, or go on with the bot.",
    long: "This takes longer than it should, and we are sorry. You keep your place.",
    or_message: " If you like, leave a message with your e-mail address, and a person will answer later.",
    or_callback: " If you like, leave your telephone number, and a person will call you back.",
    joined: "You are talking to {name}, a person, who has read this conversation.",
    again: "You are waiting for a person again and kept your place: number {place} in line.",
    transferred: "You are being passed on to a colleague, who gets the whole conversation.",
    back: "The bot answers again. You can ask for a person at any time.",
    contact: "Thank you. Your message is taken down and a person will answer you by e-mail or here.",
    callback: "Thank you. A person will call you back at the number you gave.",
    closed: "This conversation has ended.",
    minutes: "{n} minutes",
    few_minutes: None,
    one_minute: "a minute",
};

const SPANISH: Words = Words {
    queued: "Una persona te atenderá. Eres el número {place} de la cola.",
    next: "Una persona te atenderá. Te toca ya.",
    wait: " Probablemente tarde {likely}, como mucho unos {most}.",
    nobody: "Ahora mismo no hay nadie disponible. Puedes dejar un mensaje con tu correo electrónico o seguir con el bot.",
    shut: "Ahora mismo está cerrado.",
    closing: "Cerramos demasiado pronto para prometerte hoy una persona.",
    full: "Espera tanta gente que ahora no podemos admitir a más.",
    instead: " Puedes dejar un mensaje con tu correo electrónico o seguir con el bot.",
    long: "Esto tarda más de lo que debería y lo sentimos. Conservas tu sitio.",
    or_message: " Si quieres, deja un mensaje con tu correo electrónico y una persona te responderá más tarde.",
    or_callback: " Si quieres, deja tu teléfono y una persona te llamará.",
    joined: "Hablas con {name}, una persona, que ha leído esta conversación.",
    again: "Vuelves a esperar a una persona y conservas tu sitio: número {place} de la cola.",
    transferred: "Te pasamos con otra persona del equipo, que recibe toda la conversación.",
    back: "El bot vuelve a responder. Puedes pedir una persona cuando quieras.",
    contact: "Gracias. Hemos anotado tu mensaje y una persona te responderá por correo o aquí.",
    callback: "Gracias. Una persona te llamará al número que nos has dado.",
    closed: "Esta conversación ha terminado.",
    minutes: "{n} minutos",
    few_minutes: None,
    one_minute: "un minuto",
};

const FRENCH: Words = Words {
    queued: "Une personne va vous répondre. Vous êtes numéro {place} dans la file.",
    next: "Une personne va vous répondre. C'est bientôt votre tour.",
    wait: " Cela prendra sans doute {likely}, au plus environ {most}.",
    nobody: "Personne n'est disponible pour le moment. Vous pouvez laisser un message avec votre adresse e-mail ou continuer avec le bot.",
    shut: "Nous sommes fermés pour le moment.",
    closing: "Nous fermons trop tôt pour vous promettre quelqu'un aujourd'hui.",
    full: "Trop de personnes attendent pour que nous puissions en accueillir d'autres.",
    instead: " Vous pouvez laisser un message avec votre adresse e-mail ou continuer avec le bot.",
    long: "Cela prend plus de temps que prévu, et nous en sommes désolés. Vous gardez votre place.",
    or_message: " Si vous préférez, laissez un message avec votre adresse e-mail : une personne vous répondra plus tard.",
    or_callback: " Si vous préférez, laissez votre numéro de téléphone : une personne vous rappellera.",
    joined: "Vous parlez avec {name}, une personne, qui a lu cette conversation.",
    again: "Vous attendez à nouveau une personne et gardez votre place : numéro {place} dans la file.",
    transferred: "Nous vous passons un collègue, qui reçoit toute la conversation.",
    back: "Le bot répond à nouveau. Vous pouvez demander une personne à tout moment.",
    contact: "Merci. Votre message est noté et une personne vous répondra par e-mail ou ici.",
    callback: "Merci. Une personne vous rappellera au numéro indiqué.",
    closed: "Cette conversation est terminée.",
    minutes: "{n} minutes",
    few_minutes: None,
    one_minute: "une minute",
};

const GERMAN: Words = Words {
    queued: "Gleich kümmert sich ein Mensch. Sie sind Nummer {place} in der Reihe.",
    next: "Gleich kümmert sich ein Mensch. Sie sind als Nächstes dran.",
    wait: " Es dauert voraussichtlich {likely}, höchstens etwa {most}.",
    nobody: "Im Moment ist niemand da. Sie können eine Nachricht mit Ihrer E-Mail-Adresse hinterlassen oder mit dem Bot weitermachen.",
    shut: "Im Moment ist geschlossen.",
    closing: "Wir schließen zu bald, um Ihnen heute noch jemanden zu versprechen.",
    full: "Es warten so viele, dass wir gerade niemanden mehr aufnehmen können.",
    instead: " Sie können eine Nachricht mit Ihrer E-Mail-Adresse hinterlassen oder mit dem Bot weitermachen.",
    long: "Es dauert länger, als es sollte; das tut uns leid. Sie behalten Ihren Platz.",
    or_message: " Wenn Sie möchten, hinterlassen Sie eine Nachricht mit Ihrer E-Mail-Adresse; ein Mensch antwortet später.",
    or_callback: " Wenn Sie möchten, hinterlassen Sie Ihre Telefonnummer; ein Mensch ruft Sie zurück.",
    joined: "Sie sprechen mit {name}, einem Menschen, und das Gespräch ist dort gelesen.",
    again: "Sie warten wieder auf einen Menschen und behalten Ihren Platz: Nummer {place} in der Reihe.",
    transferred: "Sie werden an das richtige Team weitergegeben, mit dem ganzen Gespräch.",
    back: "Der Bot antwortet wieder. Sie können jederzeit nach einem Menschen fragen.",
    contact: "Danke. Ihre Nachricht ist notiert; ein Mensch antwortet Ihnen per E-Mail oder hier.",
    callback: "Danke. Ein Mensch ruft Sie unter der angegebenen Nummer zurück.",
    closed: "Dieses Gespräch ist beendet.",
    minutes: "{n} Minuten",
    few_minutes: None,
    one_minute: "eine Minute",
};

const PORTUGUESE: Words = Words {
    queued: "Uma pessoa vai atender você. Você é o número {place} da fila.",
    next: "Uma pessoa vai atender você. Você é o próximo atendimento.",
    wait: " Deve levar {likely}, no máximo cerca de {most}.",
    nobody: "Não há ninguém disponível agora. Você pode deixar uma mensagem com seu e-mail ou continuar com o bot.",
    shut: "No momento estamos fechados.",
    closing: "Fechamos cedo demais para prometer alguém hoje.",
    full: "Há tanta gente esperando que não podemos receber mais agora.",
    instead: " Você pode deixar uma mensagem com seu e-mail ou continuar com o bot.",
    long: "Está demorando mais do que deveria, e pedimos desculpas. Você mantém seu lugar.",
    or_message: " Se preferir, deixe uma mensagem com seu e-mail e uma pessoa responderá depois.",
    or_callback: " Se preferir, deixe seu telefone e uma pessoa ligará para você.",
    joined: "Você está falando com {name}, uma pessoa, que leu esta conversa.",
    again: "Você espera de novo por uma pessoa e manteve seu lugar: número {place} da fila.",
    transferred: "Vamos passar você a um colega, que recebe toda a conversa.",
    back: "O bot volta a responder. Você pode pedir uma pessoa a qualquer momento.",
    contact: "Obrigado. Sua mensagem foi anotada e uma pessoa responderá por e-mail ou aqui.",
    callback: "Obrigado. Uma pessoa ligará para o número informado.",
    closed: "Esta conversa terminou.",
    minutes: "{n} minutos",
    few_minutes: None,
    one_minute: "um minuto",
};

const ITALIAN: Words = Words {
    queued: "Una persona sta arrivando. Sei il numero {place} in coda.",
    next: "Una persona sta arrivando. Tocca a te.",
    wait: " Ci vorrà probabilmente {likely}, al massimo circa {most}.",
    nobody: "Al momento non c'è nessuno. Puoi lasciare un messaggio con il tuo indirizzo e-mail o continuare con il bot.",
    shut: "Al momento siamo chiusi.",
    closing: "Chiudiamo troppo presto per prometterti una persona oggi.",
    full: "C'è così tanta gente in attesa che ora non possiamo accogliere altri.",
    instead: " Puoi lasciare un messaggio con il tuo indirizzo e-mail o continuare con il bot.",
    long: "Ci vuole più del dovuto e ci dispiace. Mantieni il tuo posto.",
    or_message: " Se vuoi, lascia un messaggio con il tuo indirizzo e-mail e una persona risponderà più tardi.",
    or_callback: " Se vuoi, lascia il tuo numero di telefono e una persona ti richiamerà.",
    joined: "Stai parlando con {name}, una persona, che ha letto questa conversazione.",
    again: "Aspetti di nuovo una persona e mantieni il tuo posto: numero {place} in coda.",
    transferred: "Ti passiamo a un collega, che riceve tutta la conversazione.",
    back: "Il bot risponde di nuovo. Puoi chiedere una persona in qualsiasi momento.",
    contact: "Grazie. Il tuo messaggio è annotato e una persona ti risponderà per e-mail o qui.",
    callback: "Grazie. Una persona ti richiamerà al numero indicato.",
    closed: "Questa conversazione è terminata.",
    minutes: "{n} minuti",
    few_minutes: None,
    one_minute: "un minuto",
};

const DUTCH: Words = Words {
    queued: "Er komt iemand aan. U bent nummer {place} in de rij.",
    next: "Er komt iemand aan. U bent als volgende aan de beurt.",
    wait: " Het duurt waarschijnlijk {likely}, hooguit ongeveer {most}.",
    nobody: "Er is nu niemand beschikbaar. U kunt een bericht met uw e-mailadres achterlaten of met de bot verdergaan.",
    shut: "We zijn nu gesloten.",
    closing: "We sluiten te snel om u vandaag nog iemand te beloven.",
    full: "Er wachten zoveel mensen dat we er nu niemand bij kunnen nemen.",
    instead: " U kunt een bericht met uw e-mailadres achterlaten of met de bot verdergaan.",
    long: "Het duurt langer dan zou moeten; dat spijt ons. U houdt uw plaats.",
    or_message: " Als u wilt, laat dan een bericht met uw e-mailadres achter; iemand antwoordt later.",
    or_callback: " Als u wilt, laat dan uw telefoonnummer achter; iemand belt u terug.",
    joined: "U praat met {name}, een mens, die dit gesprek heeft gelezen.",
    again: "U wacht weer op een mens en houdt uw plaats: nummer {place} in de rij.",
    transferred: "U wordt doorgegeven aan een collega, die het hele gesprek krijgt.",
    back: "De bot antwoordt weer. U kunt altijd om een mens vragen.",
    contact: "Dank u. Uw bericht is genoteerd en iemand antwoordt per e-mail of hier.",
    callback: "Dank u. Iemand belt u terug op het opgegeven nummer.",
    closed: "Dit gesprek is afgelopen.",
    minutes: "{n} minuten",
    few_minutes: None,
    one_minute: "een minuut",
};

const CHINESE: Words = Words {
    queued: "人工客服即将接入。您排在第 {place} 位。",
    next: "人工客服即将接入。下一位就是您。",
    wait: "预计等待{likely}，最多约{most}。",
    nobody: "目前没有人工客服在线。您可以留言并留下电子邮箱，或继续与机器人对话。",
    shut: "目前不在服务时间。",
    closing: "即将下班，今天无法保证为您接入人工客服。",
    full: "目前排队人数过多，暂时无法再接待。",
    instead: "您可以留言并留下电子邮箱，或继续与机器人对话。",
    long: "等待时间超出预期，非常抱歉。您的位置仍然保留。",
    or_message: "您也可以留言并留下电子邮箱，稍后会有人回复您。",
    or_callback: "您也可以留下电话号码，我们会给您回电。",
    joined: "现在由真人客服 {name} 为您服务，对方已阅读本次对话。",
    again: "您重新等待人工客服，位置保留：第 {place} 位。",
    transferred: "正在为您转接同事，对方会收到完整对话。",
    back: "机器人将继续为您回答。您可以随时要求人工客服。",
    contact: "谢谢。您的留言已记录，我们会通过电子邮件或在此回复您。",
    callback: "谢谢。我们会拨打您留下的号码给您回电。",
    closed: "本次对话已结束。",
    minutes: "{n} 分钟",
    few_minutes: None,
    one_minute: "1 分钟",
};

const JAPANESE: Words = Words {
    queued: "担当者におつなぎします。順番は {place} 番目です。",
    next: "担当者におつなぎします。次がお客様の番です。",
    wait: "お待ち時間の目安は{likely}、長くても約{most}です。",
    nobody: "ただいま対応できる担当者がおりません。メールアドレスとメッセージを残すか、ボットとの会話を続けられます。",
    shut: "ただいま営業時間外です。",
    closing: "まもなく終了するため、本日中のご対応をお約束できません。",
    full: "お待ちの方が多く、ただいま新たにお受けできません。",
    instead: "メールアドレスとメッセージを残すか、ボットとの会話を続けられます。",
    long: "お待たせして申し訳ございません。順番はそのままです。",
    or_message: "よろしければメールアドレスとメッセージをお残しください。後ほど担当者が返信します。",
    or_callback: "よろしければ電話番号をお残しください。担当者が折り返しお電話します。",
    joined: "担当者の {name}（人間）が対応します。これまでの会話は確認済みです。",
    again: "再び担当者をお待ちいただきます。順番はそのままです：{place} 番目。",
    transferred: "別の担当者におつなぎします。会話の内容は引き継がれます。",
    back: "ボットが再び応答します。いつでも担当者を呼び出せます。",
    contact: "ありがとうございます。メッセージを承りました。担当者がメールまたはこちらで返信します。",
    callback: "ありがとうございます。いただいた番号に担当者が折り返しお電話します。",
    closed: "この会話は終了しました。",
    minutes: "{n}分",
    few_minutes: None,
    one_minute: "1分",
};

const POLISH: Words = Words {
    queued: "Zaraz ktoś odpowie. Twoje miejsce w kolejce: {place}.",
    next: "Zaraz ktoś odpowie. Twoja kolej jest następna.",
    wait: " Potrwa to prawdopodobnie {likely}, najwyżej około {most}.",
    nobody: "Teraz nikogo nie ma. Możesz zostawić wiadomość z adresem e-mail albo rozmawiać dalej z botem.",
    shut: "Teraz jest zamknięte.",
    closing: "Zamykamy zbyt niedługo, by obiecać dziś rozmowę z człowiekiem.",
    full: "Czeka tyle osób, że teraz nie możemy przyjąć następnych.",
    instead: " Możesz zostawić wiadomość z adresem e-mail albo rozmawiać dalej z botem.",
    long: "Trwa to dłużej, niż powinno; przepraszamy. Zachowujesz swoje miejsce.",
    or_message: " Jeśli chcesz, zostaw wiadomość z adresem e-mail, a ktoś odpowie później.",
    or_callback: " Jeśli chcesz, zostaw numer telefonu, a ktoś oddzwoni.",
    joined: "Rozmawiasz z człowiekiem: {name}. Ta osoba zna już tę rozmowę.",
    again: "Znowu czekasz na człowieka i zachowujesz swoje miejsce w kolejce: {place}.",
    transferred: "Przekazujemy rozmowę komuś innemu z zespołu, razem z całą jej treścią.",
    back: "Znowu odpowiada bot. O człowieka możesz poprosić w każdej chwili.",
    contact: "Dziękujemy. Wiadomość jest zapisana i ktoś odpowie e-mailem albo tutaj.",
    callback: "Dziękujemy. Ktoś oddzwoni pod podany numer.",
    closed: "Ta rozmowa jest zakończona.",
    minutes: "{n} minut",
    few_minutes: Some("{n} minuty"),
    one_minute: "minutę",
};

const TURKISH: Words = Words {
    queued: "Bir kişi size yanıt verecek. Sıradaki yeriniz: {place}.",
    next: "Bir kişi size yanıt verecek. Sıradaki sizsiniz.",
    wait: " Tahminen {likely}, en çok yaklaşık {most} sürer.",
    nobody: "Şu anda kimse yok. E-posta adresinizle bir mesaj bırakabilir veya botla devam edebilirsiniz.",
    shut: "Şu anda kapalıyız.",
    closing: "Birazdan kapatıyoruz; bugün size bir kişi sözü veremeyiz.",
    full: "O kadar çok kişi bekliyor ki şu anda daha fazlasını alamıyoruz.",
    instead: " E-posta adresinizle bir mesaj bırakabilir veya botla devam edebilirsiniz.",
    long: "Bu olması gerekenden uzun sürüyor, özür dileriz. Yeriniz duruyor.",
    or_message: " İsterseniz e-posta adresinizle bir mesaj bırakın, bir kişi daha sonra yanıtlasın.",
    or_callback: " İsterseniz telefon numaranızı bırakın, bir kişi sizi arasın.",
    joined: "Şimdi bir insanla konuşuyorsunuz: {name}. Bu konuşmayı okudu.",
    again: "Yeniden bir kişiyi bekliyorsunuz ve yeriniz duruyor: sırada {place}.",
    transferred: "Bir ekip arkadaşımıza aktarılıyorsunuz; konuşmanın tamamı ona iletilir.",
    back: "Yeniden bot yanıtlıyor. İstediğiniz zaman bir kişi isteyebilirsiniz.",
    contact: "Teşekkürler. Mesajınız kaydedildi; bir kişi e-postayla veya burada yanıtlayacak.",
    callback: "Teşekkürler. Bir kişi verdiğiniz numaradan sizi arayacak.",
    closed: "Bu konuşma sona erdi.",
    minutes: "{n} dakika",
    few_minutes: None,
    one_minute: "bir dakika",
};

const ARABIC: Words = Words {
    queued: "سيرد عليك شخص قريبًا. ترتيبك في الطابور: {place}.",
    next: "سيرد عليك شخص قريبًا. أنت التالي.",
    wait: " المدة المتوقعة {likely}، وعلى الأكثر نحو {most}.",
    nobody: "لا يوجد أحد متاح الآن. يمكنك ترك رسالة مع بريدك الإلكتروني أو المتابعة مع الروبوت.",
    shut: "نحن مغلقون الآن.",
    closing: "سنغلق قريبًا جدًا، فلا يمكننا أن نعدك بشخص اليوم.",
    full: "ينتظر عدد كبير من الناس ولا يمكننا قبول المزيد الآن.",
    instead: " يمكنك ترك رسالة مع بريدك الإلكتروني أو المتابعة مع الروبوت.",
    long: "يستغرق هذا وقتًا أطول مما ينبغي، ونعتذر عن ذلك. مكانك محفوظ.",
    or_message: " إن أردت فاترك رسالة مع بريدك الإلكتروني، وسيرد عليك شخص لاحقًا.",
    or_callback: " إن أردت فاترك رقم هاتفك، وسيتصل بك شخص.",
    joined: "أنت الآن تتحدث مع شخص حقيقي: {name}، وقد قرأ هذه المحادثة.",
    again: "أنت تنتظر شخصًا من جديد ومكانك محفوظ: الترتيب {place} في الطابور.",
    transferred: "نحوّلك إلى زميل آخر، وستصله المحادثة كاملة.",
    back: "يجيب الروبوت من جديد. يمكنك طلب شخص في أي وقت.",
    contact: "شكرًا. سُجّلت رسالتك وسيرد عليك شخص بالبريد الإلكتروني أو هنا.",
    callback: "شكرًا. سيتصل بك شخص على الرقم الذي تركته.",
    closed: "انتهت هذه المحادثة.",
    minutes: "{n} دقيقة",
    few_minutes: Some("{n} دقائق"),
    one_minute: "دقيقة واحدة",
};

const KOREAN: Words = Words {
    queued: "곧 상담원이 연결됩니다. 대기 순서는 {place}번째입니다.",
    next: "곧 상담원이 연결됩니다. 다음 차례입니다.",
    wait: " 예상 대기 시간은 {likely}, 길어도 약 {most}입니다.",
    nobody: "지금은 상담 가능한 사람이 없습니다. 이메일 주소와 메시지를 남기거나 봇과 계속 대화하실 수 있습니다.",
    shut: "지금은 운영 시간이 아닙니다.",
    closing: "곧 운영이 끝나 오늘은 상담원 연결을 약속드릴 수 없습니다.",
    full: "대기 중인 분이 많아 지금은 더 받을 수 없습니다.",
    instead: " 이메일 주소와 메시지를 남기거나 봇과 계속 대화하실 수 있습니다.",
    long: "예상보다 오래 걸려 죄송합니다. 순서는 그대로 유지됩니다.",
    or_message: " 원하시면 이메일 주소와 메시지를 남겨 주세요. 나중에 상담원이 답변드립니다.",
    or_callback: " 원하시면 전화번호를 남겨 주세요. 상담원이 전화드립니다.",
    joined: "이제 상담원 {name}(사람)와 대화합니다. 지금까지의 대화를 읽었습니다.",
    again: "다시 상담원을 기다립니다. 순서는 그대로입니다: {place}번째.",
    transferred: "다른 상담원에게 연결합니다. 대화 내용이 모두 전달됩니다.",
    back: "다시 봇이 답변합니다. 언제든지 상담원을 요청하실 수 있습니다.",
    contact: "감사합니다. 메시지를 접수했으며 이메일이나 여기에서 답변드리겠습니다.",
    callback: "감사합니다. 남겨 주신 번호로 전화드리겠습니다.",
    closed: "대화가 종료되었습니다.",
    minutes: "{n}분",
    few_minutes: None,
    one_minute: "1분",
};

fn words(language: Language) -> &'static Words {
    match language.as_str() {
        "es" => &SPANISH,
        "fr" => &FRENCH,
        "de" => &GERMAN,
        "pt" => &PORTUGUESE,
        "it" => &ITALIAN,
        "nl" => &DUTCH,
        "zh" => &CHINESE,
        "ja" => &JAPANESE,
        "pl" => &POLISH,
        "tr" => &TURKISH,
        "ar" => &ARABIC,
        "ko" => &KOREAN,
        _ => &ENGLISH,
    }
}

/// A notice in words. `name` says what to call an agent. Moments (`opens_at`) are told by the client, which knows the
/// customer's time zone.
pub fn notice(notice: &Notice, language: Language, name: impl Fn(&AgentId) -> String) -> String {
    let words = words(language);
    match notice {
        Notice::Queued { position, wait } => {
            let mut text = if *position <= 1 { words.next.to_owned() } else { placed(words.queued, *position) };
            if let Some(wait) = wait {
                text.push_str(&waited(words, *wait, language));
            }
            text
        }
        Notice::NobodyAvailable { reason, .. } => match reason {
            None | Some(NobodyReason::NobodyAvailable) => words.nobody.to_owned(),
            Some(NobodyReason::Closed) => format!("{}{}", words.shut, words.instead),
            Some(NobodyReason::ClosingSoon) => format!("{}{}", words.closing, words.instead),
            Some(NobodyReason::Full) => format!("{}{}", words.full, words.instead),
        },
        Notice::LongWait { alternative } => {
            let offered = match alternative {
                Alternative::Message => words.or_message,
                Alternative::Callback => words.or_callback,
            };
            format!("{}{offered}", words.long)
        }
        Notice::AgentJoined { agent } => words.joined.replace("{name}", &name(agent)),
        Notice::WaitingAgain { position } => placed(words.again, *position),
        Notice::Transferred => words.transferred.to_owned(),
        Notice::BackToBot => words.back.to_owned(),
        Notice::ContactTaken { by: Alternative::Message } => words.contact.to_owned(),
        Notice::ContactTaken { by: Alternative::Callback } => words.callback.to_owned(),
        Notice::Closed => words.closed.to_owned(),
    }
}

fn placed(sentence: &str, position: u32) -> String {
    let mut place = String::new();
    let _ = write!(place, "{position}");
    sentence.replace("{place}", &place)
}

fn waited(words: &Words, wait: WaitEstimate, language: Language) -> String {
    let told = |seconds| minutes(words, seconds, language);
    words.wait.replace("{likely}", &told(wait.likely_s)).replace("{most}", &told(wait.at_most_s))
}

/// Whole minutes, rounded up: a promise is never shorter than the estimate.
fn minutes(words: &Words, seconds: u32, language: Language) -> String {
    match seconds.div_ceil(60) {
        0 | 1 => words.one_minute.to_owned(),
        many => {
            let few = words.few_minutes.filter(|_| is_few(many, language));
            few.unwrap_or(words.minutes).replace("{n}", &many.to_string())
        }
    }
}

/// The plural that the Unicode rules call "few": 2 to 4, 22 to 24 … in Polish, 3 to 10, 103 to 110 … in Arabic.
fn is_few(count: u32, language: Language) -> bool {
    match language.as_str() {
        "pl" => (2..=4).contains(&(count % 10)) && !(12..=14).contains(&(count % 100)),
        "ar" => (3..=10).contains(&(count % 100)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LANGUAGES: [&str; 13] = ["en", "es", "fr", "de", "pt", "it", "nl", "zh", "ja", "pl", "tr", "ar", "ko"];

    #[test]
    fn every_language_says_everything_and_fills_every_place() {
        let agent = AgentId::new("ana").unwrap();
        let wait = Some(WaitEstimate { likely_s: 61, at_most_s: 300 });
        let notices = [
            Notice::Queued { position: 3, wait },
            Notice::Queued { position: 1, wait: None },
            Notice::NobodyAvailable { reason: None, opens_at: None },
            Notice::NobodyAvailable { reason: Some(NobodyReason::Closed), opens_at: None },
            Notice::NobodyAvailable { reason: Some(NobodyReason::ClosingSoon), opens_at: None },
            Notice::NobodyAvailable { reason: Some(NobodyReason::Full), opens_at: None },
            Notice::LongWait { alternative: Alternative::Callback },
            Notice::LongWait { alternative: Alternative::Message },
            Notice::AgentJoined { agent },
            Notice::WaitingAgain { position: 2 },
            Notice::Transferred,
            Notice::BackToBot,
            Notice::ContactTaken { by: Alternative::Message },
            Notice::ContactTaken { by: Alternative::Callback },
            Notice::Closed,
        ];
        for language in LANGUAGES {
            let language = Language::new(language).unwrap();
            for told in &notices {
                let text = notice(told, language, |_| "Ana".to_owned());
                assert!(!text.is_empty() && !text.contains(['{', '}']), "{language}: {text}");
            }
            let queued = notice(&notices[0], language, |_| String::new());
            assert!(queued.contains('3') && queued.contains('2') && queued.contains('5'), "{queued}");
            let spoken = words(language);
            assert_eq!(spoken.closed == ENGLISH.closed, language == Language::ENGLISH, "{language}");
        }
    }

    #[test]
    fn a_few_minutes_are_said_as_the_language_says_a_few() {
        let said = |language: &str, n: u32| {
            let language = Language::new(language).unwrap();
            minutes(words(language), n * 60, language)
        };
        for (language, n, wanted) in [
            ("pl", 1, "minutę"),
            ("pl", 3, "3 minuty"),
            ("pl", 5, "5 minut"),
            ("pl", 12, "12 minut"),
            ("pl", 22, "22 minuty"),
            ("ar", 3, "3 دقائق"),
            ("ar", 11, "11 دقيقة"),
            ("en", 3, "3 minutes"),
        ] {
            assert_eq!(said(language, n), wanted);
        }
    }

    #[test]
    fn a_language_without_words_gets_english() {
        let text = notice(&Notice::Closed, Language::new("fi").unwrap(), |_| String::new());
        assert_eq!(text, ENGLISH.closed);
    }
}
