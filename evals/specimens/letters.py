"""Papers of retirement: application form, written commitment, only-child honour certificate."""

from datetime import timedelta
from random import Random

from evals.specimens.model import Paper
from evals.specimens.people import Family, retiree, stranger, years
from evals.specimens.wording import chinese_date, paper


def retirement_form(family: Family) -> tuple[Paper, ...]:
    """退休申请表 of an employee whose birthday follows the family's day."""
    rng = Random(f"retire:{family.seed}")
    person = retiree(family.seed, family.on)
    return (paper("retirement_form", "form", family.seed, {
        "name": person.name, "sex": person.sex, "birth_date": chinese_date(person.birth),
        "id_number": person.id_number,
        "ethnicity": person.ethnicity + "族", "work_start": chinese_date(years(person.birth, rng.randint(18, 26))),
        "employer": "样例机械制造有限公司",
        "insured_years": f"{rng.randint(20, 38)}年{rng.randint(0, 11)}个月", "post": rng.choice(("管理", "工人")),
        "kind": rng.choice(("正常退休", "弹性提前退休", "弹性延迟退休")),
        "retire_on": chinese_date(family.on + timedelta(days=40)),
        "phone": person.phone, "address": person.address, "bank": family.bank, "account": family.card,
        "signature": person.name, "signed_on": chinese_date(family.on - timedelta(days=3)),
        "opinion": "情况属实，同意申报。",
        "seal": "样例机械制造有限公司样本章",
    }),)  # fmt: skip


def commitment_letter(family: Family) -> tuple[Paper, ...]:
    """告知承诺书 signed by the applicant."""
    person = family.mother
    return (paper("commitment_letter", "letter", family.seed, {
        "name": person.name, "id_number": person.id_number, "phone": person.phone,
        "matter": Random(f"commit:{family.seed}").choice(("食品经营许可", "城镇职工退休申请",
        "公众聚集场所投入使用")),
        "signature": person.name, "signed_on": chinese_date(family.on - timedelta(days=2)),
    }),)  # fmt: skip


def only_child_certificate(family: Family) -> tuple[Paper, ...]:
    """独生子女父母光荣证."""
    rng = Random(f"only:{family.seed}")
    child, mother = family.father, stranger(family.seed, family.on)
    return (paper("only_child_certificate", "inside", family.seed, {
        "number": f"湘样{rng.randint(1000, 9999)}号",
        "father_name": child.name[:1] + rng.choice(("建国", "志远", "德明", "永福")), "mother_name": mother.name,
        "child_name": child.name, "child_sex": child.sex, "child_birth": chinese_date(child.birth),
        "issued": chinese_date(years(child.birth, 2)), "seal": "样例县计划生育样本章",
    }),)  # fmt: skip
