//! Datelines of every shape seen in real archives, one a line; places in print, people and stories invented.

use super::*;

fn show(printed: Option<Printed>) -> String {
    let Some(printed) = printed else { return "none".into() };
    let day = printed.day.map(|day| format!("{}-{}", day.month, day.day.unwrap_or(0)));
    let part = |part: Option<String>| part.unwrap_or_else(|| "-".into());
    format!("{}|{}|{}|{}", printed.place, part(printed.region), part(printed.agency), part(day))
}

fn check(paragraph: &str, expected: &str) {
    assert_eq!(show(leading(paragraph)), expected, "{paragraph}");
}

#[test]
fn datelines_inside_the_first_paragraph() {
    check("WASHINGTON (Reuters) - The head", "WASHINGTON|-|Reuters|-");
    check("WASHINGTON/NEW YORK (Reuters) - Two banks", "WASHINGTON/NEW YORK|-|Reuters|-");
    check("SACRAMENTO, Calif. (Reuters) - The state", "SACRAMENTO|Calif.|Reuters|-");
    check("WEST PALM BEACH, Fla./WASHINGTON (Reuters) - He", "WEST PALM BEACH, Fla./WASHINGTON|-|Reuters|-");
    check("MEXICO CITY, March 3 (AP) — Talks", "MEXICO CITY|-|AP|3-3");
    check("MEXICO CITY (AP) — Talks", "MEXICO CITY|-|AP|-");
    check("LA CROSSE, Wis. (AP) — Talks", "LA CROSSE|Wis.|AP|-");
    check("VIENNA — Talks", "VIENNA|-|-|-");
    check("CLEVELAND, Ohio – Talks", "CLEVELAND|Ohio|-|-");
    check("PUTRAJAYA, Nov 22 — Talks", "PUTRAJAYA|-|-|11-22");
    check("KATHMANDU, April 25 (Reuters) - Talks", "KATHMANDU|-|Reuters|4-25");
    check("SEOUL, Aug. 20 (Yonhap) -- Talks", "SEOUL|-|Yonhap|8-20");
    check("NEW DELHI: Talks", "NEW DELHI|-|-|-");
    check("LINDI: Talks", "LINDI|-|-|-");
    check("(Reuters) - Talks", "|-|Reuters|-");
    check("WASHINGTON () - Talks", "WASHINGTON|-|-|-");
    check("LONDON, March 9 - The bank", "LONDON|-|-|3-9");
    check("ABOARD AIR FORCE ONE (Reuters) - He", "ABOARD AIR FORCE ONE|-|Reuters|-");
    check("CHARLESTON, W. Va. (Reuters) - He", "CHARLESTON|W. Va.|Reuters|-");
    check("BOSTON, Oct. 3, 2019 (AP) — He", "BOSTON|-|AP|10-3");
    check("新华社北京4月24日电 题：春天", "北京|-|新华社|4-24");
}

#[test]
fn datelines_of_agencies_outside_america() {
    check("(ANSA) - ROMA, 03 MAG - I traghetti", "ROMA|-|ANSA|5-3");
    check("(HPA) - Hallmere - The ferries of the town", "|-|HPA|-");
    check("(HPA) - Hallmere, October 11 - The ferries", "Hallmere|-|HPA|10-11");
    check("HALLMERE, 3 mai 2024 (AFP) - Les ferries", "HALLMERE|-|AFP|5-3");
    check("Hallmere, 03 mai 2024 (Lusa) -- Os ferries", "Hallmere|-|Lusa|5-3");
    check("Hallmere, 3 may (EFE).- Los", "Hallmere|-|EFE|5-3");
    check("Hallmere/Tarsk (dpa/lno). Die Fähren", "Hallmere/Tarsk|-|dpa/lno|-");
    check("Hallmere (dpa) - Die Fähren", "Hallmere|-|dpa|-");
    check("ХАЛЬМЕРЕ, 3 мая — РИА Новости. Паромы", "ХАЛЬМЕРЕ|-|РИА Новости|5-3");
    check("ХАЛЬМЕРЕ, 3 мая. /ТАСС/. Паромы", "ХАЛЬМЕРЕ|-|ТАСС|5-3");
    check("Хальмере. 3 мая. ИНТЕРФАКС - Паромы", "Хальмере|-|ИНТЕРФАКС|5-3");
    check("Hallmere, May 3 (PTI) The ferries", "Hallmere|-|PTI|5-3");
    check("HALLMERE, MAY 3. The ferries", "HALLMERE|-|-|5-3");
    check("ABOARD THE FERRY ORLA, off Tarsk, May 3 (AP) — The", "ABOARD THE FERRY ORLA|off Tarsk|AP|5-3");
    check("HALLMERE and TARSK, May 3 (AP) — The", "HALLMERE and TARSK|-|AP|5-3");
    check("May 3 (Harbour News) - The ferries", "|-|Harbour News|5-3");
    check("AUGUSTA (AP) — The", "AUGUSTA|-|AP|-");
    check("AUGUSTA, Ga., March 20 - The", "AUGUSTA|Ga.|-|3-20");
    check("Hallmere, 03.05.2024 (PAP) - Promy", "Hallmere|-|PAP|5-3");
    check("هالمير 3 مايو (رويترز) - توقفت", "هالمير|-|رويترز|5-3");
    check("हैलमेयर, 3 मई (भाषा) बंदरगाह", "हैलमेयर|-|भाषा|5-3");
    check("HALLMERE, 3 Mayıs (AA) - Feribotlar", "HALLMERE|-|AA|5-3");
    check("本报哈尔梅勒5月3日电　记者李明报道：港口", "哈尔梅勒|-|本报|5-3");
    check("中新社塔斯克5月3日电 (记者 王芳) 塔斯克港", "塔斯克|-|中新社|5-3");
    check("【ハルメレ共同】フェリーは", "ハルメレ|-|共同|-");
    check("[ハルメレ ３日 ロイター] - フェリー", "ハルメレ|-|ロイター|-");
    check("(할메레=연합뉴스) 홍길동 기자 = 항만은", "할메레|-|연합뉴스|-");
    check("[서울·할메레=AP/뉴시스] 항만은", "서울·할메레|-|AP/뉴시스|-");
}

#[test]
fn ordinary_beginnings_are_no_datelines() {
    for text in [
        "On Friday, May 3. The ferries stopped",
        "May 3 (Friday) - The ferries stopped",
        "May 3. The ferries stopped",
        "Lena Brandt (CDU). Die Fähren",
        "Robert Alden (left). The mayor",
        "In Hallmere, 3 May (a Friday) the ferries",
        "Hallmere. Die Fähren stehen still",
        "THE FERRY, MAYBE. It stopped",
        "Robert Alden (Reuters). The mayor waited",
        "新华社记者王芳5月3日电 港口",
        "وقال الوزير (سامي) - وهو من هالمير - إن",
        "【速報】フェリーは停止",
        "（写真）港の朝",
        "[단독] 항만은",
        "(사진=연합뉴스) 1920 항만은",
        "本报讯 港口停航",
        "本报记者5月3日从港口获悉，电力",
        "(a=b) then",
        "Hallmere, May 3 (The Post) People came",
    ] {
        let found = show(leading(text));
        assert_eq!(found, "none", "{text}");
    }
}

#[test]
fn labels_are_no_datelines() {
    for text in [
        "LE POINT SUR LA SITUATION - Les forces",
        "DEAR ABBY: I have",
        "NOTE: This story",
        "WHEAT - Sales rose",
        "The talks - long awaited - failed.",
        "Russia said Friday it expected more",
        "IBM - the computer maker",
        "UPDATE 1: Talks",
        "MPs - and others - met",
        "(Adds quotes, background) - Talks",
        "(This version of the story corrects paragraph 3) Talks",
        "A - B",
        "NATO: what comes next",
    ] {
        check(text, "none");
    }
}

#[test]
fn a_dateline_alone_on_its_line() {
    for (line, expected) in [
        ("MOSCOW", "MOSCOW|-|-|-"),
        ("LAGOS, June 5", "LAGOS|-|-|6-5"),
        ("WINNIPEG, Manitoba, March 2", "WINNIPEG|Manitoba|-|3-2"),
        ("NEW YORK, MARCH 16", "NEW YORK|-|-|3-16"),
        ("GENEVA, March 3 (AP) -", "GENEVA|-|AP|3-3"),
        ("Talks in Geneva", "none"),
        ("WHEAT", "none"),
        ("BANK RAISES ITS INTEREST RATE", "none"),
    ] {
        assert_eq!(show(alone(line)), expected, "{line}");
    }
}

#[test]
fn fields_that_hold_a_dateline() {
    for (field, expected) in [
        ("    LONDON, March 9 - ", "LONDON|-|-|3-9"),
        ("RICHMOND, Va. Feb 26 -", "RICHMOND|Va.|-|2-26"),
        ("Scarborough, Ontario, Feb 26 -", "Scarborough|Ontario|-|2-26"),
        ("RIO DE JANEIRO, Feb 26 - Brazil's \"Cruzado\" anti-", "RIO DE JANEIRO|-|-|2-26"),
        ("FARMINGTON, Conn., FEb 26 -", "FARMINGTON|Conn.|-|2-26"),
        ("MONTREAL, Feb 26-", "MONTREAL|-|-|2-26"),
        ("AMSTERDAM, 2 March -", "AMSTERDAM|-|-|3-2"),
        ("****SANTO DOMINGO, March 4 -", "SANTO DOMINGO|-|-|3-4"),
        ("c CHICAGO, March 9 -", "CHICAGO|-|-|3-9"),
        ("CHEVY CHASE, Md., - March 4 -", "CHEVY CHASE|Md.|-|3-4"),
        ("KANSAS CITY, Mo. - March 13 -", "KANSAS CITY|Mo.|-|3-13"),
        ("OKLAHOMA CITY, Okla. March 11, Reuter -", "OKLAHOMA CITY|Okla.|Reuter|3-11"),
        ("FARMINGTON Conn., March 9 -", "FARMINGTON|Conn.|-|3-9"),
        ("GEORGETOWN, Grand Cayman, British West Indies, March 25 -", "GEORGETOWN|Grand Cayman, British West Indies|-|3-25"),
        ("BELGRADE, March 2O -", "BELGRADE|-|-|3-20"),
        ("SYDNEY, April -", "SYDNEY|-|-|4-0"),
        ("PARIS,March 16 -", "PARIS|-|-|3-16"),
        ("FORT WORTH, Texas, -", "FORT WORTH|Texas|-|-"),
        ("BUENOS AIRES, ABR 7 -", "BUENOS AIRES|-|-|4-7"),
        ("panama city, april 29 -", "panama city|-|-|4-29"),
        ("La paz, march 4 -", "La paz|-|-|3-4"),
        ("TOKYO -", "TOKYO|-|-|-"),
        ("NEW YORK, March 119 -", "NEW YORK|-|-|-"),
        ("GRADINGS -", "none"),
        ("WHEAT -", "none"),
        ("Bids only -", "none"),
        ("COPPER GRADE A -", "none"),
        ("Mar --- --- ---", "none"),
        ("Wilcox/Gibbs -", "none"),
        ("TUE, APR 07 -", "none"),
        ("APRIL 11 -", "none"),
        ("us 7.8015 -", "none"),
        ("- Position of APR 6 -", "none"),
        ("NEW ZEALAND EXCHS CLOSE -", "none"),
    ] {
        assert_eq!(show(tagged(field)), expected, "{field}");
    }
}
