//! Names that decide whether a bare word in capitals is a place: capitals of the world and great news cities, and labels
//! that look like datelines.
//!
//! Only the bare forms (`TOKYO -`, `NOTE:`) need these lists; a day or an agency beside a place speaks for itself.

/// Places that often stand in a dateline without a region. In alphabetical order, for the search below.
#[rustfmt::skip]
const KNOWN: &[&str] = &[
    "ABIDJAN", "ABU DHABI", "ABUJA", "ACCRA", "ADDIS ABABA", "ALGIERS", "AMMAN", "AMSTERDAM", "ANKARA", "ARLINGTON", "ASTANA",
    "ATHENS", "ATLANTA", "AUCKLAND", "AUSTIN", "BAGHDAD", "BAHRAIN", "BAKU", "BALTIMORE", "BANGKOK", "BARCELONA", "BEIJING",
    "BEIRUT", "BELFAST", "BELGRADE", "BERLIN", "BERN", "BERNE", "BIRMINGHAM", "BOGOTA", "BOMBAY", "BONN", "BOSTON", "BRASILIA",
    "BRATISLAVA", "BRISBANE", "BRUSSELS", "BUCHAREST", "BUDAPEST", "BUENOS AIRES", "CAIRO", "CALCUTTA", "CANBERRA", "CAPE TOWN",
    "CARACAS", "CARDIFF", "CASABLANCA", "CHENNAI", "CHICAGO", "CLEVELAND", "COLOMBO", "COPENHAGEN", "DAKAR", "DALLAS",
    "DAMASCUS", "DELHI", "DENVER", "DETROIT", "DHAKA", "DOHA", "DUBAI", "DUBLIN", "DUSSELDORF", "EDINBURGH", "FRANKFURT",
    "GAZA", "GENEVA", "GLASGOW", "GUATEMALA CITY", "HAMBURG", "HANOI", "HARARE", "HAVANA", "HELSINKI", "HONG KONG", "HONOLULU",
    "HOUSTON", "ISLAMABAD", "ISTANBUL", "JAKARTA", "JERUSALEM", "JOHANNESBURG", "KABUL", "KAMPALA", "KANSAS CITY", "KARACHI",
    "KATHMANDU", "KHARTOUM", "KIEV", "KINSHASA", "KUALA LUMPUR", "KUWAIT", "KYIV", "LA PAZ", "LAGOS", "LAHORE", "LAS VEGAS",
    "LIMA", "LISBON", "LJUBLJANA", "LONDON", "LOS ANGELES", "LUSAKA", "LUXEMBOURG", "MADRID", "MANAGUA", "MANCHESTER", "MANILA",
    "MELBOURNE", "MEXICO CITY", "MIAMI", "MILAN", "MINNEAPOLIS", "MINSK", "MOGADISHU", "MONTEVIDEO", "MONTREAL", "MOSCOW",
    "MUMBAI", "MUNICH", "NAIROBI", "NEW DELHI", "NEW ORLEANS", "NEW YORK", "NICOSIA", "OKLAHOMA CITY", "OSLO", "OTTAWA",
    "PANAMA CITY", "PARIS", "PERTH", "PHILADELPHIA", "PHNOM PENH", "PITTSBURGH", "PRAGUE", "PRETORIA", "PRISTINA", "QUITO",
    "RABAT", "RAMALLAH", "RANGOON", "REYKJAVIK", "RIGA", "RIO DE JANEIRO", "RIYADH", "ROME", "ROTTERDAM", "SACRAMENTO",
    "SALT LAKE CITY", "SAN DIEGO", "SAN FRANCISCO", "SAN JOSE", "SAN JUAN", "SAN SALVADOR", "SANAA", "SANTIAGO",
    "SANTO DOMINGO", "SAO PAULO", "SARAJEVO", "SEATTLE", "SEOUL", "SHANGHAI", "SINGAPORE", "SKOPJE", "SOFIA", "ST. LOUIS",
    "STOCKHOLM", "STRASBOURG", "STUTTGART", "SYDNEY", "TAIPEI", "TALLINN", "TASHKENT", "TBILISI", "TEGUCIGALPA", "TEHRAN",
    "TEL AVIV", "THE HAGUE", "TOKYO", "TORONTO", "TRIPOLI", "TUNIS", "UNITED NATIONS", "VANCOUVER", "VATICAN CITY", "VIENNA",
    "VIENTIANE", "VILNIUS", "WARSAW", "WASHINGTON", "WELLINGTON", "YANGON", "YEREVAN", "ZAGREB", "ZURICH",
];

/// Words in capitals that label a text and are no place. In alphabetical order.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "ABOUT", "ACTION", "ADDITIONAL", "ADVISORY", "ALERT", "ALSO", "ANALYSIS", "AND", "ANSWER", "ARE", "BACKGROUND", "BIDS",
    "BOTTOM", "BREAKING", "BRIEF", "BRIEFS", "BUSINESS", "CLOSE", "COLUMN", "COMMENT", "COMMENTARY", "COPPER", "CORP",
    "CORRECTED", "CORRECTION", "DEAR", "DES", "DISCLAIMER", "DU", "EDITOR", "EDITORIAL", "EDITORS", "EVENT", "EXCHS",
    "EXCLUSIVE", "EXPLAINER", "FACTBOX", "FACTS", "FILE", "FILED", "FINAL", "FOB", "FOR", "FROM", "FULL", "GRADE", "GRADINGS",
    "HEADLINE", "HEADLINES", "HIGHLIGHTS", "HOW", "INSIGHT", "INSTANT", "INTERVIEW", "IS", "JUST", "KEY", "LATEST", "LETTER",
    "LIST", "LIVE", "MAIN", "MARKET", "MARKETS", "MEDIA", "MORE", "MOVIES", "MUSIC", "NEWS", "NOT", "NOTE", "NOTEBOOK", "NOTES",
    "NOW", "OBITUARY", "OPINION", "OTHER", "OUR", "OUTLOOK", "OVERVIEW", "PHOTO", "PHOTOS", "PICTURES", "PLEASE", "POINT",
    "POLL", "PRESS", "PREVIEW", "PROFILE", "QUESTION", "QUOTES", "READ", "RECAP", "RELATED", "REPORT", "REPORTS", "RESULTS",
    "REVIEW", "ROUNDUP", "SCORES", "SEE", "SERIES", "SILVER", "SOURCE", "SOURCES", "SPECIAL", "SPORT", "SPORTS", "STORY",
    "SUMMARY", "SUR", "TABLE", "TAKE", "THEN", "THERE", "THIS", "TIMELINE", "TIPS", "TODAY", "TOP", "TOTALS", "TRAVEL", "TUE",
    "UNLEADED", "UPDATE", "UPDATED", "URGENT", "VIDEO", "WARNING", "WATCH", "WEATHER", "WHAT", "WHEAT", "WHEN", "WHERE", "WHO",
    "WHY", "WRAPUP", "YES", "YOU",
];

/// Is this one of the places a newspaper names without saying where they are?
pub(crate) fn is_known(place: &str) -> bool {
    let place = place.to_uppercase();
    let mut each = place.split('/');
    each.all(|one| KNOWN.binary_search(&one.trim()).is_ok())
}

/// Does a label stand among the words?
pub(crate) fn is_label(words: &str) -> bool {
    let upper = words.to_uppercase();
    upper.split([' ', '/']).any(|word| LABELS.binary_search(&word).is_ok()) || upper.split(' ').all(|word| word.len() < 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_places_is_in_order() {
        assert!(KNOWN.is_sorted() && LABELS.is_sorted());
        assert!(is_known("tokyo") && is_known("SEATTLE/WASHINGTON") && !is_known("WHEAT"));
    }
}
