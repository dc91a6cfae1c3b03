"""Invented prose in three languages, long enough for letters and small words to speak."""

ENGLISH = (
    "The builders were housed in a hostel behind the site, and their foreman said that about 1,200 of them had come "
    "by train in the spring. They work from seven in the morning until ten at night, and it is not known who pays.\n"
)
RUSSIAN = (
    "Строители живут в общежитии за площадкой, и бригадир говорит, что около 1 200 человек приехали поездом весной. "
    "Они работают с семи утра до десяти вечера, и никто не знает, кто им платит. Об этом уже не раз было сказано.\n"
)
KOREAN = (
    "건설 노동자들은 공사장 뒤에 있는 기숙사에서 지내고 있으며 반장은 봄에 약 1,200명이 기차로 왔다고 말했다. "
    "그들은 아침 일곱 시부터 밤 열 시까지 일하고 있으며 누가 돈을 주는지는 알려지지 않았다.\n"
)
UKRAINIAN = "Будівельники живуть у гуртожитку за майданчиком, і їхній бригадир каже, що приїхало близько 1 200 осіб.\n"
BULGARIAN = "Строителите живеят в общежитие зад площадката и бригадирът казва, че са дошли около 1 200 души с влак.\n"
JAPANESE = "建設労働者は現場の裏にある寮に住んでおり、班長は春に約千二百人が列車で来たと話した。\n"
CHINESE = "建筑工人住在工地后面的宿舍里，工头说春天约有一千二百人乘火车来到这里。\n"
GERMAN = "Die Bauarbeiter wohnen in einem Heim hinter der Baustelle, und der Vorarbeiter sagt, dass es viele sind.\n"
