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
    check("Tue May 03 10:00:00 +0000 2024", "2024-05-03T10:00:00+00:00");
    check("soon", "none");
    check("2025-13-40", "none");
    check("None", "none");
}

/// One written day of each language; the month stands as it does beside a day.
#[test]
fn months_in_the_languages_of_news() {
    for text in [
        "3 мая 2024",
        "3-го мая 2024 г.",
        "3 травня 2024 року",
        "3 мая 2024 года",
        "3 maja 2024",
        "3. května 2024",
        "3. mája 2024",
        "3. svibnja 2024.",
        "3. maj 2024.",
        "3. мај 2024.",
        "3. maj 2024",
        "3 май 2024 г.",
        "3 Μαΐου 2024",
        "3 ΜΑΪΟΥ 2024",
        "3 Mayıs 2024 Cuma",
        "3 mai 2024",
        "2024 m. gegužės 3 d.",
        "2024. gada 3. maijs",
        "2024. gada 3. maijā",
        "3. mai 2024",
        "3. toukokuuta 2024",
        "2024. május 3.",
        "3 במאי 2024",
        "٣ مايو ٢٠٢٤",
        "3 أيار 2024",
        "3 ماي 2024",
        "۱۴ اردیبهشت ۱۴۰۳",
        "3 می 2024",
        "३ मई २०२४",
        "৩ মে ২০২৪",
        "3 พฤษภาคม 2567",
        "3 พ.ค. 67",
        "วันศุกร์ที่ 3 พฤษภาคม พ.ศ. 2567",
        "3 พฤษภาคม ค.ศ. 2024",
        "ngày 3 tháng 5 năm 2024",
        "3 tháng 5, 2024",
        "3 Mei 2024",
        "3 de maig de 2024",
        "1er mai 2024, 3 mai 2024",
        "令和6年5月3日",
        "二〇二四年五月三日",
        "2024년 5월 3일",
        "2024년5월3일",
    ] {
        let expected = if text.starts_with("1er") { "2024-05-01" } else { "2024-05-03" };
        check(text, expected);
    }
    check("mar. 3 mai 2022", "2022-05-03");
    check("3 listopada 2024", "2024-11-03");
    check("3. listopada 2024.", "2024-10-03");
    check("lis 2024", "2024-11");
    check("31 апреля 2024", "none");
    check("30 بهمن ۱۴۰۳", "2025-02-18");
    check("31 بهمن ۱۴۰۳", "none");
}

#[test]
fn clocks_of_twelve_hours_and_their_zones() {
    check("Sept. 5, 2019, 10:15 p.m. ET", "2019-09-05T22:15-04:00");
    check("Feb. 5, 2019, 10:15 a. m. ET", "2019-02-05T10:15-05:00");
    check("12:05 a.m. EST, March 4, 2013", "2013-03-04T00:05-05:00");
    check("Posted: 6:15 a.m. CT May 3, 2024", "2024-05-03T06:15-05:00");
    check("Published 6:15 a.m. CT May 3, 2024 | Updated 7:01 p.m. CT May 4, 2024", "2024-05-03T06:15-05:00");
    check("May 3, 2024, 9 p.m.", "2024-05-03T21:00");
    check("2024-05-03 오후 3:10", "2024-05-03T15:10");
    check("2024년 5월 3일 오전 12시 5분", "2024-05-03T00:05");
    check("2024年5月3日 下午3:10", "2024-05-03T15:10");
    check("2024年5月3日 午後3時10分", "2024-05-03T15:10");
    check("2024年5月3日 10時", "2024-05-03T10:00");
    check("3 mai 2024 à 10h05", "2024-05-03T10:05");
    check("3.5.2024 klo 10.05", "2024-05-03T10:05");
    check("3. Mai 2024, 10.05 Uhr (MESZ)", "2024-05-03T10:05+02:00");
    check("Friday 3 May 2024 10.00 BST", "2024-05-03T10:00+01:00");
    check("3 Mei 2024 10:00 WIB", "2024-05-03T10:00+07:00");
    check("3 مايو 2024 3:10 م", "2024-05-03T15:10");
    check("Thứ Sáu, 3/5/2024, 10:00 (GMT+7)", "2024-03-05T10:00+07:00");
    check("Thu Apr 29 2021 00:00:00 GMT+0200 (Central European Summer Time)", "2021-04-29T00:00:00+02:00");
    check("Fri, 3 May 2024 24:00:00 GMT", "2024-05-03");
    check("3 May 2024, Amsterdam 12:15", "2024-05-03T12:15");
    check("3. Mai 2024, 10:00 Sa", "2024-05-03T10:00");
    check("3 May 2024 3.5 million", "2024-05-03");
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
