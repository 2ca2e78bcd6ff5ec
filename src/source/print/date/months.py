"""Writes months.txt: how each language prints its months and weekdays, from the Unicode CLDR as the package Babel carries it.

    pip install babel==2.19.0 && python months.py > months.txt

A line is a language: its code, twelve months from January, seven days from Monday, with tabs between and `/` between the forms of one name
(the form beside a day, the form alone, in full and cut short).
"""

import babel

LANGUAGES = """
en de de_AT fr es it pt nl sv da nb nn fi is et lv lt pl cs sk sl hr bs sr sr_Latn mk bg ru uk be ro hu el tr az sq ca gl eu af cy ga
ar ar_SY ar_DZ ar_TN ar_MA ar_MR ar_IQ ar_SA fa ur he hi bn mr ne ta te kn ml gu pa si th lo my km ka hy kk ky uz tg mn sw id ms fil vi am
zh
""".split()

# Forms that news prints and the CLDR does not list: `2024. gada 3. maijā`, `maiatzaren 3a`, `toukokuun 3. päivänä`.
MORE = {
    "lv": "janvārī februārī martā aprīlī maijā jūnijā jūlijā augustā septembrī oktobrī novembrī decembrī",
    "eu": "urtarrilaren otsailaren martxoaren apirilaren maiatzaren ekainaren uztailaren abuztuaren irailaren urriaren azaroaren abenduaren",
    "fi": "tammikuun helmikuun maaliskuun huhtikuun toukokuun kesäkuun heinäkuun elokuun syyskuun lokakuun marraskuun joulukuun",
    "fa": "ژانویه فوریه مارس آوریل می ژوئن جولای آگوست سپتامبر اکتبر نوامبر دسامبر",
}


def forms(names_of, number):
    """The different forms of one name, without those that are a number (`5月`)."""
    widths = [names_of[context][width] for context in ("format", "stand-alone") for width in ("wide", "abbreviated")]
    names = [names[number].strip() for names in widths]
    return [name for name in dict.fromkeys(names) if not any(c.isdigit() for c in name)]


def line(code):
    locale = babel.Locale.parse(code)
    months = [forms(locale.months, number) for number in range(1, 13)]
    for names, more in zip(months, MORE.get(code, "").split()):
        if more not in names:
            names.append(more)
    days = [forms(locale.days, number) for number in range(7)]
    return "\t".join([code, *("/".join(names) for names in months + days)])


print(f"# Written by months.py from the Unicode CLDR in Babel {babel.__version__}; its terms are in UNICODE-LICENSE.")
for code in LANGUAGES:
    print(line(code))
