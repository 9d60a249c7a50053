//! What the customer has given already, so that nobody asks for it again.

use std::sync::LazyLock;

use regex::Regex;

use crate::personal::{digits, personal};
use crate::redact::RedactedKind;
use crate::story::{Known, Line, LineAuthor, Story};
use crate::text::{LINE_CHARS_MAX, shorten};

const KNOWN_MAX: usize = 20;
const ATTRIBUTES_MAX: usize = 30;
const VALUE_CHARS_MAX: usize = 120;

/// A word for a thing with a number, and its number near behind it.
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)(?P<order>order|pedido|commande|bestellung|bestelling|encomenda|ordine|zamówieni\w*|заказ\w*|sipariş\w*|订单|訂單|注文|주문)",
        r"|(?P<invoice>invoice|bill|factura|facture|rechnung|fatura|fattura|factuur|发票|發票|請求書|인보이스)",
        r"|(?P<ticket>ticket|case|caso|dossier|vorgang|chamado|zaak|工单|問い合わせ)",
        r"|(?P<tracking>tracking|seguimiento|suivi|sendung\w*|rastreio|spedizione|zending|快递|運單|追跡)",
    ))
    .expect("patterns written here compile, and tests use each of them")
});
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^(?:[\s:#=.,()－-]|number|num|nummer|numero|número|numéro|num\.|no|nr|nº|n°|id|code|is|es|est|ist|é|è|lautet|de|do|del|my|mi",
        r"|号码|號碼|号|番号|は|是|번호|номер){0,6}?[\s:#=.(是は号]*(?P<value>[A-Z]{0,8}[-_/]?[0-9][A-Z0-9/_-]{2,39})"
    ))
    .expect("patterns written here compile, and tests use each of them")
});

/// Contact data and references from the customer's messages, then attributes.
pub(crate) fn known(story: &Story<'_>) -> Vec<Known> {
    let mut known: Vec<Known> = Vec::new();
    for line in story.lines.iter().filter(|line| line.author == LineAuthor::Customer) {
        for (what, value) in given(line) {
            let value = shorten(&value, VALUE_CHARS_MAX);
            if known.len() < KNOWN_MAX && !known.iter().any(|other| other.value == value) {
                known.push(Known { what: what.to_owned(), value, message: Some(line.seq) });
            }
        }
    }
    known.extend(story.attributes.iter().filter(|(_, value)| !value.trim().is_empty()).take(ATTRIBUTES_MAX).map(
        |(name, value)| Known {
            what: shorten(name, VALUE_CHARS_MAX),
            value: shorten(value, VALUE_CHARS_MAX),
            message: None,
        },
    ));
    known
}

fn given(line: &Line) -> Vec<(&'static str, String)> {
    let text: String = line.text.chars().take(LINE_CHARS_MAX).collect();
    let mut given: Vec<(usize, &'static str, String)> = references(&text);
    for found in personal(&text) {
        let value = text[found.start..found.end].trim().to_owned();
        let taken = given.iter().any(|(_, _, other)| value.contains(other.as_str()) || other.contains(&value));
        let entry = match found.kind {
            RedactedKind::Email => Some(("email", value)),
            RedactedKind::Phone => Some(("phone", value)),
            // The whole number stays in the conversation; four digits are enough to know the card again.
            RedactedKind::Card => Some(("card", format!("…{}", last_four(&digits(&value))))),
            RedactedKind::Iban => Some(("iban", format!("…{}", last_four(&found.canonical)))),
            RedactedKind::Number => Some(("number", value)),
            RedactedKind::Ipv4 => None,
        };
        if let Some((what, value)) = entry.filter(|_| !taken) {
            given.push((found.start, what, value));
        }
    }
    given.sort_by_key(|(at, _, _)| *at);
    given.into_iter().map(|(_, what, value)| (what, value)).collect()
}

fn last_four(text: &str) -> &str {
    text.char_indices().rev().nth(3).map_or(text, |(at, _)| &text[at..])
}

fn references(text: &str) -> Vec<(usize, &'static str, String)> {
    let mut found: Vec<(usize, &'static str, String)> = Vec::new();
    for named in REFERENCE.captures_iter(text).take(KNOWN_MAX) {
        let Some((what, word)) = ["order", "invoice", "ticket", "tracking"]
            .into_iter()
            .find_map(|what| named.name(what).map(|word| (what, word)))
        else {
            continue;
        };
        let Some(value) = NUMBER.captures(&text[word.end()..]).and_then(|number| number.name("value")) else {
            continue;
        };
        let digits = value.as_str().bytes().filter(u8::is_ascii_digit).count();
        // `order 3 shirts` names no number, and `order confirmation` holds no digit.
        let whole = !text[word.end() + value.end()..].starts_with(|next: char| next.is_alphanumeric());
        let card = personal(text).iter().any(|other| {
            matches!(other.kind, RedactedKind::Card | RedactedKind::Iban | RedactedKind::Email)
                && other.end > word.end() + value.start()
                && other.start < word.end() + value.end()
        });
        if digits >= 3 && whole && !card {
            let value = value.as_str().trim_end_matches(['-', '/', '_']).to_owned();
            found.push((word.end(), what, value));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use baton_core::{Seq, Timestamp};

    use super::*;

    fn said(text: &str) -> Vec<(String, String)> {
        let lines = [Line { seq: Seq(4), at: Timestamp(0), author: LineAuthor::Customer, text: text.to_owned() }];
        let attributes = BTreeMap::new();
        let story = Story {
            lines: &lines,
            triggers: &[],
            topic: None,
            attributes: &attributes,
            trigger_message: None,
            omitted: 0,
        };
        known(&story).into_iter().map(|known| (known.what, known.value)).collect()
    }

    fn pair(what: &str, value: &str) -> (String, String) {
        (what.to_owned(), value.to_owned())
    }

    #[test]
    fn an_order_number_is_not_asked_for_again() {
        assert_eq!(said("My order number is AB-12345, it is late"), [pair("order", "AB-12345")]);
        assert_eq!(said("pedido nº 998877"), [pair("order", "998877")]);
        assert_eq!(said("订单号是20260105"), [pair("order", "20260105")]);
        assert_eq!(said("Rechnung: 2026/0017"), [pair("invoice", "2026/0017")]);
        assert_eq!(said("I want to order 2 shirts"), []);
    }

    #[test]
    fn contact_data_is_kept_and_a_card_is_only_hinted_at() {
        assert_eq!(
            said("ana@example.org, +34 600 123 456, 4111 1111 1111 1111"),
            [pair("email", "ana@example.org"), pair("phone", "+34 600 123 456"), pair("card", "…1111")]
        );
    }
}
