//! What the finder of quotations costs, on texts that are all marks and names.

use newshound::article::Article;
use newshound::quotation::quotations;
use std::time::{Duration, Instant};

#[test]
fn a_long_text_takes_no_longer_a_word_than_a_short_one() {
    let hardest = [
        "\"",
        "“",
        "'a ",
        "Okri said ",
        "\"x\" ",
        "the minister ",
        "he said \"no\". ",
        "Ann Lee, the mayor, ",
        "― Ann Lee\n\"a b c\" ",
    ];
    for piece in hardest {
        let text = piece.repeat((1 << 19) / piece.len());
        let start = Instant::now();
        let _ = quotations(&Article::plain("long", &text, false));
        assert!(start.elapsed() < Duration::from_secs(8), "{piece:?} took {:?}", start.elapsed());
    }
}
