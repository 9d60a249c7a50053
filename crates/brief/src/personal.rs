//! Personal data with a shape: addresses, numbers and accounts, found where they stand in a text.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::redact::RedactedKind;

/// Something personal in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Personal {
    pub(crate) kind: RedactedKind,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The same value written another way gives the same canonical form.
    pub(crate) canonical: String,
}

/// Fewer digits in a row may be a year, a price or a quantity.
const NUMBER_DIGITS_MIN: usize = 7;
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
const CARD_DIGITS: std::ops::RangeInclusive<usize> = 13..=19;
const IBAN_CHARS: std::ops::RangeInclusive<usize> = 15..=34;

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("patterns written here compile, and tests use each of them")
}

static IBAN: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]){11,30}\b"));
static IPV4: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b[0-9]{1,3}(?:\.[0-9]{1,3}){3}\b"));
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:19|20)[0-9]{2}[-/. ][0-9]{1,2}[-/. ][0-9]{1,2}|[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ](?:19|20)[0-9]{2})(?:[ ,T]+[0-9]{1,2}(?::?[0-9]{2}){0,2})?$",
    )
});
/// Everything personal in the text, in order and apart from each other.
pub(crate) fn personal(text: &str) -> Vec<Personal> {
    // Apart from each other, by where they begin; what is surer of its shape comes first.
    let mut found: BTreeMap<usize, Personal> = BTreeMap::new();
    let mut add = |personal: Personal| {
        let before = found.range(..personal.end).next_back();
        if before.is_none_or(|(_, other)| other.end <= personal.start) {
            found.insert(personal.start, personal);
        }
    };
    for (start, end) in emails(text) {
        let canonical = text[start..end].replace('＠', "@").to_lowercase();
        add(Personal { kind: RedactedKind::Email, start, end, canonical });
    }
    IBAN.find_iter(text).filter_map(|hit| iban(hit.as_str(), hit.start())).for_each(&mut add);
    for hit in IPV4.find_iter(text).filter(|hit| is_ipv4(hit.as_str())) {
        let canonical = hit.as_str().to_owned();
        add(Personal { kind: RedactedKind::Ipv4, start: hit.start(), end: hit.end(), canonical });
    }
    for (start, end) in digit_runs(text) {
        let written = &text[start..end];
        if let Some(kind) = kind_of_digits(written) {
            let digits = digits(written);
            // `+49 170 …` and `0049 170 …` are one number.
            let canonical = digits.strip_prefix("00").map_or(digits.clone(), str::to_owned);
            add(Personal { kind, start, end, canonical });
        }
    }
    found.into_values().collect()
}

/// What stands around an `@` in the letters of an address, with a dot on its right.
fn emails(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, sign) in text.match_indices(['@', '＠']) {
        let local = |character: char| character.is_alphanumeric() || "._%+'-".contains(character);
        let domain = |character: char| character.is_alphanumeric() || ".-".contains(character);
        let before: usize = text[..at].chars().rev().take(64).take_while(|next| local(*next)).map(char::len_utf8).sum();
        let after: usize =
            text[at + sign.len()..].chars().take(255).take_while(|next| domain(*next)).map(char::len_utf8).sum();
        let start = at - before + leading(&text[at - before..at], ['.', '\'', '-']);
        let host = text[at + sign.len()..at + sign.len() + after].trim_end_matches(['.', '-']);
        let end = at + sign.len() + host.len();
        let apart = found.last().is_none_or(|(_, other)| *other <= start);
        if start < at && apart && host.trim_start_matches('.').contains('.') {
            found.push((start, end));
        }
    }
    found
}

fn leading(text: &str, marks: [char; 3]) -> usize {
    text.len() - text.trim_start_matches(marks).len()
}

/// Digits with what people put between them; what they are is told by their number and check digits.
fn digit_runs(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut run: Option<(usize, usize)> = None;
    // What stood since the last digit, and where a sign that begins a number stands.
    let (mut between, mut sign): (usize, Option<usize>) = (0, None);
    for (at, character) in text.char_indices() {
        let after = at + character.len_utf8();
        if digit(character).is_some() {
            let start = run.map_or(sign.unwrap_or(at), |(start, _)| start);
            run = Some((start, after));
            between = 0;
            sign = None;
            continue;
        }
        let begins =
            matches!(character, '+' | '＋') || matches!(character, '(' | '（') && run.is_none() && sign.is_none();
        between += 1;
        let joins = between <= 3 && " \u{a0}().-/‐–－（）".contains(character);
        if let Some(whole) = run.filter(|_| !joins || begins && character != '(') {
            found.push(whole);
            run = None;
        }
        if run.is_none() {
            sign = if begins { sign.or(Some(at)) } else { sign.filter(|_| matches!(character, ' ' | '(' | '（')) };
        }
    }
    found.extend(run);
    found
}

/// The digits of a text as 0 to 9, whatever the script.
pub(crate) fn digits(text: &str) -> String {
    text.chars().filter_map(digit).filter_map(|value| char::from_digit(value, 10)).collect()
}

/// Decimal digits stand in blocks of ten, from zero up.
fn digit(character: char) -> Option<u32> {
    const ZEROS: [char; 8] = ['0', '０', '٠', '۰', '०', '০', '๐', '໐'];
    ZEROS.iter().find_map(|zero| (character as u32).checked_sub(*zero as u32).filter(|value| *value < 10))
}

fn kind_of_digits(text: &str) -> Option<RedactedKind> {
    let digits = digits(text);
    if DATE.is_match(text) || digits.len() < NUMBER_DIGITS_MIN {
        return None;
    }
    if CARD_DIGITS.contains(&digits.len()) && luhn(&digits) {
        return Some(RedactedKind::Card);
    }
    let apart = text.trim_start_matches(['+', '＋']).chars().any(|character| digit(character).is_none());
    let dialled = text.starts_with(['+', '＋', '0', '(', '（', '０']) || apart;
    let phone = dialled && PHONE_DIGITS.contains(&digits.len());
    Some(if phone { RedactedKind::Phone } else { RedactedKind::Number })
}

fn is_ipv4(text: &str) -> bool {
    text.split('.').all(|part| part.parse::<u8>().is_ok())
}

/// The check digit of payment cards.
fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .chars()
        .rev()
        .filter_map(|character| character.to_digit(10))
        .enumerate()
        .map(|(place, value)| match (place % 2, value) {
            (0, value) => value,
            (_, value) if value > 4 => value * 2 - 9,
            (_, value) => value * 2,
        })
        .sum();
    sum.is_multiple_of(10) && digits.bytes().any(|byte| byte != b'0')
}

/// The longest beginning that is an account number; words may follow it without a mark.
fn iban(text: &str, start: usize) -> Option<Personal> {
    let mut ends: Vec<usize> = text.char_indices().map(|(at, character)| at + character.len_utf8()).collect();
    ends.reverse();
    ends.into_iter().find_map(|end| {
        let compact: String =
            text[..end].chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
        let whole = text[..end].ends_with(|last: char| last.is_ascii_alphanumeric())
            && !text[end..].starts_with(|next: char| next.is_ascii_alphanumeric());
        (whole && IBAN_CHARS.contains(&compact.len()) && mod_97(&compact) == 1).then(|| Personal {
            kind: RedactedKind::Iban,
            start,
            end: start + end,
            canonical: compact,
        })
    })
}

/// The remainder that a true account number leaves as 1 (ISO 13616).
fn mod_97(compact: &str) -> u32 {
    let (country, account) = compact.split_at(4);
    account
        .chars()
        .chain(country.chars())
        .filter_map(|character| character.to_digit(36))
        .fold(0, |rest, value| if value < 10 { (rest * 10 + value) % 97 } else { (rest * 100 + value) % 97 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(RedactedKind, &str)> {
        personal(text).into_iter().map(|found| (found.kind, &text[found.start..found.end])).collect()
    }

    #[test]
    fn each_kind_is_known_by_its_shape_and_its_check_digits() {
        assert_eq!(
            kinds("write to Ana.Roe+x@mail.example.org."),
            [(RedactedKind::Email, "Ana.Roe+x@mail.example.org")]
        );
        assert_eq!(kinds("card 4111 1111 1111 1111 ok"), [(RedactedKind::Card, "4111 1111 1111 1111")]);
        assert_eq!(kinds("4111 1111 1111 1112"), [(RedactedKind::Number, "4111 1111 1111 1112")]);
        assert_eq!(
            kinds("my IBAN DE89 3704 0044 0532 0130 00 please"),
            [(RedactedKind::Iban, "DE89 3704 0044 0532 0130 00")]
        );
        assert_eq!(kinds("from 192.168.10.7"), [(RedactedKind::Ipv4, "192.168.10.7")]);
        assert_eq!(kinds("call +34 600 123 456 now"), [(RedactedKind::Phone, "+34 600 123 456")]);
        assert_eq!(kinds("電話は０３－１２３４－５６７８です"), [(RedactedKind::Phone, "０３－１２３４－５６７８")]);
        assert_eq!(kinds("order 80012345678"), [(RedactedKind::Number, "80012345678")]);
    }

    #[test]
    fn dates_prices_and_years_are_nobodys() {
        for text in ["on 2026-01-05", "05/01/2026 10:30", "it cost 1299.50 in 2025", "version 999.1.2.3", "10 of 12"] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }
}
