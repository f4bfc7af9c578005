"""Papers of a small restaurant: business licence, lease, floor plan."""

from datetime import timedelta
from random import Random

from evals.specimens.model import Paper
from evals.specimens.people import Family, stranger, years
from evals.specimens.wording import chinese_date, paper

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def credit_code(body: str) -> str:
    """An 18-character unified social credit code (GB 32100) from its first 17 characters."""
    total = sum(_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + _ALPHABET[-total % 31]


def business_licence(family: Family) -> tuple[Paper, ...]:
    """营业执照 of an invented restaurant (registration area 99)."""
    rng = Random(f"licence:{family.seed}")
    body = "92999901" + "MA" + "".join(rng.choice(_ALPHABET) for _ in range(7))
    started = family.on - timedelta(days=rng.randint(30, 900))
    return (paper("business_licence", "front", family.seed, {
        "credit_code": credit_code(body), "name": f"样例市示范区{family.mother.name[0]}记样本餐馆",
        "kind": "个体工商户",
        "operator": family.mother.name, "registered": chinese_date(started), "address": family.mother.address,
        "capital": "伍万元整",
        "scope": "餐饮服务（依法须经批准的项目，经相关部门批准后方可开展经营活动）", "issued": chinese_date(started),
        "seal": "样例市场监管样本章",
    }),)  # fmt: skip


def lease(family: Family) -> tuple[Paper, ...]:
    """房屋租赁合同, one page with terms and both signatures."""
    rng = Random(f"lease:{family.seed}")
    start = family.on - timedelta(days=rng.randint(5, 60))
    landlord = stranger(family.seed, family.on)
    return (paper("lease", "page", family.seed, {
        "landlord": landlord.name, "landlord_id": landlord.id_number,
        "tenant": family.mother.name, "tenant_id": family.mother.id_number, "address": family.father.address,
        "area": f"{rng.randint(45, 180)}平方米", "use": "餐饮经营", "start": chinese_date(start),
        "end": chinese_date(years(start, 3)),
        "rent": f"{rng.randint(30, 90) * 100}元", "landlord_signature": landlord.name,
        "tenant_signature": family.mother.name, "signed_on": chinese_date(start - timedelta(days=3)),
    }),)  # fmt: skip


def floor_plan(family: Family) -> tuple[Paper, ...]:
    """经营场所平面图 with rooms and areas."""
    rng = Random(f"plan:{family.seed}")
    return (paper("floor_plan", "page", family.seed, {
        "name": f"样例市示范区{family.mother.name[0]}记样本餐馆", "kitchen": f"{rng.randint(14, 30)}㎡",
        "hall": f"{rng.randint(40, 90)}㎡",
        "store": f"{rng.randint(5, 12)}㎡", "cold": f"{rng.randint(5, 9)}㎡",
        "drawn": chinese_date(family.on - timedelta(days=9)),
    }),)  # fmt: skip
