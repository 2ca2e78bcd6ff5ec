//! Words of a story that used to reach no field, or the wrong one: a line each.

use super::{FIRST, SECOND, check, page, read, story};

#[test]
fn short_blocks_between_paragraphs_are_kept() {
    let whole = |between: &str| format!("Light out | {FIRST} | {between} | {SECOND}");
    check("a.html", story("<div>“We have none.”</div>"), &[&whole("“We have none.”")]);
    check("a.html", story("<p><strong>What now</strong></p>"), &[&whole("What now")]);
    check("a.html", story("<address>Tower Lane 3, Vexia</address>"), &[&whole("Tower Lane 3, Vexia")]);
    check("a.html", story("<pre>Orla 2</pre>"), &[&whole("Orla 2")]);
    // A link and what stands in a box for something else are none.
    let plain = format!("Light out | {FIRST} | {SECOND}");
    check("a.html", story("<div><a href=x>More light</a></div>"), &[&plain]);
    check("a.html", story("<div class=share>Tell friends</div>"), &[&plain]);
    let boxed = |words: &str| format!("<div class=w><div class=t><span>{words}</span></div></div>");
    let paragraphs = [FIRST, "She left.", SECOND].map(boxed).concat();
    check("a.html", page("", &format!("<main><h1>Light out</h1>{paragraphs}</main>")), &[&whole("She left.")]);
}

#[test]
fn words_in_a_figure_are_kept_where_they_stand_nowhere_else() {
    let figure =
        "<figure><blockquote>“I never saw such a night.”</blockquote><figcaption>— Tom Brass, sailor</figcaption></figure>";
    check(
        "a.html",
        story(figure),
        &[&format!("Light out | {FIRST} | “I never saw such a night.” | — Tom Brass, sailor | {SECOND}")],
    );
    let again = format!("<figure><blockquote>{SECOND}</blockquote><figcaption>Ada Quill</figcaption></figure>");
    check("a.html", story(&again), &[&format!("Light out | {FIRST} | {SECOND}")]);
    check(
        "a.html",
        story("<figure><img src=x><figcaption>The tower.</figcaption></figure>"),
        &[&format!("Light out | {FIRST} | {SECOND}")],
    );
}

#[test]
fn old_pages_print_their_headline_above_the_story() {
    let page = format!(
        "<HTML><HEAD><TITLE>VEXIA POST: Light out</TITLE></HEAD><BODY><TABLE><TR><TD><A HREF=a>News</A><BR><A HREF=b>Boats</A></TD>\
         <TD><FONT SIZE=5><B>Light out in the tower</B></FONT><BR><FONT SIZE=2>By ADA QUILL<BR>Vexia Post Staff</FONT><P>{FIRST}<P>{SECOND}</TD></TR></TABLE></BODY></HTML>"
    );
    check("a.html", page, &[&format!("Light out in the tower | Ada Quill | {FIRST} | {SECOND}")]);
}

#[test]
fn a_note_of_nitf_is_no_story_but_where_nothing_else_is_told() {
    let nitf = |head: &str, body: &str| {
        format!(
            "<?xml version=\"1.0\"?><nitf><body><body.head><hedline><hl1>Light out</hl1></hedline>{head}</body.head>{body}</body></nitf>"
        )
    };
    let note = "<note><body.content><p>Not before noon.</p></body.content></note>";
    check("a.xml", nitf(note, "<body.content><p>The light went out.</p></body.content>"), &["Light out | The light went out."]);
    check(
        "a.xml",
        nitf("<note><body.content><p>The light went out.</p></body.content></note>", ""),
        &["Light out | The light went out."],
    );
    let summary = "<abstract><p>The town is dark.</p></abstract>";
    check("a.xml", nitf(summary, "<body.content><p>No oil.</p></body.content>"), &["Light out | The town is dark. | No oil."]);
}

#[test]
fn what_is_not_closed_is_told() {
    let record = |n: usize| {
        format!("<REUTERS NEWID=\"{n}\">\n<DATE>26-FEB-1987</DATE>\n<TEXT><TITLE>STORY {n}</TITLE><BODY>No oil {n}.\n")
    };
    check("a.sgm", record(1) + &record(2), &["STORY 1 | 1987-02-26 | No oil 1.", "STORY 2 | 1987-02-26 | No oil 2.", "(Markup)"]);
    check("a.sgm", record(1) + "</BODY></TEXT></REUTERS>\n", &["STORY 1 | 1987-02-26 | No oil 1."]);
}

#[test]
fn a_lead_beside_the_text_is_kept_unless_the_text_says_it() {
    check(
        "a.csv",
        "title,lead,text\nOne,The town is dark.,The light went out.\n",
        &["One | The town is dark. | The light went out."],
    );
    check("a.csv", "title,lead,text\nOne,The light went...,The light went out.\n", &["One | The light went out."]);
    check(
        "a.json",
        r#"[{"headline":{"main":"One"},"abstract":"The town is dark.","snippet":"The town is dark.","lead_paragraph":"The light went out."}]"#,
        &["One | The town is dark. | The light went out."],
    );
    // Some sentences of the text are a summary that a program made.
    check("a.csv", "title,summary,text\nOne,Out. Dark.,Out. In. Dark.\n", &["One | Out. In. Dark."]);
    let feed = "<rss><channel><item><title>One</title><description>The town is dark.</description><content:encoded>&lt;p&gt;The light &lt;i&gt;went&lt;/i&gt; out.&lt;/p&gt;</content:encoded></item>\
        <item><title>Two</title><description>The light went […]</description><content:encoded>&lt;p&gt;The light &lt;i&gt;went&lt;/i&gt; out.&lt;/p&gt;</content:encoded></item></channel></rss>";
    check("a.xml", feed, &["One | The town is dark. | The light went out.", "Two | The light went out."]);
}

#[test]
fn cdata_that_was_escaped_twice_is_no_text() {
    let feed = "<rss><channel><item><title>&lt;![CDATA[Light out]]&gt;</title><description>&lt;![CDATA[&lt;p&gt;No oil.&lt;/p&gt;&lt;p&gt;No light.&lt;/p&gt;]]&gt;</description></item>\
        <item><title>Two</title><description>&lt;![CDATA[No oil.]]&gt;</description></item></channel></rss>";
    check("a.xml", feed, &["Light out | No oil. | No light.", "Two | No oil."]);
}

#[test]
fn an_outlet_behind_a_dash_is_no_part_of_the_headline() {
    let body = format!("<article><div class=headline>Light out</div><p>{FIRST}</p><p>{SECOND}</p></article>");
    let page = format!(
        "<html lang=en><head><title>Light out – Vexia Post</title><meta property=\"og:title\" content=\"Light out – Vexia Post\"></head><body>{body}</body></html>"
    );
    assert!(read("a.html", page.as_bytes()).starts_with("Light out | "));
    check("a.json", r#"{"title":"Light out – Vexia Post","source":"Vexia Post","text":"No oil."}"#, &["Light out | No oil."]);
    let feed = "<rss><channel><title>Vexia Post</title><item><title>Light out – Vexia Post</title><description>No oil.</description></item></channel></rss>";
    check("a.xml", feed, &["Light out | No oil."]);
}

#[test]
fn a_page_saved_as_a_mail_has_the_day_it_was_printed() {
    let mhtml = |head: &str| {
        format!(
            "{head}Subject: Light out\r\nDate: Mon, 2 Jun 2025 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"--x\"\r\n\r\n\
             ----x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://vexia.example/light\r\n\r\n\
             <html lang=3D\"en\"><head><meta charset=3D\"utf-8\"><title>Light out</title></head><body><nav><a href=3D\"/\">Home</a></nav><article><h1>Light out</h1>\
             <time datetime=3D\"2025-03-14\">14 March</time><p>{FIRST}</p><p>{}</p></article></body></html>\r\n----x--\r\n",
            SECOND.replace('“', "=E2=80=9C").replace('”', "=E2=80=9D")
        )
    };
    let plain = format!("Light out | 2025-03-14 | {FIRST} | {SECOND}");
    check("a.mhtml", mhtml("From: <Saved by Blink>\r\nSnapshot-Content-Location: https://vexia.example/light\r\n"), &[&plain]);
    // A letter was sent on the day it says.
    let letter = read("a.eml", mhtml("From: <desk@vexia.example>\r\nTo: <ada@vexia.example>\r\n").as_bytes());
    assert!(letter.starts_with("Light out | 2025-06-02"), "{letter}");
}

#[test]
fn bytes_that_belie_their_declaration_are_told() {
    let page = "<html lang=\"ru\"><head><meta charset=\"windows-1251\"><title>Маяк погас</title></head><body><article><h1>Маяк погас</h1><p>Маяк Вексии погас в пятницу, потому что на башне кончилось масло, сообщил порт города.</p></article></body></html>";
    let plain = "Маяк погас | Маяк Вексии погас в пятницу, потому что на башне кончилось масло, сообщил порт города.";
    check("a.html", encoding_rs::KOI8_R.encode(page).0, &[plain, "(Bytes)"]);
    check("a.html", encoding_rs::WINDOWS_1251.encode(page).0, &[plain]);
    let loud = page.replace(
        "Маяк Вексии погас в пятницу, потому что на башне кончилось масло, сообщил порт города.",
        "МАЯК ВЕКСИИ ПОГАС В ПЯТНИЦУ, ПОТОМУ ЧТО НА БАШНЕ КОНЧИЛОСЬ МАСЛО.",
    );
    assert!(!read("a.html", &encoding_rs::WINDOWS_1251.encode(&loud).0).contains("(Bytes)"));
}

#[test]
fn lines_of_factiva_are_joined_below_their_label() {
    let text = "HD  Light out\nWC  20 words\nPD  14 March 2025\nSN  Vexia Post\nLP  The light of Vexia went out on\n    Friday, for the oil had come to\n    its end.\nTD  Two boats lay at the quay, and\n    nobody left.\n\n    The town is dark.\nAN  Document VEXPST0020250314ek530000a\n";
    check(
        "a.txt",
        text,
        &[
            "Light out | 2025-03-14 | The light of Vexia went out on Friday, for the oil had come to its end. | Two boats lay at the quay, and nobody left. | The town is dark.",
        ],
    );
}

#[test]
fn a_deck_is_no_part_of_the_headline() {
    let body = format!("{FIRST}\n\n{SECOND}\n\nThe town is dark.\n");
    let below = |head: &str| read("a.txt", format!("{head}\n\n{body}").as_bytes());
    assert!(below("LIGHT OUT IN THE TOWER\nNo oil in Vexia").starts_with("LIGHT OUT IN THE TOWER | No oil in Vexia | The light"));
    assert!(
        below("Light out in the tower\nNo oil is left in Vexia")
            .starts_with("Light out in the tower | No oil is left in Vexia | The light")
    );
    assert!(
        below("Light out in the tower\nNo oil is left in Vexia\n\nBy Ada Quill")
            .starts_with("Light out in the tower | Ada Quill | No oil is left in Vexia | The light")
    );
    assert!(below("Light out in the tower of\nVexia").starts_with("Light out in the tower of Vexia | The light"));
    assert!(
        below("Light out in the tower, and\nnobody to light it").starts_with("Light out in the tower, and nobody to light it | ")
    );
}

#[test]
fn a_byline_of_several_lines_is_one() {
    let body = format!("{FIRST}\n\n{SECOND}\n\nThe town is dark.\n");
    let plain = format!("{FIRST} | {SECOND} | The town is dark.");
    let below = |head: &str, expected: &str| {
        check("a.txt", format!("Light out\n\n{head}\n\n{body}"), &[&format!("Light out | {expected} | {plain}")])
    };
    below("Ada Quill and Tom Brass\nVexia Courant", "Ada Quill, Tom Brass");
    below("Ada Quill, Vexia Post", "Ada Quill");
    below("ADA QUILL, Staff Writer", "Ada Quill");
    below("Story by Ada Quill", "Ada Quill");
    check(
        "a.txt",
        format!("Light out in the tower\nAda Quill\nVexia Courant\nPublished 10:15 a.m. ET March 14, 2025\n\n{body}"),
        &[&format!("Light out in the tower | Ada Quill | 2025-03-14T10:15-04:00 | {plain}")],
    );
    let page = page(
        "",
        &format!(
            "<article><h1>Light out</h1><div class=x_ar_by><div class=x_by_a><a href=y>Ada Quill</a></div><div>Vexia Courant</div></div><div class=b><p>{FIRST}</p><p>{SECOND}</p></div></article>"
        ),
    );
    check("a.html", page, &[&format!("Light out | Ada Quill | {FIRST} | {SECOND}")]);
}
