"""Numbers that are no quantities, written by hand: text | number | name of the mask. Each text holds no quantity."""

ENGLISH = """
in 2018 the border closed | 2018 | year
since 2011, he said | 2011 | year
The rules of 2016. | 2016 | year
A 2012 human rights report said so | 2012 | year
between 2011 and 2017 nothing changed | 2011 and 2017 | year
in 2017-2018 | 2017-2018 | year
the 1990s | 1990 | year
by mid-2019 | 2019 | year
on May 5 | 5 | date
on 5 May | 5 May | date
on 2019-12-22 | 2019-12-22 | date
on 22.12.2019 | 22.12.2019 | date
March 1 | 1 | date
the first half of the season | half | date
at 10:30 | 10:30 | clock
at 8 p.m. | 8 p.m. | clock
at 9 o'clock | 9 o'clock | clock
A. Buyer, 36, sells fish | 36 | age
aged 40 | 40 | age
ages 20 to 40 | 20 to 40 | age
between 20 and 30 years old | 20 and 30 years old | age
a 38-year-old | 38-year-old | age
she is 38 years old | 38 years old | age
A. Buyer (36) | 36 | age
the 38th parallel | 38th | ordinal
his 7th month | 7th | ordinal
a third country | a third | ordinal
Wages are handed out on the third of the month | third | ordinal
the 21st century | 21st | ordinal
Resolution 2397 | 2397 | reference
under resolution 2375 | 2375 | reference
Article 17 | 17 | reference
Section 3 | 3 | reference
Room 39 | 39 | reference
No. 12 | 12 | reference
page 14 | 14 | page
p. 14 | 14 | page
call +44 20 5550 0100 now | +44 20 5550 0100 | phone
call 010-5550-0100 | 010-5550-0100 | phone
see https://example.org/2024/55 | https://example.org/2024/55 | web
the host 192.0.2.17 | 192.0.2.17 | version
mail box17@example.org | box17@example.org | web
Covid-19 | 19 | model
the G7 | 7 | model
a Tupolev-154 | 154 | model
5G masts | 5G | model
152-millimeter guns | 152-millimeter | model
version 3 | 3 | version
release 3.11.7 | 3.11.7 | version
a score of 3:1 | 3:1 | score
it was -4 degrees | 4 degrees | temperature
30\u00b0C | 30\u00b0 | temperature
one of them | one | pronoun
one can say so | one | pronoun
a mix of the two. | two | pronoun
half-hour | half | time
3. Housing | 3 | list
as shown [12] | 12 | footnote
10 Mill Street | 10 Mill Street | address
99999999999999999999 | 99999999999999999999 | digits
"""

RUSSIAN = """
в 2018 году | 2018 | year
с 2011 года | 2011 | year
в 2017-2018 годах | 2017-2018 | year
17 июня | 17 июня | date
22.12.2019 | 22.12.2019 | date
в 10:30 | 10:30 | clock
в 9 часов утра | 9 часов утра | clock
38-летний | 38-летний | age
в возрасте 40 | 40 | age
7-й месяц | 7-й | ordinal
21-го века | 21-го | ordinal
пункт 8 | 8 | reference
резолюция 2397 | 2397 | reference
статья 17 | 17 | reference
№ 12 | 12 | reference
стр. 14 | 14 | page
+7 962 555 01 00 | +7 962 555 01 00 | phone
ул. Лесная, д. 10 | 10 | address
Ту-154 | 154 | model
один из них | один | pronoun
первая половина | половина | date
"""

KOREAN = """
2018년 | 2018 | year
1990년대 | 1990 | year
9월 | 9월 | date
4일 | 4일 | date
11월 4일 | 11월 4일 | date
1분기 | 1분기 | date
9시 | 9시 | clock
38세 | 38세 | age
38살 | 38살 | age
20대 여성 | 20대 여성 | age
제7차 회의 | 7 | ordinal
7번째 | 7번째 | ordinal
2397호 | 2397호 | reference
제8조 | 8조 | ordinal
39호실 | 39호실 | reference
14쪽 | 14쪽 | reference
02-555-0100 | 02-555-0100 | phone
영하 4도 | 4 | temperature
3대 1 | 3대 1 | score
"""
