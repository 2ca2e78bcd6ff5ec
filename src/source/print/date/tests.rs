//! Dates as machines and people write them, one a line.

use super::*;

fn check(text: &str, expected: &str) {
    let found = read(text, DateOrder::MonthFirst).map(|date| date.iso);
    assert_eq!(found.as_deref().unwrap_or("none"), expected, "{text}");
}

#[test]
fn dates_as_machines_and_people_write_them() {
    check("2025", "2025");
    check("2025-03", "2025-03");
    check("2025-03-14", "2025-03-14");
    check("2025-03-14T09:26:00+01:00", "2025-03-14T09:26:00+01:00");
    check("2024-05-03 23:47:42.389000+00:00", "2024-05-03T23:47:42+00:00");
    check("2024-05-03T23:47:42.389Z", "2024-05-03T23:47:42Z");
    check("2011-05-23T10:00:00+0200", "2011-05-23T10:00:00+02:00");
    check("20240503T101010+0200", "2024-05-03T10:10:10+02:00");
    check("20240503T101010Z", "2024-05-03T10:10:10Z");
    check("19870226", "1987-02-26");
    check("Fri, 03 May 2024 10:00:00 GMT", "2024-05-03T10:00:00Z");
    check(" 26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01");
    check("December 31, 2017 ", "2017-12-31");
    check("Dec. 31st, 2017", "2017-12-31");
    check("3 May 2024 at 9:05 pm", "2024-05-03T21:05");
    check("31 de diciembre de 2017", "2017-12-31");
    check("14. März 2025", "2025-03-14");
    check("08/30/63", "1963-08-30");
    check("30/08/1963", "1963-08-30");
    check("3.5.2024", "2024-05-03");
    check("2024/5/3", "2024-05-03");
    check("2024年5月3日", "2024-05-03");
    check("1714752000", "2024-05-03");
    check("May 2024", "2024-05");
    check("Wednesday, March 5, 2025 7:15 AM EST", "2025-03-05T07:15-05:00");
    check("Tue May 03 10:00:00 +0000 2024", "2024-05-03");
    check("soon", "none");
    check("2025-13-40", "none");
    check("None", "none");
}

#[test]
fn an_ambiguous_day_is_said_to_be_so() {
    assert!(read("03/04/2025", DateOrder::DayFirst).is_some_and(|date| date.ambiguous && date.iso == "2025-04-03"));
    assert!(read("13/04/2025", DateOrder::MonthFirst).is_some_and(|date| !date.ambiguous));
}

#[test]
fn a_line_that_is_only_a_date() {
    assert!(is_line("2017-04-04") && is_line("Published: Monday, 3 March 2025") && is_line("March 3, 2025 10:15 AM"));
    assert!(!is_line("The talks of March 3, 2025") && !is_line("1986 profits rise 21 pct") && !is_line("LAGOS, June 5"));
}

#[test]
fn the_order_of_a_file_is_what_its_clear_dates_have() {
    assert_eq!(order_in("title,date\nRain,03/04/2025\nSun,25/04/2025\n"), Some(DateOrder::DayFirst));
    assert_eq!(order_in("{\"date\": \"4/25/2025\"}"), Some(DateOrder::MonthFirst));
    assert_eq!(order_in("Rain,03/04/2025"), None);
    assert_eq!(order_in("2025-04-25"), None);
}

#[test]
fn dates_in_paths() {
    assert_eq!(in_path("nyt/2025/03/14/story.txt").as_deref(), Some("2025-03-14"));
    assert_eq!(in_path("nyt/2025-03-14-story.txt").as_deref(), Some("2025-03-14"));
    assert_eq!(in_path("vexia/20250314/story.txt").as_deref(), Some("2025-03-14"));
    assert_eq!(in_path("bbc/business/001.txt"), None);
    assert_eq!(in_path("a/Paper_2024_05_03.html"), None);
}
