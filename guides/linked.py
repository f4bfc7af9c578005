"""A guide as JSON-LD in the terms of CPSV-AP 3.2 and CCCEV: an event, the services it groups, what they need and give.

Names are URNs, so that the same guide is the same thing wherever it is read. What the vocabulary has no word for stands
under `bc:` (our own terms, README). Materials: an `EvidenceType` each, reached through the requirements that decide it
(`cv:hasEvidenceTypeList`), and an `Evidence` of that type as `cpsv:hasInput`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from guides.condition import ALWAYS, Condition
from guides.model import Citation, Guide, Material, Region, Route, Service, Source, TimeLimit
from guides.national import load_national
from guides.terms import words_of
from guides.words import say_condition
from guides.yaml_source import Plain

Node = dict[str, Plain]

CONTEXT: Node = {
    "adms": "http://www.w3.org/ns/adms#",
    "bc": "urn:bancheng:terms:",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
CHINESE = "http://publications.europa.eu/resource/authority/language/ZHO"
YUAN = "http://publications.europa.eu/resource/authority/currency/CNY"
OF_FIRMS = frozenset({"firm", "trade", "build"})
"""Groups of the national lists whose matters are business events; the others are life events."""


def linked(guide: Guide, sources: Mapping[str, Source], regions: Sequence[Region]) -> dict[str, Plain]:
    """Give the whole guide as one JSON-LD document."""
    nodes = _Writer(guide, sources, regions).nodes()
    graph: list[Plain] = [{term: value for term, value in node.items() if value != []} for node in nodes]
    return {"@context": CONTEXT, "@graph": graph}


class _Writer:
    def __init__(self, guide: Guide, sources: Mapping[str, Source], regions: Sequence[Region]) -> None:
        self.guide, self.sources, self.regions = guide, sources, regions
        self.base = f"urn:bancheng:{guide.region or 'cn'}:{guide.slug}"

    def nodes(self) -> Iterator[Node]:
        """Give every node, each once."""
        yield self._event()
        yield self._bundle()
        yield from (self._service(service) for service in self.guide.services)
        for name in dict.fromkeys((self.guide.lead_agency, *(service.agency for service in self.guide.services))):
            yield {**self._node("cv:PublicOrganisation", f"agency:{name}", name), "dct:spatial": self._place_ref()}
        yield {**_typed("dct:Location", self._place_ref()), "skos:prefLabel": _zh(self._place_name())}
        yield from (self._route(route) for route in self.guide.routes)
        for material in self.guide.materials:
            yield from self._material(material)
        yield from self._rules()
        yield from self._outputs()
        yield from self._channels()
        yield from self._costs()
        yield from (self._legal(name) for name in self.guide.sources if name in self.sources)
        yield from self._own_terms()

    def _event(self) -> Node:
        firms = {slug for group in load_national().groups if group.id in OF_FIRMS for slug in group.guides}
        kind = "cv:BusinessEvent" if self.guide.slug in firms else "cv:LifeEvent"
        return self._node(kind, "event", self.guide.title, self.guide.summary)

    def _bundle(self) -> Node:
        guide = self.guide
        until: Node = {} if guide.valid_to is None else {"dcat:endDate": _day(guide.valid_to.isoformat())}
        period: Node = {"@type": "dct:PeriodOfTime", "dcat:startDate": _day(guide.valid_from.isoformat()), **until}
        node = self._node("cpsv:PublicService", "bundle", guide.title, guide.summary)
        limits = [length for limit in guide.limits if (length := _duration(limit)) is not None]
        return {
            **node,
            "dct:identifier": guide.code or f"{guide.region}:{guide.slug}",
            "owl:versionInfo": guide.version,
            "dct:temporal": period,
            "dct:language": _ref(CHINESE),
            "dct:spatial": self._place_ref(),
            "dcat:keyword": [_zh(alias) for alias in guide.aliases],
            "cv:isGroupedBy": self._ref("event"),
            "cv:hasCompetentAuthority": self._ref(f"agency:{guide.lead_agency}"),
            "dct:relation": [self._ref(f"service:{service.id}") for service in guide.services],
            "cpsv:hasInput": [self._ref(f"evidence:{material.id}") for material in guide.materials],
            "cv:holdsRequirement": [
                *(self._ref(f"route:{route.id}") for route in guide.routes),
                *(self._ref(name) for material in guide.materials for name in _rule_names(material)),
            ],
            "cpsv:follows": [self._ref(name) for name, _, _, _ in self._rule_texts()],
            "cv:hasCost": [self._ref(f"cost:{fee.id}") for fee in guide.fees],
            "cv:hasChannel": [self._ref(name) for name in self._channel_names()],
            "cv:hasContactPoint": [self._ref(f"phone:{i}") for i in range(len(guide.phones))],
            "cv:hasLegalResource": [self._ref(f"source:{name}") for name in guide.sources if name in self.sources],
            **({"cv:processingTime": limits[0]} if limits else {}),
            "bc:filing": guide.filing.value,
            "bc:faq": [self._ref(f"faq:{one.id}") for one in guide.faq],
            "bc:element": [self._ref(f"element:{i}") for i in range(len(guide.elements))],
            "bc:conflict": [self._ref(f"conflict:{one.id}") for one in guide.conflicts],
        }

    def _service(self, service: Service) -> Node:
        length = _duration(service.limit) if service.limit else None
        needed = [m for m in self.guide.materials if service.id in m.services]
        return {
            **self._node("cpsv:PublicService", f"service:{service.id}", service.name, service.place),
            "dct:identifier": f"{self.guide.region}:{self.guide.slug}:{service.id}",
            "cv:isGroupedBy": self._ref("event"),
            "cv:hasCompetentAuthority": self._ref(f"agency:{service.agency}"),
            "dct:requires": [self._ref(f"service:{name}") for name in service.after],
            "cpsv:hasInput": [self._ref(f"evidence:{material.id}") for material in needed],
            **self._rests("cv:hasLegalResource", service.citation),
            "bc:appliesWhen": _zh(self._said(service.when) or "任何情况"),
            **({"cpsv:produces": self._ref(f"output:{service.id}")} if service.output else {}),
            **({"cv:processingTime": length} if length is not None else {}),
            **({"bc:jurisdiction": service.jurisdiction.by} if service.jurisdiction else {}),
        }

    def _route(self, route: Route) -> Node:
        node = self._node("cv:Requirement", f"route:{route.id}", route.title, f"{self._said(route.when)}。{route.say}")
        kind = _ref(f"urn:bancheng:route:{route.kind.value}")
        return {**node, "dct:type": kind, **self._rests("cv:isDerivedFrom", *route.citations)}

    def _material(self, material: Material) -> Iterator[Node]:
        kind = self._node("cv:EvidenceType", f"type:{material.id}", material.name, material.criteria)
        yield {**kind, **({"skos:altLabel": [_zh(alias) for alias in material.aliases]} if material.aliases else {})}
        yield {
            **self._node("cv:Evidence", f"evidence:{material.id}", material.name),
            "dct:type": self._ref(f"type:{material.id}"),
            **({"bc:issuer": _zh(material.issuer)} if material.issuer else {}),
            "bc:originals": material.originals,
            "bc:copies": material.copies,
        }
        listed = f"types:{material.id}"
        yield {
            **self._node("cv:EvidenceTypeList", listed, material.name),
            "cv:specifiesEvidenceType": [self._ref(f"type:{material.id}")],
        }
        words = words_of("MaterialRule", "status")
        for name, rule in zip(_rule_names(material), material.rules, strict=True):
            title = f"{material.name}：{words[rule.status.value]}"
            yield {
                **self._node("cv:Requirement", name, title, f"{self._said(rule.when)}：{rule.why}"),
                "dct:type": _ref(f"urn:bancheng:status:{rule.status.value}"),
                "cv:hasEvidenceTypeList": self._ref(listed),
                **self._rests("cv:isDerivedFrom", rule.citation),
                **({"bc:ground": rule.ground.value} if rule.ground else {}),
            }

    def _rule_texts(self) -> Iterator[tuple[str, str, str, Citation]]:
        """Give what the services follow besides conditions: steps, who appears, what comes first, days, limits."""
        guide = self.guide
        for i, step in enumerate(guide.steps):
            yield f"step:{i}", f"第 {i + 1} 步", step.text, step.citation
        for first in guide.prerequisites:
            yield f"first:{first.id}", "先办好", f"{self._said(first.when)}：{first.text}", first.citation
        for one in guide.presence:
            text = f"{self._said(one.when)}：{one.who}，{one.what}。{one.delegate}"
            yield f"presence:{one.id}", "到场", text, one.citation
        for i, never in enumerate(guide.never_ask):
            yield f"never:{i}", "不得索要", f"{self._said(never.when)}：{never.text}", never.citation
        for due in guide.deadlines:
            text = f"{self._said(due.when)}：{due.text}{due.consequence}"
            yield f"deadline:{due.id}", "截止日", text, due.citation
        named = [("", limit) for limit in guide.limits] + [(s.name, s.limit) for s in guide.services if s.limit]
        for i, (name, limit) in enumerate(named):
            yield f"limit:{i}", f"{name}办理时限", _limit_text(limit), limit.citation

    def _rules(self) -> Iterator[Node]:
        for name, title, text, citation in self._rule_texts():
            yield {**self._node("cpsv:Rule", name, title, text), **self._rests("cpsv:implements", citation)}

    def _outputs(self) -> Iterator[Node]:
        for service in self.guide.services:
            if service.output:
                yield self._node("cpsv:Output", f"output:{service.id}", service.output)

    def _channel_names(self) -> Iterator[str]:
        if self.guide.official_url:
            yield "channel:online"
        yield from (f"channel:{i}" for i in range(len(self.guide.points)))

    def _channels(self) -> Iterator[Node]:
        if self.guide.official_url:
            online = self._node("cv:Channel", "channel:online", "网上办理")
            yield {
                **online,
                "dct:type": _ref("urn:bancheng:channel:online"),
                "foaf:page": _ref(self.guide.official_url),
            }
        for i, point in enumerate(self.guide.points):
            address: Node = {"@type": "locn:Address", "locn:fullAddress": _zh(point.address)}
            yield {
                **self._node("cv:Channel", f"channel:{i}", point.name, point.hours),
                "dct:type": _ref("urn:bancheng:channel:window"),
                "locn:address": address,
                **({"cv:telephone": point.phone} if point.phone else {}),
            }
        for i, phone in enumerate(self.guide.phones):
            node = self._node("cv:ContactPoint", f"phone:{i}", phone.about)
            yield {**node, "cv:telephone": phone.number}

    def _costs(self) -> Iterator[Node]:
        for fee in self.guide.fees:
            node = self._node("cv:Cost", f"cost:{fee.id}", fee.text, self._said(fee.when))
            priced: Node = {} if fee.amount_yuan is None else {"cv:value": fee.amount_yuan, "cv:currency": _ref(YUAN)}
            yield {**node, **priced, **self._rests("bc:legalResource", fee.citation)}

    def _legal(self, name: str) -> Node:
        source = self.sources[name]
        days = {
            "eli:date_publication": source.published,
            "eli:first_date_entry_in_force": source.effective_from,
            "eli:date_no_longer_in_force": source.effective_to,
        }
        return {
            **self._node("eli:LegalResource", f"source:{name}", source.title),
            "dct:publisher": _zh(source.issuer),
            "bc:verification": source.verification.value,
            **({"eli:id_local": source.document_no} if source.document_no else {}),
            **({"foaf:page": _ref(source.url)} if source.url else {}),
            **{key: _day(day.isoformat()) for key, day in days.items() if day is not None},
        }

    def _own_terms(self) -> Iterator[Node]:
        for faq in self.guide.faq:
            answer: Node = {"bc:answer": _zh("".join(faq.answer)), "bc:asks": [_zh(one) for one in faq.asks]}
            yield {**self._node("bc:Question", f"faq:{faq.id}", faq.asks[0]), **answer}
        for conflict in self.guide.conflicts:
            node = self._node("bc:Conflict", f"conflict:{conflict.id}", conflict.about, conflict.say)
            yield {**node, **self._rests("bc:between", *conflict.citations)}
        names = words_of("GuideElement", "kind")
        for i, one in enumerate(self.guide.elements):
            node = self._node("bc:Element", f"element:{i}", names[one.kind.value], one.text)
            yield {**node, **self._rests("bc:legalResource", one.citation)}

    def _node(self, kind: str, name: str, title: str, description: str = "") -> Node:
        told: Node = {"dct:description": _zh(description)} if description else {}
        return {"@id": self._id(name), "@type": kind, "dct:identifier": name, "dct:title": _zh(title), **told}

    def _rests(self, term: str, *citations: Citation) -> Node:
        """Point to the sources by `term`, and say beside it at which clause of each."""
        clauses: list[Plain] = [
            {"@type": "bc:Citation", "bc:source": self._ref(f"source:{one.source}"), "bc:locator": one.locator}
            for one in citations
        ]
        names = dict.fromkeys(one.source for one in citations)
        return {term: [self._ref(f"source:{name}") for name in names], "bc:citation": clauses}

    def _said(self, condition: Condition) -> str:
        return "" if condition == ALWAYS else say_condition(self.guide, condition)

    def _id(self, name: str) -> str:
        return f"{self.base}:{name}".replace(" ", "_")

    def _ref(self, name: str) -> Node:
        return _ref(self._id(name))

    def _place_ref(self) -> Node:
        return _ref(f"urn:bancheng:region:{self.guide.region or 'cn'}")

    def _place_name(self) -> str:
        return next((one.name for one in self.regions if one.code == self.guide.region), self.guide.region)


def _rule_names(material: Material) -> list[str]:
    return [f"rule:{material.id}:{i}" for i in range(len(material.rules))]


def _duration(limit: TimeLimit) -> Node | None:
    """Give a limit as a duration; working days have none, they stand as a rule in words."""
    units = {"day": "D", "month": "M"}
    if limit.unit not in units or not float(limit.days).is_integer():
        return None
    return {"@type": "xsd:duration", "@value": f"P{int(limit.days)}{units[limit.unit]}"}


def _limit_text(limit: TimeLimit) -> str:
    kind, unit = words_of("TimeLimit", "kind")[limit.kind], words_of("TimeLimit", "unit")[limit.unit]
    return f"{kind} {limit.days:g} {unit}{f'，{limit.note}' if limit.note else ''}"


def _typed(kind: str, ref: Node) -> Node:
    return {**ref, "@type": kind}


def _ref(name: str) -> Node:
    return {"@id": name}


def _zh(text: str) -> Node:
    return {"@value": text, "@language": "zh-Hans"}


def _day(text: str) -> Node:
    return {"@type": "xsd:date", "@value": text}
