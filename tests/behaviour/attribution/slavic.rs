//! Russian and Polish: inflected names, roles without an article, papers that quote.

use super::check;

#[test]
fn an_inflected_name_is_the_person_printed_otherwise() {
    // genitive behind "according to", nominative elsewhere
    check("Сергей Климов был на шахте. По словам Климова, «угля больше нет во всём районе».", "Сергей Климов");
    // the nominative is shown, whichever form comes first
    check("На шахте встретили Сергея Климова. «Угля больше нет», — сказал Сергей Климов.", "Сергей Климов");
}

#[test]
fn a_role_without_an_article_is_found() {
    check("«Угля больше нет», — сказал президент компании Иван Зорин.", "Иван Зорин");
    check("«Угля больше нет», — сообщил министр энергетики Иван Зорин.", "Иван Зорин");
    // all that belongs to the noun
    check("«Угля больше нет», — заявил представитель ведомства.", "представитель ведомства");
    check("„Nie ma już węgla”, powiedział minister energii Jan Zieliński.", "Jan Zieliński");
}

#[test]
fn the_paper_that_quotes_is_not_the_speaker() {
    // the paper first, the one it quotes second
    check("Иван Климов приехал утром. «Угля больше нет», — цитирует РНК Климова.", "Иван Климов");
}
