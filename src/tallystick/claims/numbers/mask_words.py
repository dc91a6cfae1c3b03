"""What stands beside a number that is no quantity, by language: (name of the mask, pattern), MONTH for a month's name.

Patterns to the left end where the number begins; those to the right begin where it ends. They match case as written.
"""

from __future__ import annotations

MONTHS = {
    "en": (
        r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
        r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
    ),
    "ru": r"(?:январ|феврал|март|апрел|ма[яйе]|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-я]{0,3}(?!\w)",
    "ko": r"(?:\d{1,2}월)",
}
LEFT = {
    "en": (
        ("date", r"\bMONTH\s(?:\d{1,2}(?:st|nd|rd|th)?\s?(?:[-–,&]|and|to)?\s?)?"),
        (
            "reference",
            r"\b(?:[Rr]esolutions?|[Aa]rticles?|[Ss]ections?|[Pp]aragraphs?|[Pp]aras?\.?|[Cc]hapters?|[Aa]nnex|[Nn]os?\.|[Rr]oom"
            r"|[Bb]ureau|[Oo]ffice|[Uu]nit|[Rr]oute|[Ff]light|[Cc]hannel|[Gg]ate|[Ff]ig(?:ure|\.)|[Tt]able|[Rr]ule|[Dd]ecree"
            r"|[Vv]olume|[Vv]ol\.|[Ii]tem|[Bb]ox|[Nn]umber|[Ll]evel|[Tt]op|[Dd]epartment|[Cc]ase|[Pp]hase|[Pp]art)\s?\(?|[№#]\s?",
        ),
        ("page", r"\b(?:[Pp]ages?|[Pp]p?\.)\s?"),
        ("version", r"\b(?:[Vv]ersion|[Vv]\.|Windows|iOS|Android|Office|Python)\s?"),
        ("age", r"\b(?:[Aa]ged?|[Aa]ges|the age of|turned)\s"),
        ("clock", r"\d:"),
    ),
    "ru": (
        ("date", r"\d{1,2}\sMONTH\s"),
        (
            "reference",
            r"(?i:\b(?:резолюци\w+|пункт\w{0,3}|п\.|пп\.|стать\w{1,3}|ст\.|част\w{1,2}|глав\w{1,2}|приложени\w{1,2}|номер\w{0,3}|№№?|закон\w{0,2}"
            r"|указ\w{0,2}|отдел\w{0,2}|комнат\w{1,2}|школ\w{1,2}|рис\.|табл\.|раздел\w{0,2}|кабинет\w{0,2}))\s?|[№#]\s?",
        ),
        ("page", r"(?i:\b(?:стр\.|страниц\w{1,3}|с\.))\s?"),
        ("version", r"(?i:\bверси\w{1,2})\s"),
        (
            "address",
            r"(?i:\b(?:ул\.|улиц\w{1,2}|просп\w*\.?|д\.|дом|корп\.|кв\.))\s?(?:[А-ЯЁ][\w.-]+,?\s){0,2}(?:д\.\s?)?",
        ),
        ("age", r"(?i:\b(?:в\sвозрасте|возраст\w{0,3}|ему|ей|исполнилось))\s(?:от\s|до\s)?"),
        ("clock", r"\d:"),
    ),
    "ko": (
        ("ordinal", r"(?<![가-힣])제\s?"),
        ("model", r"코로나(?:바이러스)?\s?-?"),
        ("reference", r"(?:결의|조항|문서|부칙)\s?"),
        ("temperature", r"(?:영하|영상|섭씨|기온)\s?"),
        ("clock", r"(?:오전|오후|새벽|밤|낮|정오)\s?|\d:"),
        ("version", r"(?:버전|윈도)\s?"),
    ),
}
RIGHT = {
    "en": (
        ("ordinal", r"(?:st|nd|rd|th)\b"),
        ("year", r"['’]?s\b"),
        ("clock", r":\d\d|\s?(?:(?:a|p)\.?m\b\.?|(?:A|P)\.?M\b\.?|o['’]clock)"),
        (
            "age",
            r"(?:\s?(?:-|–|to|and)\s?\d{1,2})?(?:[- ](?:years?|yrs?|months?)[- ]olds?\b"
            r"|\syears\sof\sage\b|\sage\sgroup)",
        ),
        ("date", r"(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{1,2})?\s(?:of\s)?MONTH"),
        ("temperature", r"\s?(?:°|℃|℉|º\s?[CF]?)|\sdegrees?\b"),
        ("model", r"[-‑](?:mm|millimet(?:er|re)|caliber|calibre|cm|inch)\b|(?:mm|cm)\b"),
        ("address", r"\s(?:[A-Z][a-z]+\s){1,2}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Drive|Square)\b"),
        ("version", r"(?:\.\d+){2,}"),
        ("score", r"\s?[:/]\s?\d{1,2}(?!\d)"),
        (
            "model",
            r"(?!(?:k|m|bn|mn|tn|b|mln|kg|km|ha|h|hrs?|x|pc|pct|pp|yuan|won|euros?|USD|RMB|RM|EUR|RUB|CNY|KRW|yrs?|mins?|t)\b|K\b|M\b|B\b)[A-Za-z]",
        ),
    ),
    "ru": (
        ("date", r"(?:-?го)?(?:\s?[-–—]\s?\d{1,2})?\sMONTH"),
        ("clock", r":\d\d|\s?час(?:ов|а)?\s(?:утра|вечера|дня|ночи|по\sмосковскому)"),
        ("age", r"[-‑](?:летн|год)\w+|\s(?:лет|года)\s(?:от\sроду|отроду)"),
        ("ordinal", r"[-‑](?:й|го|му|м|е|я|ой|ю|ую|х|ых|ми|ый|ая|ое|ые|ти)(?!\w)(?!\s?час)"),
        ("temperature", r"\s?(?:°|℃)|\sградус\w*"),
        ("model", r"[-‑](?:миллиметров|мм)\w*|\s?мм(?!\w)"),
        ("version", r"(?:\.\d+){2,}"),
        ("score", r"\s?:\s?\d{1,2}(?!\d)"),
        ("model", r"[A-Za-zА-ЯЁ]"),
    ),
    "ko": (
        ("year", r"년대"),
        (
            "date",
            r"\s?[∼~〜-]\s?\d{1,2}\s?(?:월(?!급)|일(?!간|분|치|동안|째|평균|\s?동안|당))|\s?월(?!급)(?:\s?\d{1,2}\s?일)?|\s?분기|\s?일(?!간|분|치|동안|째|평균|\s?동안|\s?[가-힣]*\s?\d{1,2}\s?시간|당|에\s\d)|일째",
        ),
        ("clock", r"\s?시(?!간)|:\d\d"),
        ("age", r"\s?(?:세|살)(?!대)|대\s(?:여성|남성|남녀|중반|초반|후반|노동자|근로자)|대\s?(?:중반|초반|후반)"),
        ("ordinal", r"\s?번째|번째|차(?!례|량|원)|위(?!안)|등(?![가-힣])|학년|선(?=을|에|이|\s|$)|급(?![가-힣]*여)"),
        (
            "reference",
            r"\s?(?:호실|호(?!선|텔|주)|조(?=\s?\d|에|의|는|항|를)|항(?=\s|에|의|을)|쪽|페이지|번지|번(?=\s(?!쉬|쉰|쉴|휴|정도)|길|국도)|층|사단|군단|국(?=\s|과|이))",
        ),
        ("score", r"\s?대\s?\d{1,2}(?!\d)|\s?:\s?\d{1,2}(?!\d)"),
        ("version", r"(?:\.\d+){2,}"),
        ("model", r"[-‑]?(?:mm|밀리)|(?!(?:kg|km|cm|k|t|USD|RMB)(?![A-Za-z]))[A-Za-z]"),
    ),
}
