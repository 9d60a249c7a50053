//! Names of files as they may be shown and saved.

/// Longest name, in characters; the ending is kept.
const CHARS_MAX: usize = 120;
/// Longest ending that is kept when a name is cut.
const ENDING_CHARS_MAX: usize = 10;
const NAMELESS: &str = "file";

/// A name without folders, controls or marks that turn the direction of what follows, so that `photo.png` is one.
pub(super) fn safe(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|sign| is_shown(*sign)).collect();
    let trimmed = kept.trim().trim_matches('.').trim();
    if trimmed.is_empty() {
        return NAMELESS.to_owned();
    }
    shortened(trimmed)
}

fn is_shown(sign: char) -> bool {
    let turns = matches!(sign,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{61c}');
    // What file systems and shells of any kind stumble over.
    !sign.is_control() && !turns && !matches!(sign, '<' | '>' | ':' | '"' | '|' | '?' | '*')
}

fn shortened(name: &str) -> String {
    let length = name.chars().count();
    if length <= CHARS_MAX {
        return name.to_owned();
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending).filter(|it| it.chars().count() <= ENDING_CHARS_MAX);
    let ending = ending.map(|ending| format!(".{ending}")).unwrap_or_default();
    let kept = CHARS_MAX - ending.chars().count();
    name.chars().take(kept).chain(ending.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_and_reads_as_it_is() {
        for (given, safe_name) in [
            ("photo.png", "photo.png"),
            ("../../etc/passwd", "passwd"),
            (r"C:\Users\me\letter.docx", "letter.docx"),
            ("photo\u{202e}gnp.exe", "photognp.exe"),
            ("a\r\nSet-Cookie: x", "aSet-Cookie x"),
            ("<img src=x onerror=alert(1)>.png", "img src=x onerror=alert(1).png"),
            ("...", NAMELESS),
            ("", NAMELESS),
            (".htaccess", "htaccess"),
            ("Über uns.pdf", "Über uns.pdf"),
            ("con\u{0}.txt", "con.txt"),
        ] {
            assert_eq!(safe(given), safe_name, "{given:?}");
        }
        let long = safe(&format!("{}.pdf", "ü".repeat(300)));
        assert_eq!(long.chars().count(), CHARS_MAX);
        assert!(long.ends_with("ü.pdf"));
    }
}
