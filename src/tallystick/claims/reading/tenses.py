"""Whether a sentence goes on telling of the time before it, speaks of now, or sets one figure against an earlier one.

These are closed classes of grammar (auxiliaries, irregular verbs, particles), and no words of any subject. Verbs of
saying are no tense of what is said.
"""

from __future__ import annotations

import re

_PAST = {
    "en": r"(?:was|were|had|did|could|came|went|took|made|gave|got|brought|rose|fell|grew|paid|kept|left|died|stood|"
    r"sent|drew|wrote|chose|lost|met|ran|held|became|began|spent|flew|built|sold|bought|"
    r"(?<!are )(?<!is )(?<!be )(?<!been )(?<!has )(?<!have )(?:earn|work|receiv|liv|number|amount|account|total|enter|"
    r"arriv|cross|return|land|nam|list|declar|stay|escap|pass|hir|declin|cit|issu|grant|collect|serv|sign|toil|labou?r|"
    r"averag|reach|remain|transfer|register|employ|stat)(?:l?ed|d))",
    "ru": r"\w{2,}(?:[аяеиыу]л|л[аои]|[зсршк](?<=\w\w\wс|\w\w\wз|\w\wёр|\w\wер|\w\wёк|\w\wек))(?:сь|ся)?",
    "ko": r"[가-힣]*(?:았|었|였|했|됐|났|왔|갔|렀|졌|쳤|뎠|혔|꼽았|달했)(?:다|으며|고|는데|지만)",
}
_SAYING = {
    "en": r"(?!)",
    "ru": r"(?:сказал|сообщил|заявил|рассказал|отметил|подсчитал|написал|пояснил|подтвердил|добавил|уточнил|передал|"
    r"узнал|заметил|объяснил|признал|назвал(?! \w+ целью)|процитировал|указал)\w*",
    "ko": r"[가-힣]*(?:밝혔|전했|말했|보도했|주장했|설명했|추정했|알렸|덧붙였|분석했|추산했|알려졌|전해졌|나타났|"
    r"파악됐|추정됐|관측됐|집계됐|드러났|확인됐)[가-힣]*",
}
_PRESENT = {
    "en": r"(?:is|are|has|have|do|does|can|may|will|would|now|must|work|earn|get|receive|pay|live|make|toil|keep|hand)",
    "ru": r"(?:есть|сейчас|теперь|будет|будут|могут|может|должн\w+|\w{3,}(?:ают|яют|уют|ает|яет|ует|ится|ятся|аются))",
    "ko": r"[가-힣]*(?:한다|된다|있다|이다|는다|린다|간다|온다|받는다)",
}
_NOW = {
    "en": r"now|currently|at present|at the moment|already|to ?date|so far|presently|these days|nowadays|today|lately|"
    r"as of now|right now|(?:has|have) since|(?:the|its|their) (?:current|present)(?! year)",
    "ru": r"сейчас|теперь|уже сейчас|в настоящее время|на данный момент|на сегодня(?:шний день)?|ныне|нынче|"
    r"по сей день|в последнее время|(?:нынешн|теперешн)\w+(?! год)",
    "ko": r"현재|지금|최근|이제|요즘|오늘날",
}
_AGAINST = {
    "en": r"(?:from|than|against|versus|vs\.?|compared (?:with|to)|up from|down from|instead of|after|peak of|high of|"
    r"as opposed to|in contrast to|beside|where once there were)(?: (?:a|the|an|its|just|only|some|about|around|nearly|"
    r"almost|roughly|more than|over|at least|as many as|up to|peak|high|record|of|fewer than|less than|under))*",
    "ru": r"(?:с|со|против|вместо|чем|после|по сравнению с|относительно|при)(?: (?:около|примерно|почти|более|свыше|"
    r"порядка|пиковых|прежних|прошлогодних))*",
    "ko": r"(?!)",
}
_COMPUTED = {
    "en": r"(?:[\"“']?)(?:(?:that|this|it|which|together they|all told,? (?:that|it))\s(?:\w+ly\s)?"
    r"(?:comes?|came|makes?|made|adds?|amounts?|amounted|works out|would (?:come|make|mean)|means?|meant)|"
    r"(?:of|among) (?:these|those|them|the (?:former|latter))\b|both\b|half of (?:them|these)|more than half of|"
    r"the (?:former|latter|rest|remainder|others)\b|another\b|the same\b)",
    "ru": r"[«\"]?(?:это|что|в сумме|итого|всего) (?:составля\w+|да[её]т|означа\w+|выходит)|из (?:них|этих|этого)\b|"
    r"(?:больш(?:ая|ую|ую) часть|остальные|половина|среди них|прочие)\b",
    "ko": r"이 ?(?:가운데|중)|그 ?(?:가운데|중)|이는|나머지|이들 (?:중|가운데)|절반",
}


def _whole(bodies: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {
        language: re.compile(rf"(?:{body})" if language == "ko" else rf"(?<!\w)(?:{body})(?!\w)", re.IGNORECASE)
        for language, body in bodies.items()
    }


_PASTS, _SAYINGS, _PRESENTS = _whole(_PAST), _whole(_SAYING), _whole(_PRESENT)
_NOWS = {language: re.compile(pattern.pattern) for language, pattern in _whole(_NOW).items()}
_AGAINSTS = {language: re.compile(rf"(?<!\w)(?:{body})\s?\Z", re.IGNORECASE) for language, body in _AGAINST.items()}
_COMPUTEDS = {language: re.compile(body, re.IGNORECASE) for language, body in _COMPUTED.items()}


def past(words: str, language: str) -> bool:
    """Whether a sentence tells of what was: a finite verb of the past, and none of the present."""
    if _PRESENTS[language].search(words):
        return False
    return any(not _SAYINGS[language].fullmatch(match.group()) for match in _PASTS[language].finditer(words))


def nows(text: str, language: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where a stretch of text, in small letters, says that it speaks of the day of its writing."""
    return [match.span() for match in _NOWS[language].finditer(text, start, end)]


def earlier(text: str, language: str, start: int) -> bool:
    """Whether the number that begins at `start` is one that another is set against: "70, from 2,500"."""
    return _AGAINSTS[language].search(text, max(0, start - 40), start) is not None


def goes_on(words: str, language: str) -> bool:
    """Whether a sentence begins with a part or a sum of what the sentence before told."""
    return _COMPUTEDS[language].match(words) is not None
