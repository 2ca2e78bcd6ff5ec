//! Korean, Japanese and Chinese, which print no capitals: by particles, roles and verbs of saying.

use super::check;

#[test]
fn korean_speakers_stand_before_a_particle() {
    check("한지호 바라시장은 \"석탄이 이제 남아 있지 않다\"고 말했다.", "한지호");
    // a family name and the role, in the same sentence again
    check(
        "한지호 바라시장은 \"석탄이 없다\"고 말했다. 한 시장은 이어 \"봄까지 기다려야 한다\"며 \"주민들께 죄송하다\"고 했다.",
        "한지호 | 한지호 | 한지호",
    );
    // the party and the office between name and role
    check("윤석라 바라통합당 대선 후보는 \"나는 반대한다\"고 했다. 윤 후보는 \"끝까지 싸우겠다\"고도 했다.", "윤석라 | 윤석라");
    check("\"석탄이 이제 남아 있지 않다\"고 한지호 시장은 말했다.", "한지호");
    // a sentence of its own
    check("\"물이 너무 빨리 올라왔어요.\" 주민 오미래 씨가 말했다.", "오미래");
    // whose request is told is not who answers
    check(
        "한지호 시장은 \"석탄이 없다\"고 강조했다. 마태수 의원이 이날 사퇴를 요구한 데 대해 \"받아들일 수 없다\"고 말했다.",
        "한지호 | 한지호",
    );
}

#[test]
fn korean_sources_without_a_name_stay_as_printed() {
    check(
        "항만청 관계자는 \"배가 들어오지 않는다\"고 밝혔다. 그는 \"내일도 어렵다\"고 덧붙였다.",
        "항만청 관계자 | 항만청 관계자",
    );
    check("김 모 씨(45)는 “억울하다”고 말했다.", "김 모 씨");
    check("경찰은 \"조사하고 있다\"고 밝혔다.", "경찰");
    // a term is nobody's
    check("바라시는 “겨울 축제”를 연다.", "nobody");
    // a foreign name is told by the nation behind it
    check(
        "토레 할덴 미국 대통령은 \"서명하지 않겠다\"고 말했다. 할덴 대통령은 \"봄에 결정하겠다\"고 했다.",
        "토레 할덴 | 토레 할덴",
    );
}

#[test]
fn korean_names_do_not_go_over_to_others() {
    // somebody whom no list knows, and a place where something is said
    check("최영라 의원은 \"끝났다\"고 했다. 백순례 할머니는 \"아직이다\"라고 했다.", "최영라 | 백순례");
    check("최영라 의원은 \"끝났다\"고 했다. A씨는 \"무서웠다\"고 했다.", "최영라 | A씨");
    check("최영라 의원은 \"끝났다\"고 했다. 댓글에는 \"믿을 수 없다\"는 글이 있다.", "최영라 | nobody");
    check("최영라 의원은 \"끝났다\"고 했다. 노조와 시는 \"다시 만난다\"고 했다.", "최영라 | nobody");
    // the body between the name and the role
    check("오세라 바라연합 정책위의장은 \"막겠다\"고 했다.", "오세라");
    // whose words they are said to be, and two
    check("\"끝났다\"는 박철라 의원의 발언에 대해 이정마 의원은 답하지 않았다.", "박철라");
    check("박철라 의원과 이정마 의원은 \"막겠다\"고 했다.", "박철라 의원과 이정마 의원");
    // another role may be somebody else's
    check("김철라 시장은 웃었다. 김 의원은 \"아직이다\"라고 했다.", "김 의원");
    check("소설가 민하라는 웃었다. 민 소설가는 \"아직 쓴다\"고 했다.", "민하라");
    // whoever asks does not answer, nor a place, nor whose words are criticised
    check("박영라 의원이 \"왜냐\"고 묻자 \"모른다\"고 했다.", "박영라 | nobody");
    check("박영라 의원은 김철라 시장의 \"모른다\"는 발언을 비판했다.", "김철라");
    check("김철라 시장은 경찰은 책임이 없다면서 \"믿는다\"고 했다.", "김철라");
    check("한지호 서울시장은 웃었다. 부산시장은 \"맑다\"고 했다.", "부산시장");
}

#[test]
fn japanese_speakers_stand_before_a_particle() {
    check("山田太一市長は「石炭はもうありません」と述べた。山田市長は「春まで待つ」とも語った。", "山田太一 | 山田太一");
    check("「石炭はもうない」と港湾組合の担当者は話した。", "港湾組合の担当者");
    check(
        "ベルガ国のトーレ・ハルデン大統領は「署名しない」と表明した。ハルデン氏は「春に決める」と語り、「急がない」と付け加えた。",
        "トーレ・ハルデン | トーレ・ハルデン | トーレ・ハルデン",
    );
    // an age, and a blank behind the reading
    check("会社員の木下花さん（34）は「怖かった」と話した。", "木下花");
    check("尹山河（ユンサンハ） 大統領は３日、談話を出した。尹氏は「秩序を守るためだ」と述べた。", "尹山河");
    // titles
    check("小説「石の橋」が出版された。", "no speech");
}

#[test]
fn japanese_names_do_not_go_over_to_others() {
    // words that no list has, as printed
    check("佐藤健次社長は「急ぐ」と述べた。宇田は「待つ」と話した。", "佐藤健次 | 宇田");
    // whom it is said to does not say it
    check("江尻さんは夫から「すぐ逃げろ」と言われた。", "夫");
    check("佐藤健次社長は「急ぐ」と述べた。市民から「遅い」との声が上がる。", "佐藤健次 | 市民");
    // whoever asked does not answer
    check("「なぜだ」と佐藤記者が聞くと、「分からない」と答えた。", "佐藤 | nobody");
    // what is called so is nobody's words
    check("佐藤健次社長は社内で「ボス」と呼ばれていた。", "no speech");
    // a source is no speaker
    check("県警によると、「何も話したくない」と供述している。", "nobody");
    check("山田太一市長は中国は脅威だとして「備える」と述べた。", "山田太一");
    check("山田太一市長は佐藤次郎議員が「備える」と言ったと批判した。", "佐藤次郎");
    check(
        "田中花子さんは「遅い」と話した。田中一郎社長は「急ぐ」と述べた。田中さんは「困る」と話した。",
        "田中花子 | 田中一郎 | 田中",
    );
    check("石田一朗首相は「急ぐ」と述べた。前首相は「待つ」と述べた。", "石田一朗 | 前首相");
    check("山田太一市長は「安心」と「安全」を両立させる。", "nobody | no speech");
    // given names in hiragana, family names of three characters, an occupation
    check("小林ひかりさんは「うれしい」と話した。", "小林ひかり");
    check("長谷川純次教授は「早い」と述べた。長谷川教授は「遅い」とも語った。", "長谷川純次 | 長谷川純次");
    check("主婦片桐佐和さんは「高い」と話した。「安くして」と鵜飼さん。", "片桐佐和 | 鵜飼");
}

#[test]
fn chinese_speakers_stand_before_a_verb_of_saying() {
    check("市长李明远说：“煤已经没有了。”他表示：“要等到春天。”", "李明远 | 李明远");
    check("“煤已经没有了。”港务局发言人说。", "港务局发言人");
    check("“我们不会签字，”瓦达拉总统托雷·哈尔登周五在记者会上表示，“要等到春天。”", "托雷·哈尔登 | 托雷·哈尔登");
    check("警方表示，“正在调查”。村民王小花告诉记者：“水来得太快了。”", "警方 | 王小花");
    check("这本书叫“石桥”，很受欢迎。", "nobody");
}

#[test]
fn chinese_names_do_not_go_over_to_others() {
    // what stands between the name and the verb
    check("老师王桂花笑着说：“很好。”", "王桂花");
    check("王明在记者会上说：“很好。”", "王明");
    // whoever is told it, and what is written somewhere
    check("王明说，李红曾告诉他：“别怕。”", "李红");
    check("横幅上写着：“欢迎回家。”王明说，他很感动。", "nobody");
    check("李红问：“你怕吗？”王明回答：“不怕。”", "李红 | 王明");
    check("王明跟她说：“别怕。”", "王明");
    check("市长李从军说：“很好。”部长陈向东说：“不好。”", "李从军 | 陈向东");
    check("城吃雨绿厂大，“好的。”", "nobody");
    // the last name of somebody printed in full, and words that no list has
    check("负责人马尔滕·德弗林在记者会上说：“很好。”德弗林说：“再见。”", "马尔滕·德弗林 | 马尔滕·德弗林");
    check("佩雷林说：“我们赢了。”", "佩雷林");
    // long characters and corner marks
    check("王明說，「我不會去，你們也不必去」。", "王明");
}
