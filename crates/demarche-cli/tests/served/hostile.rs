//! Sixty stories that mean harm, or are merely hard to show.

use std::fmt::Write;
use std::path::Path;

const BODY: &str = "Iran rejected the offer of the United States on Monday. Russian President Vladimir Putin met Shinzo Abe in Moscow.";

/// Words of its own, so that no story is taken for a copy of another.
fn own(kind: &str, n: usize) -> String {
    (0..60).map(|i| format!("{kind}{}", (n + 1) * 7919 + i * 104_729)).collect::<Vec<_>>().join(" ")
}

/// What would run if it were taken for markup.
const MARKUP: [&str; 20] = [
    "<script>window.hacked = 1</script>",
    "<img src=x onerror=\"window.hacked = 1\">",
    "<svg onload=\"window.hacked = 1\"></svg>",
    "\"><script>window.hacked = 1</script>",
    "' onmouseover='window.hacked = 1' x='",
    "\" autofocus onfocus=\"window.hacked = 1",
    "</title><script>window.hacked = 1</script>",
    "</textarea><script>window.hacked = 1</script>",
    "<iframe srcdoc=\"<script>parent.hacked = 1</script>\"></iframe>",
    "<body onload=\"window.hacked = 1\">",
    "<a href=\"javascript:window.hacked = 1\">here</a>",
    "<style>* { display: none }</style>",
    "<meta http-equiv=\"refresh\" content=\"0;url=https://evil.example\">",
    "<base href=\"https://evil.example/\">",
    "<form action=\"https://evil.example\"><button>go</button></form>",
    "<!-- --!><script>window.hacked = 1</script>",
    "<![CDATA[<script>window.hacked = 1</script>]]>",
    "{{constructor.constructor('window.hacked = 1')()}}",
    "&lt;script&gt;window.hacked = 1&lt;/script&gt;",
    "<math><mtext></p><script>window.hacked = 1</script></mtext></math>",
];

/// What is merely hard to show.
fn hard() -> Vec<String> {
    let mut quotations = String::new();
    for n in 0..10_000 {
        let _ = write!(quotations, "\"We want {n} things,\" he said. ");
    }
    vec![
        format!("{} {BODY}", "a".repeat(100_000)),
        format!("\u{202e}{BODY}\u{202c} \u{2066}{BODY}"),
        format!("{BODY}\u{0007}\u{0001}\u{001b}[31m {BODY}"),
        format!("{BODY}\u{fffe}\u{ffff}\u{fdd0} {BODY}"),
        quotations,
        format!("{}{BODY}", "\u{0301}".repeat(5000)),
        format!("\u{feff}{BODY}\u{200b}\u{200d}{BODY}"),
        BODY.replace(' ', "\u{a0}"),
        format!("{BODY}\n\n\n\n\n{}", "\n\n".repeat(5000)),
        format!("{} {BODY}", "🇯🇵👩‍👩‍👧‍👦".repeat(2000)),
    ]
}

/// Writes them into a folder: as JSON Lines with harm in every field, and as pages.
pub fn write(folder: &Path) {
    let mut lines = String::new();
    let mut line = |value: serde_json::Value| {
        let _ = writeln!(lines, "{value}");
    };
    for (n, harm) in MARKUP.iter().enumerate() {
        let (one, other) = (own("a", n), own("b", n));
        line(serde_json::json!({
            "id": format!("hostile-{n}-{harm}"), "title": format!("{harm} talks"), "publisher": harm, "byline": harm, "date": "2019-01-07",
            "url": format!("javascript:window.hacked={n}"), "text": format!("{harm} {BODY} \"{harm} we agree,\" Putin said. {one}. {harm}"),
        }));
        line(serde_json::json!({
            "id": format!("quoted-{n}"), "title": "Names", "date": "2019-01-08", "url": format!("https://example.org/{n}?q={harm}"),
            "text": format!("President {harm} Smith met {harm} in Moscow on Tuesday. Mr {harm} attacked {n} Russian soldiers. {BODY} {other}"),
        }));
    }
    for (n, text) in hard().into_iter().enumerate() {
        line(
            serde_json::json!({ "id": format!("hard-{n}"), "title": format!("Hard {n}"), "date": "2019-01-09", "text": format!("{text} {}", own("c", n)) }),
        );
    }
    std::fs::write(folder.join("hostile.jsonl"), lines).unwrap();
    for n in 0..10 {
        let deep = 400 * (n + 1);
        let page = format!(
            "<html><head><title>Deep {n}</title></head><body>{}<article><p>{BODY} {}.</p></article>{}<script>window.hacked = 1</script></body></html>",
            "<div><b><i>".repeat(deep),
            own("d", n),
            "</i></b></div>".repeat(deep)
        );
        std::fs::write(folder.join(format!("deep-{n}.html")), page).unwrap();
    }
}
