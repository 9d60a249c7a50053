//! What a file is, by its bytes: what the sender says it is counts for nothing, and what is not on the list stays out.

/// How much of a file must read as text to be one.
const LOOKED_AT_BYTES: usize = 64 * 1024;

/// Kinds by what they begin with.
const BEGINNINGS: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
];

/// What is a zip inside, told apart by name only: they are shown to nobody, only saved.
const ZIPPED: &[(&str, &str)] = &[
    (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (".odt", "application/vnd.oasis.opendocument.text"),
    (".ods", "application/vnd.oasis.opendocument.spreadsheet"),
    (".zip", "application/zip"),
];

/// The media type, or none for what is not taken.
pub(super) fn of(content: &[u8], name: &str) -> Option<&'static str> {
    if let Some((_, kind)) = BEGINNINGS.iter().find(|(beginning, _)| content.starts_with(beginning)) {
        return Some(kind);
    }
    if content.starts_with(b"RIFF") {
        return match content.get(8..12) {
            Some(b"WEBP") => Some("image/webp"),
            Some(b"WAVE") => Some("audio/wav"),
            Some(_) | None => None,
        };
    }
    if content.get(4..8) == Some(b"ftyp") {
        return match content.get(8..12) {
            Some(b"avif") => Some("image/avif"),
            Some(b"M4A ") => Some("audio/mp4"),
            Some(b"isom" | b"iso2" | b"mp41" | b"mp42" | b"avc1" | b"qt  " | b"M4V ") => Some("video/mp4"),
            Some(_) | None => None,
        };
    }
    if content.starts_with(b"PK\x03\x04") {
        let name = name.to_lowercase();
        return ZIPPED.iter().find(|(ending, _)| name.ends_with(ending)).map(|(_, kind)| *kind);
    }
    is_text(content).then_some("text/plain")
}

/// Pictures are shown where they were sent; everything else is a name to save. A drawing in SVG is text here.
pub fn is_picture(media_type: &str) -> bool {
    media_type.starts_with("image/")
}

/// UTF-8 without control characters. Whatever it calls itself, HTML too, it is served as plain text.
fn is_text(content: &[u8]) -> bool {
    let looked_at = &content[..content.len().min(LOOKED_AT_BYTES)];
    let read = match std::str::from_utf8(looked_at) {
        Ok(text) => text,
        // Cut in the middle of a sign.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&looked_at[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !read.is_empty() && read.chars().all(|sign| !sign.is_control() || matches!(sign, '\n' | '\r' | '\t' | '\u{c}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say_whatever_it_is_called() {
        for (content, name, kind) in [
            (b"\x89PNG\r\n\x1a\nrest".as_slice(), "photo.html", Some("image/png")),
            (b"\xff\xd8\xff\xe0", "a.exe", Some("image/jpeg")),
            (b"RIFF....WEBPVP8 ", "a", Some("image/webp")),
            (b"%PDF-1.7", "a.png", Some("application/pdf")),
            (b"<script>alert(1)</script>", "a.html", Some("text/plain")),
            (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.svg", Some("text/plain")),
            (b"MZ\x90\x00\x03", "invoice.pdf", None),
            (b"\x7fELF\x02", "photo.png", None),
            (b"PK\x03\x04....", "letter.docx", Some(ZIPPED[0].1)),
            (b"PK\x03\x04....", "program.jar", None),
            (b"a,b\n1,2\n", "table.csv", Some("text/plain")),
            ("Grüße".as_bytes(), "", Some("text/plain")),
            (b"a\x00b", "a.txt", None),
        ] {
            assert_eq!(of(content, name), kind, "{name}");
        }
        let mut long = vec![b'a'; LOOKED_AT_BYTES - 1];
        long.extend("ü".as_bytes());
        assert_eq!(of(&long, "long.txt"), Some("text/plain"), "a sign that is cut in two is a sign");
    }
}
