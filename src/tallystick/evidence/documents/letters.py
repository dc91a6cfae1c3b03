"""Which letters stand together in Russian and Korean, in small tables: enough to tell encodings apart.

These are not word lists and hold no vocabulary. The pairs are the most frequent ones of running Russian; the syllables
are the most frequent ones of running Korean prose.
"""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a line, as a set."""
    return frozenset(text.split())


RUSSIAN_PAIRS = words(
    "ст но то на ен ов ни ра во ко ал ли по ос пр го ре от ло ро ес ер ть ат ан он ел ол ор ет ом ва ка та не ск "
    "де ог об ви ла ри ин ле ны ии ит ки ти ая ие ый их ых ей ой ми че ше же за из до да бы бо мо ме ма ве со се "
    "си ся сь сл ав ам ас ак ив им ий ис ил ид ир уд ур ут ус ую юд ян ят вс вы вл гл гр ди др ду ег ед ек ем ж и "
    "ча чи чт эт ру рт ры тр тв те ту св ск сп сс су ун ую ца це ци ще щи нн нт но ну ня ль лю ля ке кт ку мн му "
    "на ня пе па"
)
KOREAN_SYLLABLES = frozenset(
    "이다의는에을를한고가하은도로지사기인서대해리시아나자수전있일정부제보어그스연라동들주으년과원상조국장면만게공선경"
    "관신트무소비중성방회위안러북노역여행문명구치실용오진입생개월출유교화계적단산내결간평물후학당모파견체된통했습니"
    "까지서울것두세네다섯명천백억원약최소했고며에서부터까지라는말밝혔전했또및등외"
)
WESTERN_SIGNS = frozenset("’‘“”–—…•·€£§°©®™×«»½¼¾áàâäãåæçéèêëíìîïñóòôöõøœúùûüýßÁÀÂÄÅÆÇÉÈÊËÍÎÑÓÔÖØŒÚÜŠšŽž\u00a0")
