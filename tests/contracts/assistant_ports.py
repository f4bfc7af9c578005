"""The exams of the assistant's ports: router, reader of facts, writer, conversations and ledger."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from assistant.model import Aspect, Turn
from assistant.ports import (
    Conversations,
    FactReader,
    Ledger,
    Numbered,
    Offer,
    ReadingContext,
    Router,
    Writer,
)
from assistant.views import AnswerRecord, AnswerView, Pin
from guides.model import FactKind, Option, Question, Region, Says
from guides.situation import UNSURE, DateRange, Fact

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)

OFFERS = (
    Offer("newborn", "新生儿出生", ("给孩子上户口", "宝宝出生"), ("没领证孩子能上户口吗",), ("补办出生证",)),
    Offer("retirement", "退休", ("办退休", "领养老金"), ("我75年3月的女工人啥时候能退",), ("退役",)),
)


class RouterExam:
    """Subclass and give `router`."""

    @pytest.fixture
    def router(self) -> Router:
        raise NotImplementedError

    @pytest.mark.parametrize(
        ("question", "matter"), [("给孩子上户口要带什么", "newborn"), ("我想办退休", "retirement")]
    )
    def test_a_named_matter_is_chosen(self, router: Router, question: str, matter: str) -> None:
        assert router.route(question, OFFERS).id == matter

    @pytest.mark.parametrize("question", ["", "今天天气怎么样", "退休了给孩子上户口", "？？？", "a" * 500])
    def test_unclear_is_never_guessed(self, router: Router, question: str) -> None:
        assert router.route(question, OFFERS).id == ""

    def test_only_what_is_offered_is_chosen(self, router: Router) -> None:
        assert router.route("给孩子上户口", OFFERS[1:]).id == ""
        assert router.route("给孩子上户口", ()).id == ""
        assert set(router.route("退休了给孩子上户口", OFFERS).candidates) <= {"newborn", "retirement"}

    def test_a_look_alike_is_another_matter(self, router: Router) -> None:
        routed = router.route("补办出生证", OFFERS)
        assert routed.id == ""
        assert routed.excluded

    @pytest.mark.parametrize(
        ("question", "matter"),
        [
            ("新生儿社保卡怎么办", "newborn"),
            ("新生儿的社保卡怎么办", "newborn"),
            ("社保卡怎么办", "card"),
            ("孩子的社保卡怎么办", ""),
        ],
    )
    def test_a_name_inside_a_longer_name_that_was_said_says_nothing(
        self, router: Router, question: str, matter: str
    ) -> None:
        baby = Offer("newborn", "新生儿出生", ("新生儿社保卡", "给孩子上户口"))
        assert router.route(question, (baby, Offer("card", "社会保障卡服务", ("社保卡",)))).id == matter

    def test_a_question_known_word_for_word_outweighs_a_name_in_it(self, router: Router) -> None:
        asked = Offer("retirement", "退休", ("办退休",), ("外地户口能在长沙自己交养老保险吗",))
        named = Offer("own", "灵活就业参保", ("自己交养老",))
        assert router.route("外地户口能在长沙自己交养老保险吗？", (named, asked)).id == "retirement"
        assert router.route("自己交养老怎么办", (named, asked)).id == "own"


REGIONS = (
    Region(code="43", name="湖南省", aliases=("湖南",)),
    Region(code="430100", name="长沙市", parent="43", aliases=("长沙",)),
    Region(code="42", name="湖北省", aliases=("湖北",)),
)
QUESTIONS = (
    Question(fact="birth_date", ask="哪天出生的？", why="算月份", kind=FactKind.DATE, of="child", topic="birth_date"),
    Question(
        fact="mother_hukou",
        ask="妈妈的户口在哪里？",
        why="看户籍",
        kind=FactKind.ONE_OF,
        of="mother",
        topic="hukou_place",
        options=(Option(value="hunan", label="湖南省"), Option(value="other_province", label="外省")),
    ),
    Question(
        fact="married",
        ask="领证了吗？",
        why="看婚姻",
        kind=FactKind.YES_NO,
        says=Says(yes=("领证了",), no=("没领证",)),
    ),
)
CONTEXT = ReadingContext(date(2026, 11, 22), "430100", REGIONS)


class FactReaderExam:
    """Subclass and give `reader`."""

    @pytest.fixture
    def reader(self) -> FactReader:
        raise NotImplementedError

    def test_facts_come_with_the_words_they_were_read_from(self, reader: FactReader) -> None:
        text = "宝宝上周出生，我是湖北户口，她爸是长沙户口，没领证"
        found = {one.fact: one for one in reader.read(text, QUESTIONS, CONTEXT)}
        assert found["birth_date"].value == DateRange(date(2026, 11, 9), date(2026, 11, 15))
        assert found["mother_hukou"].value == "other_province"
        assert found["married"].value is False
        assert all(one.words and one.words in text for one in found.values())

    @pytest.mark.parametrize("text", ["", "要带什么", "是不是要没领证的证明", "她爸是长沙户口"])
    def test_what_was_not_said_is_not_read(self, reader: FactReader, text: str) -> None:
        assert reader.read(text, QUESTIONS[1:], CONTEXT) == ()

    @pytest.mark.parametrize(("text", "value"), [("是", True), ("没有", False), ("不清楚", UNSURE)])
    def test_a_short_reply_answers_the_question_asked(self, reader: FactReader, text: str, value: object) -> None:
        context = ReadingContext(date(2026, 11, 22), "430100", REGIONS, asked="married")
        assert [(one.fact, one.value) for one in reader.read(text, QUESTIONS, context)] == [("married", value)]


class WriterExam:
    """Subclass and give `writer`."""

    @pytest.fixture
    def writer(self) -> Writer:
        raise NotImplementedError

    def test_every_sentence_cites_a_passage_that_was_given(self, writer: Writer) -> None:
        passages = (
            Numbered("户口登记条例", "婴儿出生后一个月以内申报出生登记。弃婴由收养人申报。"),
            Numbered("乙", "别的。"),
        )
        sentences = writer.write("多久内报户口", passages)
        assert sentences
        for sentence in sentences:
            assert sentence.cites
            assert all(1 <= number <= len(passages) for number in sentence.cites)
            if sentence.quoted:
                assert any(sentence.text in passages[number - 1].text for number in sentence.cites)

    def test_nothing_is_written_from_nothing(self, writer: Writer) -> None:
        assert writer.write("多久内报户口", ()) == ()


def turn(question: str) -> Turn:
    facts = {
        "born": Fact(DateRange(date(2026, 11, 9), date(2026, 11, 15)), words="上周"),
        "day": Fact(date(2026, 11, 3)),
        "married": Fact(False),
        "years": Fact(12.5),
        "place": Fact("hunan"),
        "side": Fact(UNSURE),
    }
    return Turn(question, AT, "newborn", "430100", facts, "side", "asking", (Aspect.MATERIALS,))


class ConversationsExam:
    """Subclass and give `conversations`."""

    @pytest.fixture
    def conversations(self) -> Conversations:
        raise NotImplementedError

    def test_turns_come_back_in_order_and_unchanged(self, conversations: Conversations) -> None:
        turns = tuple(turn(f"第{number}句") for number in range(5))
        for one in turns:
            conversations.append("talk", one, AT + timedelta(hours=1))
        assert conversations.turns("talk") == turns
        assert conversations.turns("another") == ()

    def test_a_conversation_is_forgotten_when_its_time_is_up(self, conversations: Conversations) -> None:
        conversations.append("old", turn("一"), AT + timedelta(hours=1))
        conversations.append("new", turn("二"), AT + timedelta(hours=3))
        assert conversations.sweep(AT + timedelta(minutes=59)) == 0
        assert conversations.sweep(AT + timedelta(hours=2)) == 1
        assert conversations.turns("old") == ()
        assert len(conversations.turns("new")) == 1

    def test_a_later_turn_keeps_the_whole_conversation(self, conversations: Conversations) -> None:
        conversations.append("talk", turn("一"), AT + timedelta(hours=1))
        conversations.append("talk", turn("二"), AT + timedelta(hours=3))
        assert conversations.sweep(AT + timedelta(hours=2)) == 0
        assert len(conversations.turns("talk")) == 2

    def test_forgetting_at_once(self, conversations: Conversations) -> None:
        conversations.append("mine", turn("一"), AT + timedelta(hours=1))
        conversations.append("other", turn("一"), AT + timedelta(hours=1))
        conversations.forget("mine")
        conversations.forget("never seen")
        assert conversations.turns("mine") == ()
        assert len(conversations.turns("other")) == 1


def record(name: str) -> AnswerRecord:
    answer = AnswerView(
        answer_id=name,
        outcome="declined",
        understood=(),
        question=None,
        statements=(),
        checklist=None,
        asked="问〔身份证号〕",
        on=date(2026, 11, 22),
        region="430100",
        message="说明",
        next_step="下一步",
    )
    return AnswerRecord(answer=answer, given_at=AT, pins=(Pin(source="a", locator="第一条", digest="0"),))


class LedgerExam:
    """Subclass and give `ledger`."""

    @pytest.fixture
    def ledger(self) -> Ledger:
        raise NotImplementedError

    def test_an_answer_comes_back_as_it_was_given(self, ledger: Ledger) -> None:
        ledger.record(record("one"))
        ledger.record(record("two"))
        assert ledger.get("one") == record("one")
        assert ledger.get("three") is None

    def test_an_id_is_written_once(self, ledger: Ledger) -> None:
        ledger.record(record("one"))
        with pytest.raises(ValueError, match="one"):
            ledger.record(record("one"))
        assert ledger.get("one") == record("one")
