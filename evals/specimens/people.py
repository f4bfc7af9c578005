"""Fictitious families: everything follows from a seed and a day, dates stand in order, numbers have right check digits.

Places are invented (样例省样例市示范区), and identity numbers begin with 99, a prefix assigned to nobody.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

_SURNAMES = (*"王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹彭曾肖田董潘袁蒋蔡余", "欧阳", "上官")
_MALE = tuple("伟强磊军洋勇杰涛明超刚平辉鹏飞宇浩凯健俊帆斌波宁翔晨诚毅恒远")
_FEMALE = tuple("芳娜敏静秀丽艳娟霞燕玲倩颖琳雪梅莉兰婷慧丹萍雅洁蓉璐欣怡珊薇")
_BABY = ("子涵", "一诺", "沐辰", "若溪", "嘉宁", "知远", "清禾", "予安", "可心", "书瑶", "景行", "思齐", "乐言", "星野")
_ETHNIC = ("汉", "汉", "汉", "汉", "汉", "汉", "土家", "苗", "侗", "瑶", "壮", "回")
_ROADS = ("虚构路", "样张街", "示例大道", "模板巷", "样本路", "假设街", "演示大道")
_ESTATES = ("样本小区", "示范家园", "虚构花园", "例图公寓", "演示苑")
_HOSPITALS = ("样例市示范区妇幼保健院", "样例市虚构人民医院", "样例市演示妇产医院")
_BANKS = ("样例银行示范支行", "虚构商业银行样本路支行", "示例农村银行演示支行")
_PREFIXES = ("990101", "990102", "990203", "990305")


def check_digit(first17: str) -> str:
    """The last character of an identity number (GB 11643, ISO 7064 MOD 11-2)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(c) * w for c, w in zip(first17, weights, strict=True)) % 11]


def id_number(prefix: str, birth: date, order: int, male: bool) -> str:
    """An identity number with that birth date; the order number is made odd for men, even for women."""
    body = f"{prefix}{birth:%Y%m%d}{(order // 2 * 2 + male) % 1000:03d}"
    return body + check_digit(body)


def years(day: date, count: int) -> date:
    """The same day ``count`` years later (28 February for a leap day)."""
    try:
        return day.replace(year=day.year + count)
    except ValueError:
        return day.replace(year=day.year + count, day=28)


@dataclass(frozen=True, slots=True)
class Person:
    """A grown-up with an identity card; ``id_expires`` is None for 长期."""

    name: str
    sex: str
    ethnicity: str
    birth: date
    id_number: str
    address: str
    id_issued: date
    id_expires: date | None
    id_office: str
    phone: str


@dataclass(frozen=True, slots=True)
class Child:
    """The newborn; `certificate` is the number of its birth certificate."""

    name: str
    sex: str
    born: datetime
    weeks: int
    grams: int
    centimetres: int
    certificate: str


@dataclass(frozen=True, slots=True)
class Household:
    """A booklet: ``kind`` is 家庭户 or 集体户, ``follows`` the parent entered in it (father or mother)."""

    kind: str
    number: str
    head: Person
    follows: str
    address: str
    registered: date


@dataclass(frozen=True, slots=True)
class Family:
    """Two married parents, their newborn, the booklet the child will be entered in, and the places of their story."""

    seed: int
    on: date
    father: Person
    mother: Person
    child: Child
    household: Household
    marriage_number: str
    married: date
    hospital: str
    doctor: str
    bank: str
    card: str

    @property
    def follows(self) -> Person:
        """The parent the child is registered with."""
        return self.father if self.household.follows == "father" else self.mother


def _between(rng: Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randint(0, (last - first).days))


def _person(rng: Random, male: bool, birth: date, on: date, surname: str | None = None, elder: bool = False) -> Person:
    given = rng.sample(_MALE if male else _FEMALE, rng.choice((1, 2, 2)))
    prefix = rng.choice(_PREFIXES)
    age = on.year - birth.year
    term = None if elder and age >= 57 else 20 if age >= 30 else 10
    span = 4 if term is None else term
    issued = _between(rng, max(years(on, -span + 2), years(birth, 46 if term is None else 16)), years(on, -1))
    return Person(
        name=(surname or rng.choice(_SURNAMES)) + "".join(given),
        sex="男" if male else "女",
        ethnicity=rng.choice(_ETHNIC),
        birth=birth,
        id_number=id_number(prefix, birth, rng.randint(10, 989), male),
        address=f"样例省样例市示范区{rng.choice(_ROADS)}{rng.randint(1, 399)}号"
        + rng.choice(("", f"{rng.choice(_ESTATES)}{rng.randint(1, 28)}栋{rng.randint(1, 30)}0{rng.randint(1, 6)}号")),
        id_issued=issued,
        id_expires=None if term is None else years(issued, term),
        id_office=rng.choice(("样例市公安局示范分局", "样例市公安局虚构分局", "样例县公安局")),
        phone=f"199{rng.randint(0, 99999999):08d}",
    )


def _luhn(body: str) -> str:
    total = sum(sum(divmod(int(c) * (2 if i % 2 == 0 else 1), 10)) for i, c in enumerate(reversed(body)))
    return body + str(-total % 10)


def family(seed: int, on: date) -> Family:
    """The family of that seed as it stands on that day: parents 24 to 42, child at most five months old."""
    rng = Random(f"family:{seed}")
    mother = _person(rng, False, _between(rng, years(on, -38), years(on, -25)), on)
    father = _person(rng, True, _between(rng, years(on, -42), years(on, -26)), on)
    born = datetime.combine(on - timedelta(days=rng.randint(3, 140)), datetime.min.time())
    born += timedelta(minutes=rng.randint(0, 1439))
    last = born.date() - timedelta(days=320)
    married = _between(rng, max(years(max(father.birth, mother.birth), 22), years(last, -6)), last)
    follows = rng.choice(("father", "father", "mother"))
    parent = father if follows == "father" else mother
    head = parent
    if rng.random() < 0.4:
        head = _person(rng, True, years(parent.birth, -rng.randint(24, 32)), on, _surname(parent.name), elder=True)
    sex = rng.choice(("男", "女"))
    return Family(
        seed=seed,
        on=on,
        father=father,
        mother=mother,
        child=Child(
            name=_surname(father.name) + rng.choice(_BABY),
            sex=sex,
            born=born,
            weeks=rng.randint(37, 41),
            grams=rng.randint(260, 410) * 10,
            centimetres=rng.randint(47, 53),
            certificate=f"Z99{rng.randint(0, 9999999):07d}",
        ),
        household=Household(
            kind="家庭户",
            number=f"99{rng.randint(0, 9999999):07d}",
            head=head,
            follows=follows,
            address=parent.address,
            registered=_between(rng, max(years(parent.birth, 18), years(on, -8)), years(on, -1)),
        ),
        marriage_number=f"J9901{rng.randint(10, 99)}-{married.year}-{rng.randint(1, 9999):06d}",
        married=married,
        hospital=rng.choice(_HOSPITALS),
        doctor=rng.choice(_SURNAMES) + "".join(rng.sample(_FEMALE, 2)),
        bank=rng.choice(_BANKS),
        card=_luhn("699999" + f"{rng.randint(0, 999999999999):012d}"),
    )


def stranger(seed: int, on: date) -> Person:
    """Someone who belongs to no family of that seed."""
    rng = Random(f"stranger:{seed}")
    return _person(rng, rng.random() < 0.5, _between(rng, years(on, -60), years(on, -24)), on)


def retiree(seed: int, on: date) -> Person:
    """Someone about to retire: a man near 61 or a woman near 56."""
    rng = Random(f"retiree:{seed}")
    male = rng.random() < 0.5
    birth = _between(rng, years(on, -61 if male else -56), years(on, -60 if male else -55))
    return _person(rng, male, birth, on, elder=True)


def _surname(name: str) -> str:
    return name[:2] if name[:2] in _SURNAMES else name[:1]
