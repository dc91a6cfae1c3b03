"""The turns of speech by which English texts say who says so; what is done with them is `sources_en`.

They are closed classes: where a name ends, papers that are cited, words that look back to the sentence before, and the
forms in which a verb of saying is none.
"""

from __future__ import annotations

import re

from tallystick.claims.reading.names_en import PAPERS
from tallystick.claims.reading.subjects_en import DAYS, MADE_PAPER, MONTHS

RIGHT_END = re.compile(
    r"[,;:()\"“”—–]|(?<!Mr)(?<!Ms)(?<!Mrs)(?<!Dr)(?<!Gen)(?<!Lt)(?<!Prof)"
    r"(?<!\.[A-Z])(?<! [A-Z])\.(?=\s|\Z)|\s-+\s|(?<!\w)(?:that|and|but|"
    r"while|whereas|though|although|which|who|whom|whose|"
    rf"on (?:{DAYS}|{MONTHS}|its|his|her|their)|{DAYS}|in (?:an?|its|his|the|19|20|early|late|{MONTHS})|"
    r"last|this|earlier|later|after|before|during|citing|quoting|they|there|it|from|about|more|up|at least|by|"
    r"is|are|was|were|show(?:s|ed)?|said|says|told|to|had|has|have|some|"
    r"as (?:saying|claiming|telling|stating|reporting|putting)|with|when|where|if|\d[\d,.]*)(?!\w)"
)
CALLED_AFTER = re.compile(
    r"(?:\s?(?:to|in|for|of) [^,.;]{3,40})?, (?P<name>(?:[A-Z][\w’'-]+ ){1,2}[A-Z][\w’'-]+)(?=[,.;]|\Z)"
)
COLON = re.compile(
    r"(?P<quote>(?:Quotes?|Comments?|Statement|Words|Remarks?) (?:from|by|of) )?"
    r"(?P<name>(?:the )?[A-Z][\w.’'-]*(?: [\w.’'-]+){0,5}): "
)
ALL_CAPITAL = re.compile(r"(?:[Tt]he )?(?:[A-Z][\w.’'-]*|of|for|on|and|the)(?: (?:[A-Z][\w.’'-]*|of|for|on|and|the))*")
IN_BRACKETS = re.compile(r"\((?P<name>(?:the )?[A-Z][^()\d]{2,50})\)(?=[.!?]?\Z)")
AUTHOR_AND_YEAR = re.compile(  # "(Lind 2014)", "(Lind and Roe, 2014, p. 7)": as papers cite
    rf"\((?:see )?(?!{MONTHS}|Spring|Summer|Autumn|Fall|Winter|Since|In |As |By |From |Until |Early|Late|Mid|End)"
    r"(?P<name>[A-Z][\w’'-]+(?: (?:and|&) [A-Z][\w’'-]+| et al\.?)?),? (?:19|20)\d\d[a-z]?(?:[,:] [^()]{1,12})?\)"
)
AFTER_COLON = re.compile(r":\s(?P<name>[A-Z][\w’'.]*(?: [\w’'.]+){0,4})\Z")
LINE_END = re.compile(r"(?:\s[-—–]|:)\s(?P<name>[A-Z][\w’'.]*(?: [A-Z][\w’'.]*){0,5})\Z")
NOT_SAYING = re.compile(
    r"\s+(?:to (?:be|have)|(?:range|vary|are|were|down|off|up|out) |down\.|(?:what|whether|why|if) |"
    r"(?:ways?|a way|work|jobs?|themselves|himself|herself|shelter|refuge)(?!\w))"
)
STILL_HIS = re.compile(r", and (?:each|they|them|their|most|all|both|many|some|it|its|the|these|those|that)(?!\w)")
SPEECH = (
    "count",
    "estimat",
    "inform",
    "announc",
    "explain",
    "warn",
    "reckon",
    "believ",
    "insist",
    "confirm",
    "declar",
    "said",
    "say",
    "told",
    "add",
    "wrote",
    "gave",
    "estimat",
    "not",
    "claim",
    "put",
    "report",
)
PAPERS_OF = re.compile(
    rf"\s*(?:the |an? )?(?:[\w-]+ )?{PAPERS}(?: (?:obtained|released|published|filed|issued))? (?:of|from|by)(?= )"
)
PAPERS_BY = re.compile(rf"\s*(?:the |an? )?(?:[\w-]+ ){{0,2}}?{PAPERS} [^,.;:()]{{0,50}}? by(?= (?:the )?[A-Z])")
PAPERS_THAT = re.compile(
    rf"\s*(?:the |an? )?(?:[\w-]+ ){{0,2}}?{PAPERS} (?:(?:that|which) (?P<whose>[^,;:.]{{2,40}}?)|"
    rf"(?P<whose2>it|they|[Tt]he (?:[\w-]+ ){{0,3}}?[\w-]+|(?:[A-Z][\w-]+ ?){{1,3}}?)) ?"
    rf"(?:(?:had|has|have|itself|themselves) )?(?:filed|sent|gave|given|wrote|made|released|published|submitted|issued|"
    rf"handed|delivered|presented|provided|supplied|lodged)(?!\w)"
)
OWN = (  # a noun of reckoning, with whatever describes it
    r"(?:own |latest |official |rough |recent |new |annual |preliminary )*"
    r"(?:estimates?|count|counts|tall(?:y|ies)|guess(?:es)?|reckoning|calculations?|figures?|assessments?|range|"
    r"projections?|"
    r"forecasts?|numbers|data|statistics|records|analysis|survey|study|report|poll)"
)
GENITIVE = re.compile(
    rf"(?<![\w-])(?P<name>(?:[Tt]he |[Aa]n? )?(?:[\w.-]+ ){{0,4}}[\w.-]+)(?:['’]s|(?<=s)['’]) {OWN}(?!\w)"
)
BY_NAME = re.compile(  # "an Ilsan tally reaches", "by the Fund's estimates", "Ruritanian estimates put"
    rf"(?<![\w-])(?P<name>(?:the )?(?:(?!By )[A-Z][\w.’-]*\s){{1,4}}(?:(?:intelligence|government|ministry|"
    rf"media) )?)(?!(?:figure|range)(?!s)){OWN}"
    r"(?=[,.;)]| (?:put|say|suggest|place|show|range|reach|come|stand|point|indicate|is |are |of |that |for |from |"
    r"at ))"
)
BY_ESTIMATES = re.compile(
    rf"(?<!\w)[Bb]y (?P<name>(?:the |an? )?(?:(?:official|unofficial|rough|recent|local) )?(?:[A-Z][\w.’-]*\s){{1,4}}"
    rf"(?:(?:government|state|official|intelligence|police|customs) )?){OWN}(?!\w)"
)
SAID_OF = re.compile(r"(?<!\w)(?:said|reported|believed|thought|estimated|reportedly|is|are|was|were|be|been) *\Z")
FROM = re.compile(r"(?<!\w)from (?P<name>(?:[A-Z][\w’']+ ){1,4}(?:records|data|statistics|documents|figures))")
TO_WHOM = frozenset({"told", "tells", "tell", "informed", "informs"})  # the noun that follows is who was told
INVERTED = re.compile(
    r"[,\"”’]\s*(?:[-—–]\s)?(?:or )?(?:so )?(?:(?:has|have|had) )?\Z|(?<!\w)[Ss]o \Z|[,\"”’] (?:as|so) \Z"
)
CLOSES = re.compile(  # "..., says a study by the institute": whoever the clause ends with
    r"\s+(?P<who>[^,;:.()\d\"“”—–][^,;:()\d\"“”—–]{1,90}?)(?=[,;:()]|\.(?:\s|\Z)|\s(?:who|which|"
    r"that|in (?:an?|its|his|her|their)|after|citing|quoting|yesterday|today|last|this|on [A-Z])(?!\w)|\s[-—–]|\Z)"
)
NO_SPEECH = re.compile(
    r"put|set|plac|peg|gave|give|cit|quot|accus|nam|describ|publish|show|found|finds|count|record|regist|list|verif"
)
PURE_SPEECH = re.compile(r"sa(?:id|ys?)|add(?:s|ed)|explain(?:s|ed)|recall(?:s|ed)|wr(?:ote|ites)|complain(?:s|ed)")
PRONOUN_FIRST = re.compile(r"\s*(?P<who>[Hh]e|[Ss]he|[Tt]hey) and \w")
PRONOUN_LAST = re.compile(r"[\w,] (?P<who>he|she|they|it)\s*\Z")
ONE_WHO = re.compile(r"(?:the|an?|one|another) (?!on |of |in |at |from |who )[a-z]")
DASHED = re.compile(r"[,\"”’]\s*[-—–]\s(?:(?:has|have|had) )?\Z")  # direct speech after a dash
IN_HOUSE = re.compile(r"\s*(?:In|At) (?:the )?(?P<house>(?:(?!the |an? )[\w-]+ ){0,4}[\w-]+)")
SPEAKS = re.compile(r"(?:told|said|say|consider|believe|think|not|inform|report|emphas|expla|stat|confirm|add|clarif)")
IN_WORDS = re.compile(
    r"(?<!\w)(?:[Bb]y|[Ii]n|[Oo]n|[Ff]rom) (?P<name>(?:the )?(?:[\w.-]+ ){0,3}[\w.-]+)(?:['’]s|(?<=s)['’]) (?:own )?"
    r"(?:words?|account|view|opinion|telling|version|reading|admission)(?!\w)"
)
NOTED_SOURCE = re.compile(r"[(\[]\s?[Ss]ources?: (?P<name>[^()\]]{3,60})[)\]]")
HOPES = re.compile(r"hope|promis|asked for|expect|foresee|envisag|sees|wants")
NO_NAME = re.compile(r"(?:such an?|this|that|these|those|it|what|there|here) (?:\S+ ){3,}", re.IGNORECASE)
FOR_WHOM = re.compile(r"(?:For|To) (?:the )?(?P<name>[A-Z][\w.’'-]*(?: (?:of|for|on|and|the|[A-Z][\w.’'-]*))*), ")
BEFORE_SPEECH = re.compile(r"(?P<name>(?:[\w’'-]+ ){1,5}?)[a-z]+:\s[\"“«]")
ANY_VERB = re.compile(  # before whoever speaks, in the words of machines as well: "as transmits", "has informed"
    r"(?:(?P<opens>\AAs )|(?P<quote>[\"”»],? )|, (?:so |as )?)(?:has |have )?"
    r"(?!(?:is|was|has|does|its|as|thus|this|whereas|based|named|called|owned|used|needed|led|allowed|followed|"
    r"compared|according|including|towards|besides|sometimes|perhaps|always|years|workers|others) )[a-z]+(?:s|ed)"
    r"(?! (?:on|in|by|at|to|for|from|of|with|as|into|over|after|before|that)(?!\w))"
    r"(?= (?:the |an? )?(?:[a-z-]+ ){0,3}[A-Za-z])"
)
TELLS = re.compile(  # what machines write for "said"
    r"(?:inform|transmit|convey|communicat|emphasi[sz]|underlin|shar|notif|specif|signal|sustain|relat|affirm|pass|"
    r"declar|highlight|clarif|precis|deliver|narrat|testif|valid)[a-z]*\Z"
)
_STUDY = (
    r"(?i:reports?|stud(?:y|ies)|surveys?|paper|inquiry|investigations?|analysis|dossier|brief|book|white paper|audit|"
    r"review|polls?)"
)
PAPER_TELLS = re.compile(
    rf"(?:(?:\A|, )(?:[Aa]n?|[Tt]his|[Tt]he|[Oo]ne|[Ii]ts|[Aa]nother) |\A(?=[A-Z][a-z]+(?:s|ies) by ))"
    rf"(?:(?:(?!of |by |in )[\w’'-]+ ){{0,4}}?{_STUDY}(?: [\w-]+){{0,2}}? (?:of|by|from) (?:the )?"
    r"(?P<whose>[A-Z][\w.’'-]*(?: (?:of|for|on|and|the|[A-Z][\w.’'-]*))*)|"
    rf"(?:[a-z-]+ ){{0,3}}(?P<paper>[A-Z]{{2,}} {_STUDY}))(?=[ ,])"
)
BY_SOURCE = re.compile(  # "by sources in Doha", ", by a source of the port": as others write "according to"
    r"(?:(?:\A|, )[Bb]y (?P<raw>(?:the |an? |some )?(?P<name>(?:(?:[a-z-]+ )?(?:source|official|expert|diplomat|"
    r"insider|analyst|witness)(?:s|es)?)(?: (?:in|of|from|at|close to) [^,.;:]{2,40})?))(?=[,.]|\Z))"
)
JOINED_CLAUSE = re.compile(r"(?:, (?:and|but|while|whereas|though|although|yet)|;)\s*\Z")
CLAUSE_END = re.compile(r";|, (?:and|but|while|whereas|though|although) ")
VERB_FIRST = re.compile(r"\W*(?:As|How|Thus|About (?:this|it|that)(?: [^,;:.]{1,60})?) ")
OFFICE_THEN_NAME = re.compile(  # 'the aide of the chairman of the firm "Lark" Jane Roe'
    r"\s*(?:the |an? )?(?P<office>[a-z][\w’' -]*?) [\"“«][^\"”»]{2,40}[\"”»] "
    r"(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,2})(?=[,.:;]|\Z)"
)
INSIDE = re.compile(
    r" in (?:the |its )?(?P<name>(?:[\w-]+ ){0,2}(?:minist|agenc|embass|service|department|office|"
    r"committee)[^,.;:]{0,40})"
)
QUOTED_NAME = re.compile(r"\s*(?:the )?(?P<noun>(?:[\w-]+ ){0,2}[a-z-]+) [\"“«](?P<own>[^\"”»]{2,40})[\"”»]")
NO_SUBJECT = re.compile(
    r"\s*(?:to|in|on|at|by|for|from|of|with|as|after|before|into|that|it|how|why|whether|a lot|up)(?!\w)"
)
HIS_WORDS = re.compile(
    r"(?<!\w)(?:[Bb]y|[Ii]n|[Oo]n|[Ff]rom|[Aa]ccording to|[Pp]er|[Aa]fter) (?P<who>his|her|their|its) (?:own )?"
    r"(?:words?|count|reckoning|estimates?|account|view|opinion|telling|calculations?|data|figures|assessment|"
    r"version|estimation|judge?ment|information|findings|survey|research)(?!\w)"
)
LOOKS_BACK = re.compile(  # "This was reported by X", "So says X": told of the sentence before
    r"(?:So (?:says?|said|claim(?:s|ed)?|report(?:s|ed)?|state[sd]?|reckon(?:s|ed)?|estimate[sd]?|told|writes?|wrote)|"
    r"(?:That|This|It|Such) (?:is|was) (?:the|at least the) (?:\w+ )?(?:calculation|estimate|"
    r"count|view|opinion|conclusion|"
    r"assessment|figure|reckoning)(?= (?:of|by|from))|(?:At least )?(?:[Tt]hat|[Tt]his|[Ii]t) (?:is|"
    r"was) (?:at least )?what|(?:This|That|It|"
    r"(?:The|These|Those|Such) (?:news|figures?|numbers?|estimates?|data|"
    r"information|forecast|"
    r"details)) (?:was|were|is|are|has been|have been|comes?|came) (?:reported|announced|told|said|stated|given|"
    r"disclosed|"
    r"published|confirmed|written|made|provided|cited|from)|(?:About|Of) (?:it|this|that)(?!\w))"
)
TELLER = re.compile(
    r"(?<!\w)(?:by|from|(?:calculation|estimate|count|view|opinion|conclusion|assessment|figure|reckoning) of)(?= )"
)
CITES = re.compile(r"citing|learn|cites|cited|quotes|quoted|with |on the |quoting|referring|relying")
NAME_AT_END = re.compile(
    r"(?:.*(?<!\w)(?:the|an?|its|his|her|their|that|and|of|by|in|on|from)\s)?(?P<name>.+)", re.IGNORECASE
)
OPENS_PHRASE = re.compile(
    r"(?:In|On|At|For|During|After|Before|Under|With|By) (?!.*(?<!\w)(?:in|of|from|for|to) [A-Z]\w+\Z)"
)
ENDS_IN_PAPER = re.compile(rf"(?<!\w){PAPERS}\Z")
PAPER_CITED = re.compile(rf".* (?:the|an?|its|his|her|their) (?P<paper>(?:[\w-]+ ){{0,3}}?{PAPERS})")
BY_WHOM = re.compile(rf"{MADE_PAPER}(?: (?:in|on) [\w ]{{3,20}})? by (?P<whose>.+)")
READ_BY = re.compile(  # "contracts reviewed by the newspaper": things say nothing, and whoever read them does
    r"(?P<things>[\w’-]+ (?:[a-z-]+ ){0,5}?)(?:reviewed|seen|obtained|examined|viewed|inspected|"
    r"consulted|studied|acquired|analy[sz]ed) "
    r"by (?P<whose>(?:the )?[\w.’'-]+(?: [\w.’'-]+){0,5})"
)
LAST_NAME = re.compile(r"(?P<name>(?:[A-Z][\w’'-]+ )+[A-Z][\w’'-]+)\Z")
CAPITALS_AT_END = re.compile(r".*?(?<!\w)[a-z]+ (?P<name>(?:[A-Z][\w.-]*\s?)+)")
WORD_BEFORE = re.compile(r"[\w’'-]+\s*\Z")
MAY_BE_NOUN = re.compile(r"(?:report|estimate|claim|count|state|show|quote|note|mention)s?|stress|finds|puts")
STATES_IN = re.compile(r"\s+(?:that|in (?:an?|its|his|her|their|the)) ")
BEFORE_NOUN = re.compile(
    r"(?:an?|the|its|his|her|their|this|that|these|those|each|every|some|any|no|own|new|latest|recent|first|second|"
    r"third|"
    r"last|annual|yearly|monthly|final|joint|member|official|quotes?|quoted|cites?|cited|gives?|gave|published|released|"
    r"issued|reject(?:s|ed)|den(?:ies|ied)|disput(?:es|ed)|dismiss(?:es|ed)|refut(?:es|ed)|in|of|from|by|on|for|with|\w+['’]s|\w+s['’]|(?:19|20)\d\d)",
    re.IGNORECASE,
)
FINITE_NEXT = re.compile(
    r"\s+(?:[a-z]+ly )?(?:is|are|was|were|has|have|had|said|says?|puts?|issued|granted|filed|sent|show|suggest|"
    r"describe|tell|speak|mention|point|detail|indicate|place|note|allege|reveal|confirm|vary|differ|abound|exist)(?!\w)"
)
IN_PAPERS = re.compile(  # "according to interim reports of": a noun, with the preposition before it
    r"(?:\A|[,;:] )\W*(?:according to|in|by|from|per|based on|citing|with) (?:[\w’'-]+ ){0,4}\Z", re.IGNORECASE
)
IN_QUOTES = re.compile(r"\s*[\"“](?=[A-Za-z][\w -]{3,60}[.,]?[\"”])")
AS_SAYING = re.compile(r" [\w -]{3,50}? as (?:saying|claiming|telling|stating|reporting|putting)(?!\w)")
SO_MANY = re.compile(r"\s*(?:the |some |about )?\d[\d,.]* (?=[A-Za-z])")
OF_WHOM = re.compile(r"\s+(?:of|from|by)(?!\w)")
DETERMINER = re.compile(r"an?|the|its|his|her|their|our|my|your|no|any|each|every", re.IGNORECASE)
FIRST_TO = re.compile(r"(?:is|are|was|were) the (?:first|only (?:one|ones)) to ?\Z")
NOT_TO_SAY = re.compile(r"(?:to|all|not|never|cannot|could|\w+n['’]t)")
