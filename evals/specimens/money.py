"""A confinement's bill: the invoice and the list of expenses whose sums agree."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from evals.specimens.model import Paper
from evals.specimens.people import Family
from evals.specimens.wording import capital, chinese_date, dashed, paper

_ITEMS = (
    ("床位费", "天", 4000, 9000), ("诊查费", "次", 1500, 4000), ("检查费", "项", 8000, 30000),
    ("化验费", "项", 5000, 26000),
    ("治疗费", "次", 4000, 20000), ("护理费", "天", 2000, 6000), ("手术费", "台", 90000, 260000),
    ("西药费", "组", 6000, 40000),
    ("卫生材料费", "套", 8000, 50000), ("新生儿护理费", "天", 3000, 9000),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bill:
    """Two papers about the same sum (in 分)."""

    invoice: Paper
    expenses: Paper
    total: int


def medical_bill(family: Family, seed: int) -> Bill:
    """The bill of that family's birth; invoice total equals the sum of the list."""
    rng = Random(f"bill:{family.seed}")
    rows = []
    for name, unit, low, high in rng.sample(_ITEMS, 8):
        price, count = rng.randrange(low, high, 50), rng.choice((1, 1, 2, 3, 4))
        rows.append((name, unit, price, count, price * count))
    total = sum(row[4] for row in rows)
    left = family.child.born.date() + timedelta(days=3)
    person = family.mother
    values = {
        "title": "样例省医疗住院收费票据（电子）", "code": f"99{rng.randint(0, 999999):06d}",
        "number": f"{rng.randint(0, 9999999999):010d}",
        "check_code": f"{rng.randrange(16**6):06x}", "payer": person.name, "issued": dashed(left),
        "id_number": person.id_number,
        "total": f"{total / 100:.2f}", "total_words": capital(total), "payee": family.hospital,
        "reviewer": "样例员", "cashier": "样例收费员",
        "stay": f"{chinese_date(left - timedelta(days=4))}至{chinese_date(left)}",
        "case_number": f"{rng.randint(100000, 999999)}",
        "insurance": "生育保险", "seal": family.hospital + "样本财务章",
    }  # fmt: skip
    listed = {
        "hospital_title": family.hospital, "name": person.name, "case_number": values["case_number"],
        "stay": values["stay"],
        "ward": "产科", "total": values["total"], "printed": dashed(left), "seal": family.hospital + "样本专用章",
    }  # fmt: skip
    for index, (name, unit, price, count, amount) in enumerate(rows):
        values |= {f"item{index}": name, f"amount{index}": f"{amount / 100:.2f}"}
        listed |= {
            f"item{index}": name, f"unit{index}": unit, f"price{index}": f"{price / 100:.2f}",
            f"count{index}": str(count), f"amount{index}": f"{amount / 100:.2f}",
        }  # fmt: skip
    return Bill(paper("invoice", "page", seed, values), paper("expense_list", "page", seed, listed), total)
