"""Known answers for the number grammar, written by hand: text | value | kind and unit | per | hedge.

A value is `5` (point), `5+` (floor), `-5` (ceiling), `3..5` (range) or `?` (a word without a value); `~` before it says
that it is approximate. `per` may end in `each` for a person. Every text holds this one quantity and no other.
"""

ENGLISH = """
five workers | 5 | count workers
Five workers were hired | 5 | count workers
twelve | 12 | count
seventeen ships | 17 | count ships
forty-two | 42 | count
twenty one | 21 | count
twenty-one thousand | 21000 | count
twenty-one thousand loggers | 21000 | count loggers
one hundred and fifty men | 150 | count men
a hundred men | 100 | count men
a thousand visas | 1000 | count visas
a million | 1000000 | count
half a million people | 500000 | count people
a quarter of a million people | 250000 | count people
one in five workers | 20 | fraction percent
nine out of ten labourers | 90 | fraction percent
7 thousand 887 workers | 7887 | count workers
a minimum of $1.2 billion and as much as $2.3 billion a year | 1200000000..2300000000 | money USD | year | a minimum of
no fewer than 300 and up to 500 men | 300..500 | count men | | no fewer than
does not exceed $150 | -150 | money USD | | not exceed
around 53,000: nobody knows | ~53000 | count | | around
15-20,000 workers | 15000..20000 | count workers
1.5m workers | 1500000 | count workers
upward of 9,000 workers | 9000+ | count workers | | upward of
shy of 5,000 workers | ~-5000 | count workers | | shy of
40-odd workers | ~40 | count workers | | -odd
two and a half million | 2500000 | count
one and a half million dollars | 1500000 | money USD
three hundred thousand | 300000 | count
three hundred and five thousand | 305000 | count
nine hundred ninety-nine | 999 | count
six thousand containers | 6000 | count containers
one thousand five hundred | 1500 | count
two million three hundred thousand | 2300000 | count
four-thousand-100 | 4100 | count
15-thousand crates | 15000 | count crates
two dozen boxes | 24 | count boxes
a dozen | 12 | count
12,000 | 12000 | count
12,000 workers | 12000 | count workers
12\u00a0000 workers | 12000 | count workers
12\u2009000 workers | 12000 | count workers
12\u202f000 workers | 12000 | count workers
1,234,567 | 1234567 | count
35.000 workers | 35000 | count workers
1.234.567 | 1234567 | count
2.5 percent | 2.5 | percent percent
3.141 percent | 3.141 | percent percent
25000 workers | 25000 | count workers
90000 | 90000 | count
1,190 foreign workers | 1190 | count workers
12,000 new foreign workers | 12000 | count workers
2 million | 2000000 | count
2.3 million nurses | 2300000 | count nurses
1.2bn euros | 1200000000 | money EUR
1.2 bn | 1200000000 | count
25k tickets | 25000 | count tickets
$5m | 5000000 | money USD
$2.5bn | 2500000000 | money USD
$40k | 40000 | money USD
3 mln rubles | 3000000 | money RUB
$1 trillion | 1000000000000 | money USD
15,000 | 15000 | count
\uff11\uff12,\uff10\uff10\uff10 workers | 12000 | count workers
\u0661\u0662\u0660 boxes | 120 | count boxes
20,000\u00b2 | 20000 | count
150-300 million | 150000000..300000000 | count
$150-300 million | 150000000..300000000 | money USD
$150 million-$300 million | 150000000..300000000 | money USD
between $150 million-$300 million annually | 150000000..300000000 | money USD | year
between $1.2 billion and $2.3 billion a year | 1200000000..2300000000 | money USD | year
between 70 and 90 percent | 70..90 | percent percent
between 35,000 and 37,000 farm workers | 35000..37000 | count workers
from US$300 to US$1,000 | 300..1000 | money USD
from 200 to 500 boats | 200..500 | count boats
$200 million to $500 million a year | 200000000..500000000 | money USD | year
anywhere from $200 million to $500 million | 200000000..500000000 | money USD
4,500-5,000 workers | 4500..5000 | count workers
4,500\u20135,000 workers | 4500..5000 | count workers
4,500 \u2013 5,000 workers | 4500..5000 | count workers
70 to 80 percent | 70..80 | percent percent
80% to 90% | 80..90 | percent percent
10-15% | 10..15 | percent percent
12 to 14 hours daily | 12..14 | duration hour | day
12-hour to 16-hour | 12..16 | duration hour
one or two | 1..2 | count
one or two days off per month | 1..2 | duration day | month
two or three thousand | 2000..3000 | count
a hundred or 200 | 100..200 | count
3-6 months | 3..6 | duration month
one to three years | 1..3 | duration year
5,000 to 6,000 troops | 5000..6000 | count troops
20 to 30 thousand | 20000..30000 | count
1.5-2 million | 1500000..2000000 | count
500,000 to 1 million | 500000..1000000 | count
$100 to $150 | 100..150 | money USD
only $150-200 | 150..200 | money USD
ranging from 300 to 400 yuan | 300..400 | money CNY
at least 12 hours | 12+ | duration hour | | at least
at least 20,000 to 30,000 | 20000..30000 | count | | at least
more than 50,000 laborers | 50000+ | count laborers | | more than
over 10,000 new workers | 10000+ | count workers | | over
Over 10,000 new workers | 10000+ | count workers | | Over
a minimum of 700 new permits | 700+ | count permits | | a minimum of
exceeding 4,000 | 4000+ | count | | exceeding
surpassed 4,000 | 4000+ | count | | surpassed
no fewer than 300 | 300+ | count | | no fewer than
no less than $20 | 20+ | money USD | | no less than
in excess of 900 | 900+ | count | | in excess of
upwards of 80 cases | 80+ | count cases | | upwards of
5,000 or more workers | 5000+ | count workers | | or more
50,000+ workers | 50000+ | count workers | | +
up to 70 percent | -70 | percent percent | | up to
upto 5000 | -5000 | count | | upto
as much as 70 percent | -70 | percent percent | | as much as
as many as 6,000 men | -6000 | count men | | as many as
as long as 20 hours a day | -20 | duration hour | day | as long as
at most 40 | -40 | count | | at most
less than $100 per month | -100 | money USD | month | less than
fewer than 30 boats | -30 | count boats | | fewer than
under 500 | -500 | count | | under
no more than 300 | -300 | count | | no more than
a maximum of 60 days | -60 | duration day | | a maximum of
nearly 1,200 people | ~1200 | count people | | nearly
almost half | ~50 | fraction percent | | almost
about US$500 million | ~500000000 | money USD | | about
around 80% to 90% | ~80..90 | percent percent | | around
around 200 USD | ~200 | money USD | | around
some 300 sailors | ~300 | count sailors | | some
Some 300 sailors | ~300 | count sailors | | Some
roughly 600 | ~600 | count | | roughly
approximately $2.50 per hour | ~2.5 | money USD | hour | approximately
closer to 100,000 | ~100000 | count | | closer to
an estimated 20,000 loggers | ~20000 | count loggers | | an estimated
close to 40 | ~40 | count | | close to
up to about 5,000 | ~-5000 | count | | up to about
just over 1,000 | ~1000+ | count | | just over
a little under 300 | ~-300 | count | | a little under
only 12 | 12 | count
a total of 7,465 visas | 7465 | count visas
could be 500,000 | 500000 | count | | could be
50 or so | ~50 | count | | or so
12,000-strong | 12000 | count
a 12,000-strong force | 12000 | count force
a 50,000-strong diaspora | 50000 | count diaspora
a 15-member crew | 15 | count member
70% | 70 | percent percent
70 percent | 70 | percent percent
70 per cent | 70 | percent percent
96.2% | 96.2 | percent percent
five percentage points | 5 | percent percent
half of them | 50 | fraction percent
about half that amount | ~50 | fraction percent | | about
one half | 50 | fraction percent
one fifth | 20 | fraction percent
two thirds | 66.66666666666667 | fraction percent
three quarters of the wage | 75 | fraction percent
a third of its value | 33.333333333333336 | fraction percent
nearly a third | ~33.333333333333336 | fraction percent | | nearly
one-fifth of it | 20 | fraction percent
12-fold | 12 | multiple times
twelvefold | 12 | multiple times
five times | 5 | multiple times
in five times | 5 | multiple times
3.5 times | 3.5 | multiple times
three to four times | 3..4 | multiple times
doubled | 2 | multiple times
tripled | 3 | multiple times
has been halved | 50 | percent percent
$700 | 700 | money USD
US$700 | 700 | money USD
$US1 billion | 1000000000 | money USD
USD 700 | 700 | money USD
700 US dollars | 700 | money USD
700 U.S. dollars | 700 | money USD
700 dollars | 700 | money USD
5,000 yuan | 5000 | money CNY
RMB 5,000 | 5000 | money CNY
5,000 RMB | 5000 | money CNY
\u20ac40 | 40 | money EUR
40 euros | 40 | money EUR
30,000 rubles a month | 30000 | money RUB | month
\u20bd30,000 | 30000 | money RUB
2 million won | 2000000 | money KRW
RM 2,830 | 2830 | money MYR
RM2,830 | 2830 | money MYR
P235.9 billion | 235900000000 | money PHP
A$20 | 20 | money AUD
US$700 (RM 2,830) | 700 | money USD
US\\$700 | 700 | money USD
at least [US\\\\$700 of it | 700+ | money USD | | at least
more than [$900](#) | 900+ | money USD | | more than
at least US\\$150-300 million | 150000000..300000000 | money USD | | at least
around US$700 (RM 2,830) | ~700 | money USD | | around
5,000 yuan ($750) per worker | 5000 | money CNY | each
5,000 yuan (about $750) a month | 5000 | money CNY | month
$300 a month | 300 | money USD | month
$300 per month | 300 | money USD | month
$300 monthly | 300 | money USD | month
$300/month | 300 | money USD | month
$3,600 a year | 3600 | money USD | year
$3,600 annually | 3600 | money USD | year
$3,600 per annum | 3600 | money USD | year
$2.50 an hour | 2.5 | money USD | hour
$20 a day | 20 | money USD | day
$90 a week | 90 | money USD | week
$300 each | 300 | money USD | each
$300 per worker per month | 300 | money USD | month each
$300 a month per worker | 300 | money USD | month each
$40 per capita | 40 | money USD | each
2,000 workers a year | 2000 | count workers | year
18 hours | 18 | duration hour
12 hours a day | 12 | duration hour | day
12-hour shifts | 12 | duration hour | day
14-hour days | 14 | duration hour | day
two-year contracts | 2 | duration year
one-year permits | 1 | duration year
90 days | 90 | duration day
six weeks | 6 | duration week
thousands of workers | ? | count workers
tens of thousands of workers | ? | count workers
hundreds of ships | ? | count ships
several thousand men | ? | count men
a few hundred | ? | count
dozens of cases | ? | count cases
several million | ? | count
one worker died | 1 | count worker
over 3 million 152-millimeter shells | 3000000+ | count shells | | over
500,000 122-millimeter shells | 500000 | count shells
US$200-500m | 200000000..500000000 | money USD
US $500 million | 500000000 | money USD
15 000 workers | 15000 | count workers
1/3 of income | 33.333333333333336 | fraction percent
a hundred thousand | 100000 | count
at least one worker | 1+ | count worker | | at least
tens of millions of dollars | ? | money USD
two rest days a month | 2 | duration day | month
from 200 up to 500 dollars | 200..500 | money USD
-30% | 30 | percent percent
150kg | 150 | other kg
30 tonnes | 30 | other tonne
1,000 square meters | 1000 | count meters
"""

RUSSIAN = """
пять тысяч | 5000 | count
пять тысяч военных строителей | 5000 | count строителей
одну тысячу саперов | 1000 | count саперов
Тысячу саперов | 1000 | count саперов
тысяча рабочих | 1000 | count рабочих
сорок два | 42 | count
сорок две тысячи | 42000 | count
двадцать одна тысяча | 21000 | count
триста человек | 300 | count человек
сто пятьдесят виз | 150 | count виз
двести тысяч | 200000 | count
миллион долларов | 1000000 | money USD
полтора миллиона рублей | 1500000 | money RUB
два с половиной миллиона | 2500000 | count
полмиллиона рублей | 500000 | money RUB
около полумиллиона человек | ~500000 | count человек | | около
четверть миллиона рублей | 250000 | money RUB
3 с лишним тысячи рабочих | 3000+ | count рабочих | | с лишним
не превышает 300 долларов | -300 | money USD | | не превышает
двенадцать часов | 12 | duration hour
12 тысяч рабочих | 12000 | count рабочих
12 тысяч северных работников | 12000 | count работников
12 тыс. рабочих | 12000 | count рабочих
5 тыс. военных строителей | 5000 | count строителей
1,5 тыс. человек | 1500 | count человек
2,3 млн человек | 2300000 | count человек
2,3 млн. человек | 2300000 | count человек
1,2 млрд долларов | 1200000000 | money USD
5 тыс. 200 человек | 5200 | count человек
1 млн 200 тыс. | 1200000 | count
12 000 рабочих | 12000 | count рабочих
12\u00a0000 рабочих | 12000 | count рабочих
12\u2009000 рабочих | 12000 | count рабочих
12.000 рабочих | 12000 | count рабочих
12,000 рабочих | 12000 | count рабочих
1 234 567 | 1234567 | count
35.000 | 35000 | count
2,5 | 2.5 | count
5000 военных строителей | 5000 | count строителей
20-50 тысяч рабочих | 20000..50000 | count рабочих
20\u201350 тыс. | 20000..50000 | count
от 20 до 50 тысяч | 20000..50000 | count
от 20 тысяч до 50 тысяч рабочих | 20000..50000 | count рабочих
между 20 и 30 процентами | 20..30 | percent percent
пять или шесть человек | 5..6 | count человек
от 300 до 400 долларов в месяц | 300..400 | money USD | month
12-14 часов в день | 12..14 | duration hour | day
10-15% | 10..15 | percent percent
не менее 12 часов | 12+ | duration hour | | не менее
более 5000 человек | 5000+ | count человек | | более
Более 5000 человек | 5000+ | count человек | | Более
свыше 300 | 300+ | count | | свыше
больше тысячи | 1000+ | count | | больше
как минимум 40 виз | 40+ | count виз | | как минимум
минимум 40 виз | 40+ | count виз | | минимум
не меньше 70 | 70+ | count | | не меньше
100 и более | 100+ | count | | и более
до 50 тысяч | -50000 | count | | до
не более 300 | -300 | count | | не более
менее 100 долларов в месяц | -100 | money USD | month | менее
максимум 60 дней | -60 | duration day | | максимум
не больше 20 | -20 | count | | не больше
около пяти тысяч военных строителей | ~5000 | count строителей | | около
примерно 5000 человек | ~5000 | count человек | | примерно
почти 1200 человек | ~1200 | count человек | | почти
порядка 300 рублей | ~300 | money RUB | | порядка
приблизительно 40 | ~40 | count | | приблизительно
чуть более 1000 | ~1000+ | count | | чуть более
до примерно 500 | ~-500 | count | | до примерно
всего 12 | 12 | count
70% | 70 | percent percent
70 % | 70 | percent percent
70 процентов | 70 | percent percent
половина | 50 | fraction percent
около половины зарплаты | ~50 | fraction percent | | около
треть | 33.333333333333336 | fraction percent
две трети | 66.66666666666667 | fraction percent
четверть дохода | 25 | fraction percent
одна пятая | 20 | fraction percent
в пять раз | 5 | multiple times
в 12 раз | 12 | multiple times
более чем в два раза | 2+ | multiple times | | более чем
в 2,5 раза | 2.5 | multiple times
вдвое | 2 | multiple times
удвоилось | 2 | multiple times
втрое | 3 | multiple times
2,5 доллара США | 2.5 | money USD
2,5 доллара США за час | 2.5 | money USD | hour
2,5 долл. в час | 2.5 | money USD | hour
300 долларов в месяц | 300 | money USD | month
300 долл. США | 300 | money USD
$300 в месяц | 300 | money USD | month
$2,5 млн | 2500000 | money USD
500 тыс. рублей | 500000 | money RUB
30 000 руб. | 30000 | money RUB
30 000 \u20bd | 30000 | money RUB
1500 юаней | 1500 | money CNY
40 евро | 40 | money EUR
2 млн вон | 2000000 | money KRW
300 долларов (27 тыс. рублей) | 300 | money USD
3600 долларов в год | 3600 | money USD | year
20 долларов в день | 20 | money USD | day
ежемесячно 300 долларов | 300 | money USD | month
300 долларов ежемесячно | 300 | money USD | month
300 долларов на человека | 300 | money USD | each
12 часов в сутки | 12 | duration hour | day
12-часовая смена | 12 | duration hour | day
12-часовой рабочий день | 12 | duration hour | day
три месяца | 3 | duration month
5 лет | 5 | duration year
два года | 2 | duration year
двое рабочих | 2 | count рабочих
больше миллиона | 1000000+ | count | | больше
без малого 5 тысяч | ~5000 | count | | без малого
1500 чел. | 1500 | count чел
в 4-5 раз | 4..5 | multiple times
12-ти часовой рабочий день | 12 | duration hour | day
2-3 выходных дня в месяц | 2..3 | duration day | month
тысячи рабочих | ? | count рабочих
десятки тысяч рабочих | ? | count рабочих
сотни виз | ? | count виз
несколько тысяч человек | ? | count человек
десятки миллионов долларов | ? | money USD
30 тонн | 30 | other tonne
"""

KOREAN = """
12,000명 | 12000 | count 명
1만 2천 명 | 12000 | count 명
만 5천 명 | 15000 | count 명
3천 명에 육박하는 | ~3000 | count 명 | | 에 육박하는
500달러를 넘지 않는다 | -500 | money USD | | 를 넘지 않는
1만2천명 | 12000 | count 명
1만 2,000명 | 12000 | count 명
5천 명 | 5000 | count 명
5천명 | 5000 | count 명
3백 명 | 300 | count 명
삼천 명 | 3000 | count 명
천 명 | 1000 | count 명
만 명 | 10000 | count 명
이만 오천명 | 25000 | count 명
백만 달러 | 1000000 | money USD
1억 6,800만 달러 | 168000000 | money USD
1억6800만 달러 | 168000000 | money USD
2억 3천만 원 | 230000000 | money KRW
3조 원 | 3000000000000 | money KRW
2.5만 명 | 25000 | count 명
10만 명 | 100000 | count 명
150만 달러 | 1500000 | money USD
1805명 | 1805 | count 명
700건 | 700 | count 건
6,700개 | 6700 | count 개
50만 발 | 500000 | count 발
두 척 | 2 | count 척
세 명 | 3 | count 명
다섯 명 | 5 | count 명
스물두 명 | 22 | count 명
열두 시간 | 12 | duration hour
네 배 | 4 | multiple times
1500에서 2000위안 | 1500..2000 | money CNY
700에서 1000위안만 | 700..1000 | money CNY
3\u223c4배 | 3..4 | multiple times
3~4배 | 3..4 | multiple times
2만~3만 명 | 20000..30000 | count 명
2~3만 명 | 20000..30000 | count 명
5천에서 6천 명 | 5000..6000 | count 명
적게는 30%에서 많게는 55%가량 | ~30..55 | percent percent | | 가량
10~15% | 10..15 | percent percent
12~16시간 | 12..16 | duration hour
300~400달러 | 300..400 | money USD
하루 12시간에서 16시간 | 12..16 | duration hour | day
5,000여명 | ~5000 | count 명 | | 여
5,000여 명 | ~5000 | count 명 | | 여
1만여 명 | ~10000 | count 명 | | 여
20여만 명 | ~200000 | count 명 | | 여
약 3,000명 | ~3000 | count 명 | | 약
약 3천 명 | ~3000 | count 명 | | 약
3,000명가량 | ~3000 | count 명 | | 가량
3,000명 정도 | ~3000 | count 명 | | 정도
3,000명 안팎 | ~3000 | count 명 | | 안팎
300달러 정도 | ~300 | money USD | | 정도
월 1000달러 전후 | ~1000 | money USD | month | 전후
평균 월 1000달러 전후 | ~1000 | money USD | month | 전후
3천 명 내외 | ~3000 | count 명 | | 내외
60% 가까이 | ~60 | percent percent | | 가까이
80% 이상 | 80+ | percent percent | | 이상
1만 명 이상 | 10000+ | count 명 | | 이상
1만 명 이상의 외국인 근로자 | 10000+ | count 명 | | 이상
최소 700건 | 700+ | count 건 | | 최소
최소 700여 건 | ~700+ | count 건 | | 최소 여
최소 1억 6,800만 달러 | 168000000+ | money USD | | 최소
적어도 40명 | 40+ | count 명 | | 적어도
1만 명 넘는 | 10000+ | count 명 | | 넘는
1만 명이 | 10000 | count 명
150kg 넘게 | 150+ | other kg | | 넘게
70% 이하 | -70 | percent percent | | 이하
100명 미만 | -100 | count 명 | | 미만
최대 5,000명 | -5000 | count 명 | | 최대
16시간까지 | -16 | duration hour | | 까지
총 7465명 | 7465 | count 명
수천 명 | ? | count 명
수만 명 | ? | count 명
수십만 명 | ? | count 명
수백만 달러 | ? | money USD
몇천 명 | ? | count 명
70퍼센트 | 70 | percent percent
70프로 | 70 | percent percent
70% | 70 | percent percent
절반 | 50 | fraction percent
약 절반 | ~50 | fraction percent | | 약
3분의 1 | 33.333333333333336 | fraction percent
3분의 2 | 66.66666666666667 | fraction percent
3배 | 3 | multiple times
12배 | 12 | multiple times
1000달러 | 1000 | money USD
1만 달러 | 10000 | money USD
$1000 | 1000 | money USD
2000위안 | 2000 | money CNY
30만 원 | 300000 | money KRW
30만원 | 300000 | money KRW
5000루블 | 5000 | money RUB
40유로 | 40 | money EUR
월 300달러 | 300 | money USD | month
매달 300달러 | 300 | money USD | month
한 달에 300달러 | 300 | money USD | month
한 달에 1500에서 2000위안 | 1500..2000 | money CNY | month
1년 7200달러 | 7200 | money USD | year
연간 2억 달러 | 200000000 | money USD | year
해마다 최소 2억 달러 | 200000000+ | money USD | year | 최소
하루 12시간 | 12 | duration hour | day
하루 평균 14시간 | 14 | duration hour | day
시간당 2.5달러 | 2.5 | money USD | hour
1인당 300달러 | 300 | money USD | each
한 사람당 최소 800위안씩 | 800+ | money CNY | each | 최소
한 사람당 월 800위안 | 800 | money CNY | month each
12시간 | 12 | duration hour
3개월 | 3 | duration month
5년간 | 5 | duration year
10일간 | 10 | duration day
30톤 | 30 | other tonne
\uff11\uff12\uff10명 | 120 | count 명
6만 명을 넘는 | 60000+ | count 명 | | 넘는
주 6일 | 6 | duration day | week
300달러(약 40만 원) | 300 | money USD
"""
