//! The lists behind [`super::classes`], in plain words separated by white space.

use super::*;

/// Each class with its words; a word may stand in several lists.
pub const LISTS: &[(Class, &str)] = &[
    (
        SAY,
        "said says say told tells tell added adds add wrote writes write asked asks ask noted notes note argued argues argue \
         explained explains explain continued continues replied replies reply responded responds respond stated states insisted \
         insists insist declared declares declare claimed claims claim warned warns warn announced announces acknowledged \
         acknowledges admitted admits admit conceded concedes concluded concludes recalled recalls remarked remarks observed \
         tweeted tweets posted suggested suggests suggest urged urges promised promises pledged vowed predicted predicts \
         joked quipped shouted yelled cried exclaimed answered countered retorted confirmed confirms denied denies complained \
         complains commented comments testified recounted reiterated stressed stresses emphasized emphasised maintained maintains \
         contended contends asserted asserts alleged alleges lamented mused boasted bragged thundered whispered muttered \
         read reads quoted cited cites described describes characterized characterised called calls termed dubbed branded \
         labelled labeled slammed blasted hailed praised criticized criticised condemned denounced dismissed accused \
         believes believe believed thinks thought think feels felt hopes hoped expects expected fears feared wondered reported \
         reports revealed disclosed stipulated ruled cautioned advised chanted sang pleaded begged volunteered \
         interjected offered elaborated agreed disagreed appealed demanded ordered proclaimed professed speculated surmised \
         opined reasoned reflected remembered reminded repeated swore teased texted emailed tweeting wished",
    ),
    (
        SAYING,
        "saying adding calling telling noting arguing writing asking insisting claiming warning describing citing declaring \
         explaining suggesting stating quoting tweeting referring responding replying acknowledging stressing urging vowing \
         promising shouting chanting complaining predicting recalling alleging accusing dismissing labeling branding dubbing \
         condemning denouncing hailing praising criticizing criticising joking continuing concluding announcing emphasizing \
         according",
    ),
    (
        SPOKEN,
        "claim claims statement statements comment comments remark remarks description words word phrase assertion argument \
         suggestion warning warnings promise pledge accusation accusations allegation allegations criticism tweet tweets \
         message letter speech interview testimony answer response question report memo email e-mail post op-ed column \
         declaration vow assessment prediction call calls demand quote mantra belief view views idea notion insistence complaint",
    ),
    (
        WORK,
        "book books film films movie movies show shows song songs album albums series novel play magazine programme program \
         documentary poem painting game games single track essay article headline titled entitled title podcast sitcom episode \
         comedy drama musical memoir blog website column sign banner poster slogan motto catchphrase hashtag law laws bill act chapter \
         exhibition video videos clip festival event brand label campaign project operation category section tour trilogy mixtape ep \
         soundtrack opera ballet telenovela hymn anthem lyric lyrics chorus app voice command poll percent meme",
    ),
    (
        NAMING,
        "called dubbed nicknamed named titled entitled known termed labelled labeled so-called translates translated translate \
         means meaning christened baptised headlined captioned alias aka",
    ),
    (
        DETERMINER,
        "the a an this that these those his her its their our my your some many several one two three four five six another \
         both each every other most few any all no senior former top unnamed",
    ),
    (
        PREPOSITION,
        "of in on at by for with from to into about against between among during after before since until through over under \
         near like as without within behind beyond despite upon toward towards via per amid outside inside across off around",
    ),
    (
        CONJUNCTION,
        "and or but nor yet so because although though while when where whereas if unless than that which whom whose what how why",
    ),
    (
        AUXILIARY,
        "is are was were be been being am has have had having do does did will would shall should can could may might must 's \
         isn't aren't wasn't weren't hasn't haven't hadn't doesn't didn't won't wouldn't can't couldn't shouldn't don't",
    ),
    (HE, "he"),
    (SHE, "she"),
    (THEY, "they it who"),
    (
        OTHER_PRONOUN,
        "i we you me us him them myself himself herself themselves itself ourselves hers theirs mine yours there here \
         something someone anyone nobody everybody everyone \
         i'm i've i'd i'll we're we've we'll we'd you're you've you'll you'd they're they've they'd they'll he'd he'll she'd she'll \
         it'd it'll that'll there'll who'd who've",
    ),
    (
        TITLE,
        "mr mr. mrs mrs. ms ms. miss dr dr. prof prof. professor president president-elect vice senator sen sen. sens. rep rep. \
         reps. representative gov gov. governor secretary minister chancellor premier prime chairman chairwoman chair \
         spokesman spokeswoman spokesperson director chief executive officer ceo general gen gen. colonel col col. captain \
         capt capt. lieutenant lt lt. sergeant sgt sgt. major maj maj. admiral adm adm. judge justice attorney mayor king queen \
         prince princess pope cardinal bishop archbishop father rev rev. reverend rabbi sheikh sir lord lady baroness dame \
         ambassador commissioner congressman congresswoman councilman councilwoman councillor deputy assistant acting \
         del. atty. supt. cmdr. msgr. amb. atty supt cmdr msgr pres pres. \
         speaker leader whip strategist manager coach analyst economist editor host anchor reporter correspondent columnist \
         candidate nominee hopeful author historian actor actress singer detective sheriff inspector superintendent constable \
         treasurer head founder co-founder sen-elect aide adviser advisor lawyer counsel delegate chairperson undersecretary \
         mp mep msp vice-president vice-chairman vice-chancellor secretary-general director-general \
         brother sister mother dad mom uncle aunt herr frau monsieur madame m. mme signor señor don doña",
    ),
    (MISTER, "mr mr. sir lord king prince father herr monsieur m. señor congressman councilman brother uncle"),
    (
        MISSES,
        "mrs mrs. ms ms. miss lady baroness dame queen princess frau madame mme señora signora congresswoman councilwoman sister aunt",
    ),
    (
        // The file holds nouns of WordNet 3.1 (Princeton University; WORDNET-LICENSE) whose first sense is a person.
        ROLE,
        concat!(
            "spokesman spokeswoman spokesperson spokesmen spokespeople spokespersons official officials analyst analysts aide aides \
         adviser advisers advisor advisors expert experts economist economists trader traders dealer dealers broker brokers \
         lawyer lawyers attorney attorneys prosecutor prosecutors investigator investigators diplomat diplomats minister ministers \
         president senator senators governor congressman congresswoman lawmaker lawmakers politician politicians leader leaders \
         critic critics supporter supporters opponent opponents voter voters activist activists protester protesters \
         demonstrator demonstrators resident residents witness witnesses victim victims source sources insider insiders \
         executive executives chairman chairwoman chief director manager managers boss bosses owner owners officer officers \
         founder co-founder professor researcher researchers scientist scientists author authors writer writers editor editors \
         reporter reporters journalist journalists columnist columnists historian strategist strategists pollster pollsters \
         operative operatives consultant consultants donor donors delegate delegates candidate candidates nominee \
         man woman boy girl men women mother father son daughter wife husband brother sister parents friend friends \
         doctor doctors nurse teacher teachers student students worker workers employee employees union unions farmer farmers \
         judge justice justices mayor secretary commissioner ambassador envoy commander soldier soldiers \
         coach player players captain midfielder defender striker actor actress singer star comedian \
         observer observers commentator commentators participant participants moderator host anchor speaker \
         fan fans customer customers investor investors shareholder shareholders member members colleague colleagues people \
         others someone businessman businesswoman billionaire millionaire veteran democrats republicans liberals conservatives \
         chancellor premier pope king queen prince princess bishop archbishop priest pastor detective sheriff policeman \
         advocate advocates rep reps representative representatives regulator regulators mp mps mep meps msp msps \
         realtor realtors grandmother grandmothers widow widows passers-by passer-by bystander bystanders onlooker onlookers \
         eyewitness eyewitnesses spectator spectators vice-president vice-chairman vice-chancellor secretary-general \
         director-general ",
            include_str!("people.txt")
        ),
    ),
    (
        SOURCE,
        "report reports statement statements police campaign company group government administration ministry department \
         agency office committee commission court bank study survey poll polls newspaper paper magazine website ad ads tweet \
         email emails letter document documents filing memo article editorial headline caption note sign team union party council \
         organisation organization association firm authorities military army network station bill law order resolution \
         alliance ruling complaint lawsuit indictment release post message transcript institute foundation \
         affidavit dossier briefing biography newsletter memorandum petition disclaimer notice tabloid webpage \
         publication rulebook tweets statistics records \
         charity coalition club family panel jury tribunal parliament university airline carmaker automaker insurer \
         brokerage retailer manufacturer watchdog outlet syndicate partnership startup",
    ),
    (
        ORGANISATION,
        "corp corp. inc inc. ltd ltd. co co. plc llc group bank university college institute ministry department agency party committee \
         commission council court house senate congress parliament association union federation foundation organization \
         organisation company times post journal news press television tv radio network airlines airways motors industries \
         holdings partners securities fund center centre school hospital church club league team police army navy force forces \
         service services bureau office administration government board authority society trust international national united \
         street state states white supreme federal european nations nato eu un u.n. fbi cia nasa opec kremlin pentagon \
         brothers sons technologies systems software telecom media campaign coalition alliance movement front project \
         port chamber museum academy embassy consulate diocese archdiocese library laboratory laboratories zoo consortium \
         guild orchestra observatory ombudsman confederation tribunal",
    ),
    (
        CALENDAR,
        "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october \
         november december jan jan. feb feb. mar mar. apr apr. jun jun. jul jul. aug aug. sep sep. sept sept. oct oct. nov nov. dec dec.",
    ),
    (
        // The file holds names of WordNet 3.1 that are a place and nothing else; those of several words have `_` between them.
        PLACE,
        concat!(
            "russia ukraine china japan germany france italy spain britain england scotland wales ireland europe america africa asia \
         australia canada mexico brazil argentina chile peru colombia venezuela cuba india pakistan bangladesh afghanistan iran \
         iraq syria israel palestine lebanon jordan egypt libya tunisia algeria morocco turkey greece poland hungary romania \
         bulgaria austria switzerland belgium netherlands holland denmark norway sweden finland iceland portugal korea vietnam \
         thailand malaysia singapore indonesia philippines taiwan kong hong zealand nigeria kenya ethiopia sudan somalia uganda \
         zimbabwe namibia angola mozambique ghana senegal rwanda congo serbia croatia bosnia kosovo albania georgia armenia \
         azerbaijan kazakhstan belarus moldova latvia lithuania estonia kuwait qatar bahrain yemen oman emirates arabia saudi \
         u.s. us usa u.k. uk eu washington moscow london paris berlin beijing tokyo rome madrid brussels kiev kyiv york angeles \
         san los las chicago boston houston dallas miami atlanta detroit philadelphia california texas florida ohio virginia \
         carolina iowa nevada michigan wisconsin pennsylvania arizona colorado hampshire jersey massachusetts illinois indiana \
         minnesota missouri tennessee alabama louisiana kentucky oregon utah kansas oklahoma connecticut maryland delaware \
         geneva vienna zurich frankfurt sydney melbourne toronto ottawa montreal vancouver delhi mumbai shanghai cairo \
         jerusalem baghdad tehran damascus kabul dublin edinburgh manchester liverpool birmingham ",
            include_str!("places.txt")
        ),
    ),
    (
        NATION,
        "russian ukrainian chinese japanese german french italian spanish british english scottish welsh irish european american \
         african asian australian canadian mexican brazilian argentine chilean colombian venezuelan cuban indian pakistani afghan \
         iranian iraqi syrian israeli palestinian lebanese jordanian egyptian libyan tunisian algerian moroccan turkish greek \
         polish hungarian romanian bulgarian austrian swiss belgian dutch danish norwegian swedish finnish portuguese korean \
         vietnamese thai malaysian indonesian filipino taiwanese nigerian kenyan ethiopian sudanese somali ugandan zimbabwean \
         serbian croatian bosnian albanian georgian armenian kazakh belarusian latvian lithuanian estonian kuwaiti qatari \
         yemeni saudi arab muslim christian jewish catholic republican democratic democrat liberal conservative labour soviet \
         russians ukrainians americans germans europeans israelis palestinians muslims jews christians republicans democrats \
         northern southern eastern western",
    ),
    (PARTICLE, "van von der den de del della di da dos du la le el al bin ibn ben abu ten ter zu y e st st."),
    (
        ADVERB,
        "also later then recently once never always often repeatedly still already only just even again simply flatly famously \
         previously reportedly openly publicly privately specifically merely yesterday today earlier now quickly \
         ever finally initially eventually clearly further bluntly actually",
    ),
    (
        OPENER,
        "however meanwhile when while if as after before since although though because but and or so yet still then now today \
         yesterday tomorrow later earlier also even just only not no yes in on at by for with from to into about during despite \
         the a an this that these those his her its their our my your he she it they we you i who what which where why how there \
         here some many several most all both each every one two three four five six seven eight nine ten another other others \
         such more much few first second third last next once again perhaps maybe according asked speaking instead indeed \
         moreover nevertheless nonetheless otherwise overall besides additionally similarly finally until \
         unlike like through under over between among within without along across following given amid against around \
         is are was were do does did has have had will would can could may might should must let please well oh ok okay \
         never always often sometimes usually recently currently reportedly apparently officials critics supporters analysts \
         people police experts sources voters democrats republicans part half none nothing something someone everyone anyone \
         very too than hers told said added says referring citing calling noting furthermore therefore thus hence elsewhere \
         sadly luckily fortunately unfortunately separately personally hopefully regardless",
    ),
    // Words of WordNet 3.1 that no other list has.
    (COMMON, include_str!("common.txt")),
    (SUFFIX, "jr jr. sr sr. ii iii iv"),
    (
        FEMININE,
        "spokeswoman chairwoman congresswoman councilwoman businesswoman woman women girl mother wife daughter sister actress \
         queen princess aunt grandmother widow mom waitress policewoman",
    ),
    (
        MASCULINE,
        "spokesman chairman congressman councilman businessman man men boy father husband son brother king prince uncle \
         grandfather dad pope priest policeman bishop actor",
    ),
    // The second file of each holds the given names of @faker-js/faker 10.6 and of Faker 40.63 for Python (both MIT), without those that are words
    // of another list.
    (MAN, concat!(include_str!("men.txt"), "\n", include_str!("men_of_the_world.txt"))),
    (WOMAN, concat!(include_str!("women.txt"), "\n", include_str!("women_of_the_world.txt"))),
];
