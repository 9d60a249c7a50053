use std::time::Duration;

use super::*;

#[test]
fn markdown_becomes_the_html_that_people_expect() {
    for (markdown, html) in [
        ("Hello there, it's done.", "<p>Hello there, it's done.</p>"),
        ("Line one\nline two", "<p>Line one<br>\nline two</p>"),
        ("**Bold**, *soft*, `code`", "<p><strong>Bold</strong>, <em>soft</em>, <code>code</code></p>"),
        ("# Title", "<h4>Title</h4>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("use <b>this</b>", "<p>use &lt;b&gt;this&lt;/b&gt;</p>"),
        (
            "[hours](/manual/routing#hours)",
            "<p><a href=\"/manual/routing#hours\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">hours</a></p>",
        ),
        (
            "![a map](https://maps.test/x.png)",
            "<p><a href=\"https://maps.test/x.png\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">a map</a></p>",
        ),
    ] {
        assert_eq!(to_html(markdown), html, "{markdown}");
    }
}

#[test]
fn the_short_way_for_plain_words_gives_what_the_long_way_gives() {
    for text in
        ["Yes.", "I will look (now), don't worry; is that fine?", "Größe 42, 東京", "see e-mail - later!", "Well - ok"]
    {
        assert!(is_plain(text), "{text}");
        let long = CLEANER.clean(&comrak::markdown_to_html(text, &OPTIONS)).to_string();
        assert_eq!(to_html(text), long.trim_end(), "{text}");
    }
    for text in ["- a", "1. a", "a ", " a", "http://x.test", "www.x.test", "a@b.test", "a\nb", "", "<b>", "a*b*"] {
        assert!(!is_plain(text), "{text}");
    }
}

/// What attackers try; what is left of each must have no way to run anything or to leave by a link that we do not allow.
const ATTACKS: &[&str] = &[
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.test/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<img/src=`x`onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<math href=\"javascript:alert(1)\">x</math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<link rel=stylesheet href=javascript:alert(1)>",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<base href=javascript:alert(1)//>",
    "<style>@import 'javascript:alert(1)';</style>",
    "<p style=\"background:url(javascript:alert(1))\">x</p>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
    "<a href=\" javascript:alert(1)\">x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "<a onclick=alert(1)>x</a>",
    "<a href=x target=_top onmouseover=alert(1)>x</a>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<title><img src=x onerror=alert(1)></title>",
    "<select><option><style></option></select><img src=x onerror=alert(1)></style>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml version=\"1.0\"?><img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](\u{1}javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://evil.test/1)",
    "[x](//evil.test)",
    "[x](/\\evil.test)",
    "[x](\\\\evil.test)",
    "[x](/console/../v1/config)",
    "[x](/manual/../console)",
    "[x](/manual/%2e%2e/console)",
    "[x](/manualevil)",
    "[x](relative)",
    "[x](?query)",
    "[x](#fragment)",
    "[x](https://ok.test \"onmouseover=alert(1)\")",
    "[x](https://ok.test\"onmouseover=\"alert(1))",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    "![\"onerror=\"alert(1)](x)",
    "[![x](javascript:alert(1))](https://ok.test)",
    "<javascript:alert(1)>",
    "<https://ok.test/\"onmouseover=alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "```\"><script>alert(1)</script>\nx\n```",
    "```html\n<script>alert(1)</script>\n```",
    "`<script>alert(1)</script>`",
    "# <script>alert(1)</script>",
    "> <img src=x onerror=alert(1)>",
    "- <img src=x onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "https://ok.test/<script>alert(1)</script>",
    "www.ok.test\"onmouseover=alert(1)",
    "\u{202e}<script>alert(1)</script>",
];

/// What a browser would see: every tag with its attributes, by the sanitiser's own parser run a second time.
#[test]
fn nothing_of_the_attacks_survives() {
    assert!(ATTACKS.len() >= 60);
    for attack in ATTACKS {
        let html = to_html(attack);
        for tag in html.split('<').skip(1) {
            let tag = tag.split('>').next().unwrap_or_default();
            let mut words = tag.trim_start_matches('/').splitn(2, char::is_whitespace);
            let name = words.next().unwrap_or_default();
            let known =
                ["p", "strong", "em", "del", "code", "pre", "ul", "ol", "li", "a", "blockquote", "br", "h4", "hr"];
            assert!(known.contains(&name), "{attack} left <{name}>: {html}");
            let Some(attributes) = words.next() else { continue };
            assert!(name == "a" || name == "ol", "{attack} left attributes: {html}");
            for attribute in attributes.split("\" ") {
                let (key, value) = attribute.split_once("=\"").unwrap_or((attribute, ""));
                match key {
                    "href" => assert!(may_link_to(value.trim_end_matches('"')), "{attack} left a link: {html}"),
                    "rel" | "target" | "start" => {}
                    other => panic!("{attack} left the attribute {other}: {html}"),
                }
            }
        }
    }
}

#[test]
fn what_is_nested_beyond_sense_is_shown_as_it_was_written() {
    let deep = ">".repeat(21) + " a <b>";
    assert_eq!(to_html(&deep), format!("<p>{} a &lt;b&gt;</p>", "&gt;".repeat(21)));
    assert!(to_html(&(">".repeat(20) + " a")).starts_with("<blockquote>"));
    assert_eq!([nesting("a"), nesting("> - 1. a"), nesting("-a"), nesting("12 a")], [0, 3, 0, 0]);
}

#[test]
fn the_longest_hostile_message_is_rendered_in_no_time() {
    let longest = usize::try_from(baton_core::BODY_BYTES_MAX).unwrap();
    for piece in [
        ">", "> ", "- ", "[", "![", "*a ", "_a_", "`", "<", "&", "[a](", "**", "\\", "1. ", "~~a", "[a]: b\n", "+ ",
        "> + ", "1) ", ">\n",
    ] {
        let text = piece.repeat(longest / piece.len());
        let (done, rendered) = std::sync::mpsc::channel();
        std::thread::spawn(move || done.send(to_html(&text).len()));
        assert!(rendered.recv_timeout(Duration::from_secs(20)).is_ok(), "`{piece}` takes too long");
    }
}

#[test]
fn a_table_is_a_table_without_attributes() {
    let html = to_html("| what | how |\n|:---|---:|\n| *a* | <b onclick=x>b</b> |");
    assert!(html.starts_with("<table>") && html.contains("<th>what</th>") && html.contains("<em>a</em>"), "{html}");
    assert!(!html.contains("align") && !html.contains("<b"), "{html}");
}
