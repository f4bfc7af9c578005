"""Which values stand on which paper: builders from people to pages, and ``papers`` to pick the pages of a kind."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from evals.specimens import business, letters
from evals.specimens.layout import kinds
from evals.specimens.model import Paper, SpecimenError
from evals.specimens.money import medical_bill
from evals.specimens.people import Family, Person
from evals.specimens.wording import chinese_date, dashed, dotted, paper


def id_card_front(person: Person, seed: int) -> Paper:
    """The side with the name."""
    return paper("id_card", "front", seed, _id_front(person))


def id_card_back(person: Person, seed: int) -> Paper:
    """The side with the term."""
    return paper("id_card", "back", seed, _id_back(person))


def id_card_both(person: Person, seed: int) -> Paper:
    """A copy of both sides on one sheet."""
    return paper("id_card", "both", seed, {**_id_front(person), **_id_back(person)})


def household_head(family: Family, seed: int) -> Paper:
    """The booklet's first page: kind of household, head, number, address."""
    house = family.household
    return paper("household_booklet", "head", seed, {
        "household_kind": house.kind,
        "head_name": house.head.name if house.kind == "家庭户" else "样例市人才服务中心集体户",
        "household_number": house.number, "address": house.address, "registered": chinese_date(house.registered),
        "clerk": "样例民警", "seal": "样本户口专用章", "seal_office": "样例市公安局示范派出所样本章",
    })  # fmt: skip


def household_member(family: Family, person: Person, relation: str, seed: int) -> Paper:
    """The page of one person in the booklet."""
    rng = Random(f"member:{person.id_number}:{seed}")
    return paper("household_booklet", "member", seed, {
        "name": person.name, "relation": relation, "former_name": "", "sex": person.sex,
        "birth_place": "样例省样例市", "ethnicity": person.ethnicity + rng.choice(("", "族")),
        "native_place": "样例省样例市示范区",
        "birth_date": chinese_date(person.birth), "other_address": "", "religion": "", "id_number": person.id_number,
        "height": "", "blood": rng.choice(("", "A", "O")),
        "education": rng.choice(("大学本科", "大学专科", "高中", "研究生")),
        "marital": rng.choice(("已婚", "有配偶")), "military": "",
        "employer": rng.choice(("样例科技公司", "虚构小学", "示范商贸公司", "样本村")),
        "occupation": rng.choice(("职员", "教师", "工人", "个体")), "came_from": "",
        "came_here": f"{family.household.registered.year}年迁入", "clerk": "样例民警",
        "registered": chinese_date(family.household.registered), "seal": "样本户口专用章",
    })  # fmt: skip


def relation(family: Family) -> str:
    """What the parent in the booklet is to its head."""
    if family.household.head is family.follows:
        return "户主"
    return "子" if family.follows.sex == "男" else "女"


def marriage_certificate(family: Family, seed: int, kind: str = "marriage_certificate") -> Paper:
    """Both spouses, number and date (also the divorce certificate, which looks alike)."""
    him, her = family.father, family.mother
    return paper(kind, "inside", seed, {
        "holder": Random(seed).choice((him, her)).name, "registered": chinese_date(family.married),
        "certificate_number": family.marriage_number.replace("J",
        "L") if kind == "divorce_certificate" else family.marriage_number,
        "husband_name": him.name, "husband_birth": chinese_date(him.birth), "husband_id": him.id_number,
        "wife_name": her.name, "wife_birth": chinese_date(her.birth), "wife_id": her.id_number,
        "nationality": "中国", "husband_sex": "男", "wife_sex": "女", "remark": "",
        "seal": "样例民政局样本婚姻登记章",
    })  # fmt: skip


def birth_certificate(family: Family, page: str, seed: int) -> Paper:
    """出生医学证明, page ``main`` (正页) or ``copy`` (副页)."""
    child, him, her = family.child, family.father, family.mother
    return paper("birth_certificate", page, seed, {
        "child_name": child.name, "child_sex": child.sex, "certificate_number": child.certificate,
        "born": f"{child.born.year}年{child.born.month}月{child.born.day}日{child.born.hour}时{child.born.minute}分",
        "weeks": f"{child.weeks}周", "weight": f"{child.grams}克", "length": f"{child.centimetres}厘米",
        "birth_place": "样例省样例市示范区", "hospital": family.hospital,
        "mother_name": her.name, "mother_age": f"{_age(her, child.born.date())}",
        "mother_ethnicity": her.ethnicity + "族",
        "mother_id": her.id_number, "mother_address": her.address,
        "father_name": him.name, "father_age": f"{_age(him, child.born.date())}",
        "father_ethnicity": him.ethnicity + "族",
        "father_id": him.id_number, "father_address": him.address, "nationality": "中国", "id_kind": "居民身份证",
        "issued": chinese_date(child.born.date() + timedelta(days=3)), "seal": "样本出生医学证明专用章",
        "receiver": her.name,
    })  # fmt: skip


def birth_record(family: Family, seed: int) -> Paper:
    """新生儿出生医学记录: the hospital's own form, filled and stamped."""
    child, him, her = family.child, family.father, family.mother
    rng = Random(f"record:{family.seed}")
    return paper("birth_record", "form", seed, {
        "hospital_title": family.hospital, "record_number": f"ZY{rng.randint(100000, 999999)}",
        "child_name": child.name, "child_sex": child.sex, "born_date": chinese_date(child.born.date()),
        "born_time": f"{child.born.hour:02d}时{child.born.minute:02d}分", "weeks": f"{child.weeks}周",
        "weight": f"{child.grams}", "length": f"{child.centimetres}", "health": rng.choice(("良好", "健康")),
        "apgar": rng.choice(("9-10-10", "10-10-10")), "delivery": rng.choice(("顺产", "剖宫产", "自然分娩")),
        "parity": rng.choice(("1", "2")),
        "mother_name": her.name, "mother_age": f"{_age(her, child.born.date())}", "mother_id": her.id_number,
        "mother_ethnicity": her.ethnicity + "族", "mother_phone": her.phone, "mother_address": her.address,
        "father_name": him.name, "father_age": f"{_age(him, child.born.date())}", "father_id": him.id_number,
        "father_ethnicity": him.ethnicity + "族", "hospital": family.hospital, "midwife": family.doctor,
        "filled_on": chinese_date(child.born.date() + timedelta(days=1)), "seal": family.hospital + "样本章",
    })  # fmt: skip


def application_form(family: Family, seed: int) -> Paper:
    """新生儿出生一件事申请表, filled and signed by the mother."""
    child, him, her = family.child, family.father, family.mother
    return paper("application_form", "form", seed, {
        "child_name": child.name, "child_sex": child.sex,
        "born": f"{chinese_date(child.born.date())} {child.born:%H:%M}",
        "child_ethnicity": him.ethnicity + "族", "hospital": family.hospital,
        "father_name": him.name, "father_id": him.id_number, "father_phone": him.phone, "father_address": him.address,
        "mother_name": her.name, "mother_id": her.id_number, "mother_phone": her.phone, "mother_address": her.address,
        "marriage_number": family.marriage_number, "married": dashed(family.married),
        "follows": "随父" if family.household.follows == "father" else "随母",
        "household_kind": family.household.kind,
        "household_address": family.household.address,
        "services": "☑出生医学证明 ☑预防接种证 ☑出生登记 ☑社会保障卡 ☑居民医保参保",
        "receiver": her.name, "delivery": "邮寄", "signature": her.name, "signed_on": chinese_date(_signed(family)),
    })  # fmt: skip


def authorization_letter(family: Family, seed: int) -> Paper:
    """授权委托书: the mother lets the father act; blank ``signature`` for an unsigned one."""
    child, him, her = family.child, family.father, family.mother
    signed = _signed(family)
    return paper("authorization_letter", "letter", seed, {
        "mother_name": her.name, "mother_id": her.id_number, "mother_phone": her.phone,
        "father_name": him.name, "father_id": him.id_number, "father_phone": him.phone,
        "child_name": child.name, "matter": "新生儿出生一件事联办",
        "until": chinese_date(signed + timedelta(days=120)),
        "signature": her.name, "signed_on": chinese_date(signed), "agent_signature": him.name,
    })  # fmt: skip


def informed_notice(family: Family, seed: int) -> Paper:
    """出生医学证明签发知情告知书, read and signed by the mother."""
    return paper("informed_notice", "letter", seed, {
        "mother_name": family.mother.name, "child_name": family.child.name, "signature": family.mother.name,
        "signed_on": chinese_date(_signed(family)),
    })  # fmt: skip


def ethnicity_application(family: Family, seed: int) -> Paper:
    """民族成份填报申请书, signed by both parents."""
    child, him, her = family.child, family.father, family.mother
    return paper("ethnicity_application", "letter", seed, {
        "father_name": him.name, "father_ethnicity": him.ethnicity + "族", "father_id": him.id_number,
        "mother_name": her.name, "mother_ethnicity": her.ethnicity + "族", "mother_id": her.id_number,
        "child_name": child.name, "child_sex": child.sex, "born": chinese_date(child.born.date()),
        "ethnicity": him.ethnicity + "族", "father_signature": him.name, "mother_signature": her.name,
        "signed_on": chinese_date(_signed(family)),
    })  # fmt: skip


def diagnosis(family: Family, seed: int) -> Paper:
    """疾病诊断证明书 of the mother's confinement."""
    child, her = family.child, family.mother
    rng = Random(f"diagnosis:{family.seed}")
    return paper("diagnosis", "form", seed, {
        "hospital_title": family.hospital, "name": her.name, "sex": "女", "age": f"{_age(her, child.born.date())}岁",
        "ward": rng.choice(("产科", "妇产科一病区")), "case_number": f"{rng.randint(100000, 999999)}",
        "id_number": her.id_number,
        "admitted": chinese_date(child.born.date() - timedelta(days=1)),
        "discharged": chinese_date(child.born.date() + timedelta(days=3)),
        "diagnosis": f"孕{child.weeks}周 单胎活产 {rng.choice(('枕左前位顺产', '剖宫产分娩'))}",
        "advice": "出院后休息，产后42天门诊复查。", "doctor": family.doctor,
        "issued": chinese_date(child.born.date() + timedelta(days=3)),
        "seal": family.hospital + "样本诊断章",
    })  # fmt: skip


def bank_card(family: Family, seed: int, owner: Person | None = None) -> Paper:
    """A copy of the bank card with the holder's and the branch's name written under it."""
    holder = owner or family.mother
    return paper("bank_card", "copy", seed, {
        "bank": family.bank[:4] + "（样本）",
        "card_number": " ".join(family.card[i : i + 4] for i in range(0, len(family.card), 4)),
        "holder": holder.name, "branch": family.bank, "account": family.card, "phone": holder.phone,
    })  # fmt: skip


def blank(seed: int) -> Paper:
    """A sheet with nothing on it but the specimen mark."""
    return paper("blank", "page", seed, {})


def unrelated(seed: int) -> Paper:
    """A holiday picture."""
    return paper("unrelated", "photo", seed, {})


def residence_permit(person: Person, seed: int) -> Paper:
    """居住证, which looks much like an identity card."""
    return paper("residence_permit", "front", seed, {
        **_id_front(person), "home": "虚构省假设市演示县", "office": person.id_office,
        "validity": f"{dotted(person.id_issued)}-{dotted(person.id_issued + timedelta(days=365))}",
    })  # fmt: skip


def driving_licence(person: Person, seed: int) -> Paper:
    """机动车驾驶证, main page."""
    first = person.birth + timedelta(days=20 * 366)
    return paper("driving_licence", "main", seed, {
        "number": person.id_number, "name": person.name, "sex": person.sex, "nationality": "中国",
        "address": person.address,
        "birth_date": dashed(person.birth), "first_issued": dashed(first), "vehicle_class": "C1",
        "validity": f"{dashed(first)}至{dashed(first + timedelta(days=3652))}", "seal": "样例交警支队样本章",
    })  # fmt: skip


def passport(person: Person, seed: int) -> Paper:
    """护照, data page."""
    rng = Random(f"passport:{person.id_number}")
    return paper("passport", "data", seed, {
        "number": f"E99{rng.randint(0, 999999):06d}", "name": person.name,
        "sex": "男/M" if person.sex == "男" else "女/F",
        "birth_date": dotted(person.birth), "birth_place": "样例/SAMPLE", "issued": dotted(person.id_issued),
        "expires": dotted(person.id_issued + timedelta(days=3652)), "code": f"POCHNSPECIMEN<<SAMPLE{'<' * 22}",
    })  # fmt: skip


def _id_front(person: Person) -> dict[str, str]:
    return {
        "name": person.name, "sex": person.sex, "ethnicity": person.ethnicity, "birth_year": f"{person.birth.year}",
        "birth_month": f"{person.birth.month}", "birth_day": f"{person.birth.day}", "address": person.address,
        "id_number": person.id_number,
    }  # fmt: skip


def _id_back(person: Person) -> dict[str, str]:
    end = dotted(person.id_expires) if person.id_expires else "长期"
    return {"office": person.id_office, "validity": f"{dotted(person.id_issued)}-{end}"}


def _age(person: Person, on: date) -> int:
    return on.year - person.birth.year - ((on.month, on.day) < (person.birth.month, person.birth.day))


def _signed(family: Family) -> date:
    """The day papers are signed: after the birth, in the weeks before the planned day."""
    return max(family.child.born.date(), family.on - timedelta(days=family.seed % 18))


_MAKERS: Mapping[str, Callable[[Family], tuple[Paper, ...]]] = {
    "id_card": lambda f: (
        id_card_front(f.mother, f.seed), id_card_back(f.mother, f.seed), id_card_both(f.father, f.seed),
    ),
    "household_booklet": lambda f: (
        household_head(f, f.seed), household_member(f, f.follows, relation(f), f.seed),
        household_head(collective(f), f.seed + 1),
    ),
    "marriage_certificate": lambda f: (marriage_certificate(f, f.seed),),
    "divorce_certificate": lambda f: (marriage_certificate(f, f.seed, "divorce_certificate"),),
    "birth_certificate": lambda f: (birth_certificate(f, "main", f.seed), birth_certificate(f, "copy", f.seed)),
    "birth_record": lambda f: (birth_record(f, f.seed),),
    "application_form": lambda f: (application_form(f, f.seed),),
    "authorization_letter": lambda f: (authorization_letter(f, f.seed),),
    "informed_notice": lambda f: (informed_notice(f, f.seed),),
    "ethnicity_application": lambda f: (ethnicity_application(f, f.seed),),
    "invoice": lambda f: (medical_bill(f, f.seed).invoice,),
    "expense_list": lambda f: (medical_bill(f, f.seed).expenses,),
    "diagnosis": lambda f: (diagnosis(f, f.seed),),
    "bank_card": lambda f: (bank_card(f, f.seed),),
    "residence_permit": lambda f: (residence_permit(f.mother, f.seed),),
    "driving_licence": lambda f: (driving_licence(f.father, f.seed),),
    "passport": lambda f: (passport(f.mother, f.seed),),
    "blank": lambda f: (blank(f.seed),),
    "unrelated": lambda f: (unrelated(f.seed),),
    "retirement_form": letters.retirement_form,
    "commitment_letter": letters.commitment_letter,
    "only_child_certificate": letters.only_child_certificate,
    "business_licence": business.business_licence,
    "lease": business.lease,
    "floor_plan": business.floor_plan,
}  # fmt: skip


def collective(family: Family) -> Family:
    """The same family in a collective household."""
    return replace(family, household=replace(family.household, kind="集体户", head=family.follows))


def papers(kind: str, family: Family) -> tuple[Paper, ...]:
    """The pages of that kind for that family; SpecimenError lists the kinds there are."""
    if kind not in _MAKERS:
        raise SpecimenError(f"不认识的样张种类：{kind}（可选：{'、'.join(kinds())}）")
    return _MAKERS[kind](family)
