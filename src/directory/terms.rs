//! Which words are characteristic of what somebody says.

/// Dunning's log-likelihood ratio G² of a word: how surely it is commoner in the words said than in the archive.
///
/// `said` of `said_words` are the word, against `archive` of `archive_words` altogether. 0 when it is not commoner. Ted Dunning,
/// "Accurate Methods for the Statistics of Surprise and Coincidence", Computational Linguistics 19(1), 1993; the form with
/// expected counts is that of Rayson and Garside (2000). 3.84 is the usual bound at one in twenty, 10.83 at one in a thousand.
pub fn log_likelihood(said: f64, said_words: f64, archive: f64, archive_words: f64) -> f64 {
    let (rest, rest_words) = ((archive - said).max(0.0), (archive_words - said_words).max(1.0));
    if said <= 0.0 || said / said_words.max(1.0) <= rest / rest_words {
        return 0.0;
    }
    let share = (said + rest) / (said_words + rest_words);
    let part = |seen: f64, words: f64| if seen > 0.0 { seen * (seen / (words * share)).ln() } else { 0.0 };
    2.0 * (part(said, said_words) + part(rest, rest_words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_said_more_often_than_printed_is_characteristic() {
        // Worked by hand: 5 of 100 words against 10 of 10,000.
        let worth = log_likelihood(5.0, 100.0, 10.0, 10_000.0);
        assert!((worth - 32.29).abs() < 0.01, "{worth}");
        assert_eq!(log_likelihood(1.0, 1_000.0, 500.0, 10_000.0), 0.0);
        assert!(log_likelihood(10.0, 100.0, 10.0, 10_000.0) > worth);
    }
}
