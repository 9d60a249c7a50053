//! The knowledge base is searched in the customer's language.

use baton_store::{FoundSection, SectionRow, search_terms};

use crate::world::World;

fn put(world: &World, slug: &'static str, title: &'static str, sections: &[(&str, &str)]) {
    let sections: Vec<SectionRow> = sections
        .iter()
        .enumerate()
        .map(|(place, (heading, text))| SectionRow {
            heading: (*heading).to_owned(),
            anchor: format!("s{place}"),
            text: (*text).to_owned(),
        })
        .collect();
    world
        .store
        .write_blocking(move |tx| tx.put_article(slug, title, &format!("d{}", sections.len()), &sections))
        .unwrap();
}

fn ask(world: &World, question: &str) -> Vec<FoundSection> {
    let terms = search_terms(question);
    world.store.read_blocking(move |tx| tx.search(&terms, 5)).unwrap()
}

fn found(world: &World, question: &str) -> Vec<String> {
    ask(world, question).iter().map(|section| format!("{}#{}", section.slug, section.anchor)).collect()
}

fn library(world: &World) {
    put(
        world,
        "queues",
        "Queues",
        &[
            ("Opening hours", "A queue opens and closes with its hours. Holidays are named by date."),
            ("Service level", "The share of handoffs that are accepted within a threshold."),
        ],
    );
    put(
        world,
        "sign-in",
        "Signing in",
        &[("Passwords", "An agent can change the password. A supervisor cannot read it.")],
    );
    put(
        world,
        "colas",
        "Colas",
        &[("Horario", "Una cola abre y cierra según su horario. La contraseña no hace falta.")],
    );
    put(world, "退款", "退款政策", &[("如何申请", "您可以在三十天内申请退款。退款将退回原支付方式。")]);
}

pub(crate) fn an_article_is_found_by_its_words_in_english_and_spanish(world: &World) {
    library(world);
    assert_eq!(found(world, "When do my queues have holidays?")[0], "queues#s0");
    assert_eq!(found(world, "PASSWORD"), ["sign-in#s0"]);
    assert_eq!(found(world, "¿Cuál es el HORARIO de las colas?")[0], "colas#s0");
    assert_eq!(found(world, "contrasena"), ["colas#s0"], "without the tilde");
    assert_eq!(found(world, "bicycle"), [] as [&str; 0]);
    let section = &ask(world, "holidays hours bicycle")[0];
    assert_eq!((section.title.as_str(), section.heading.as_str()), ("Queues", "Opening hours"));
    assert!(section.text.starts_with("A queue opens"), "{}", section.text);
    assert_eq!(section.matched_terms, 2);
    assert!(section.score > 0.0);
}

pub(crate) fn a_chinese_article_is_found_without_spaces(world: &World) {
    library(world);
    assert_eq!(found(world, "我怎么申请退款？"), ["退款#s0"]);
    assert_eq!(found(world, "退"), ["退款#s0"]);
    assert_eq!(found(world, "天气"), [] as [&str; 0]);
    assert!(ask(world, "申请退款")[0].matched_terms >= 2);
}

pub(crate) fn a_heading_counts_more_and_a_rare_word_too(world: &World) {
    put(
        world,
        "a",
        "About",
        &[
            ("Billing", "How money moves here, in a few words."),
            ("Other", "Money and billing are named here among other things."),
            ("Rest", "Things and words."),
        ],
    );
    assert_eq!(found(world, "billing"), ["a#s0", "a#s1"]);
    for number in 0..12 {
        let slug: &'static str = ["b0", "b1", "b2", "b3", "b4", "b5", "b6", "b7", "b8", "b9", "ba", "bb"][number];
        put(world, slug, "Common", &[("Text", "agents agents agents agents work with the customers of the queue")]);
    }
    put(world, "rare", "One", &[("Text", "agents work with a zeppelin of the queue")]);
    assert_eq!(found(world, "agents zeppelin")[0], "rare#s0", "the common word must not drown the rare one");
    let scores: Vec<f64> = ask(world, "agents zeppelin").iter().map(|section| section.score).collect();
    assert!(scores.is_sorted_by(|one, other| one >= other), "{scores:?}");
    assert_eq!(scores.len(), 5, "as many as were asked for");
}

pub(crate) fn a_rewritten_article_is_found_by_its_later_words_alone(world: &World) {
    put(world, "one", "One", &[("Old", "zeppelin"), ("Older", "gondola")]);
    put(world, "two", "Two", &[("Old", "zeppelin")]);
    let digests = || world.store.read_blocking(|tx| tx.article_digests()).unwrap();
    assert_eq!(digests(), [("one".to_owned(), "d2".to_owned()), ("two".to_owned(), "d1".to_owned())]);
    put(world, "one", "One", &[("New", "bicycle")]);
    assert_eq!(found(world, "zeppelin"), ["two#s0"]);
    assert_eq!(found(world, "bicycle"), ["one#s0"]);
    world.store.write_blocking(|tx| tx.delete_article("two")).unwrap();
    assert_eq!(found(world, "zeppelin"), [] as [&str; 0]);
    assert_eq!(digests(), [("one".to_owned(), "d1".to_owned())]);
}

pub(crate) fn a_question_of_signs_alone_finds_nothing(world: &World) {
    library(world);
    for question in ["", "?!", "' OR 1=1 --", "\"", "NEAR(", "*", "&|!:"] {
        let terms = vec![question.to_owned()];
        let sections = world.store.read_blocking(move |tx| tx.search(&terms, 5)).unwrap();
        assert!(sections.is_empty() || question.contains("OR"), "{question}: {sections:?}");
    }
}
