use super::*;

fn classes(text: &str) -> Vec<SensitiveClass> {
    sensitive(&Folded::new(text)).into_iter().map(|matter| matter.class).collect()
}

#[test]
fn the_gravest_matters_are_known_in_every_language() {
    use SensitiveClass::{Fraud, LegalThreat, Safety};
    for (class, texts) in [
        (
            Safety,
            [
                "I want to kill myself",
                "quiero suicidarme",
                "je veux mourir",
                "ich will mich umbringen",
                "voglio morire",
                "eu quero morrer",
                "ik denk aan zelfmoord",
                "chcę umrzeć",
                "intihar edeceğim",
                "я хочу умереть",
                "я хочу померти",
                "أريد أن أموت",
                "मैं आत्महत्या कर लूंगा",
                "saya mau bunuh diri",
                "tôi muốn tự tử",
                "ฉันอยากตาย",
                "我想自杀",
                "もう死にたいです",
                "죽고 싶어요",
            ],
        ),
        (
            LegalThreat,
            [
                "I will sue you",
                "voy a demandar a la empresa",
                "je vais porter plainte",
                "ich werde Sie verklagen",
                "mi rivolgerò al mio avvocato",
                "vou processar vocês",
                "ik stap naar de rechter",
                "spotkamy się, idę do sądu",
                "size dava açacağım",
                "я подам в суд",
                "я подам до суду",
                "سأرفع دعوى عليكم",
                "मैं मुकदमा करूंगा",
                "saya akan ambil jalur hukum",
                "tôi sẽ kiện các anh",
                "ผมจะฟ้องร้องคุณ",
                "我要起诉你们",
                "訴えますよ",
                "고소하겠습니다",
            ],
        ),
        (
            Fraud,
            [
                "there is fraud on my account",
                "me han estafado",
                "c'est une arnaque",
                "das ist Betrug",
                "è una truffa",
                "caí em um golpe",
                "ik ben opgelicht",
                "to oszustwo",
                "dolandırıldım",
                "меня обманули мошенники",
                "мене обдурили шахраї",
                "تعرضت لعملية احتيال",
                "मेरे साथ धोखाधड़ी हुई",
                "saya kena penipuan",
                "tôi bị lừa đảo",
                "โดนมิจฉาชีพหลอกลวง",
                "我的卡被盗刷了",
                "カードを不正利用された",
                "사기당했어요",
            ],
        ),
    ] {
        for text in texts {
            assert!(classes(text).contains(&class), "{text}: {:?}", classes(text));
        }
    }
}

#[test]
fn the_other_matters_are_known_by_their_words() {
    use SensitiveClass::{Bereavement, Cancellation, Complaint, DataProtection, Harassment, Health, Press, Vulnerable};
    for (class, text) in [
        (Complaint, "I want to make a formal complaint"),
        (Complaint, "ich möchte mich beschweren"),
        (Bereavement, "my mother passed away last week"),
        (Bereavement, "mon mari est décédé"),
        (Health, "my son had an allergic reaction to the cream"),
        (Vulnerable, "I lost my job and can't afford the bill"),
        (DataProtection, "delete all my data under GDPR"),
        (DataProtection, "quiero eliminar mis datos"),
        (Harassment, "your driver harassed me"),
        (Press, "I am a journalist and will write about this"),
        (Cancellation, "please cancel my subscription"),
        (Cancellation, "契約を解約したい"),
        (Cancellation, "ik wil mijn abonnement opzeggen"),
    ] {
        assert!(classes(text).contains(&class), "{text}: {:?}", classes(text));
    }
}

#[test]
fn other_senses_and_what_is_taken_back_are_none() {
    for text in [
        "how do I kill the process",
        "I am dying to know when it ships",
        "my phone died, where is my order",
        "I'm not going to sue anyone",
        "this is not fraud, I made the payment",
        "no es una estafa",
        "ich will nicht kündigen",
        "press the button twice",
        "我不投诉",
        "我快笑死了",
        "please cancel my order",
        "where is my parcel",
        "es ist kein Betrug",
    ] {
        assert_eq!(classes(text), [], "{text}");
    }
}

#[test]
fn the_span_shows_the_words_and_the_clause_before_takes_nothing_back() {
    let text = "No, really. I will sue you!";
    let matter = sensitive(&Folded::new(text))[0];
    let span = matter.span.unwrap();
    assert!(text[span.start as usize..span.end as usize].contains("sue"));
    assert!(matter.value >= 0.9);
}
