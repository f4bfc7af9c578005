"""What the keys of a portal guide mean: shown with a label, used to decide something, or left out by a rule.

The portal publishes no dictionary of its keys; the meanings were read off the content of its guides. A code whose
meaning the content does not show is a display code: it is never turned into a statement. A code that is likely but not
stated decides what a draft proposes (paper or file, waived or not), for an editor to confirm; it is never quoted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

ID = "id"
TIMESTAMP = "timestamp"
DISPLAY_CODE = "display_code"
DUPLICATE = "duplicate"

ORDER, IN_USE = "order of the entries", "whether the entry is in use"

_YES_NO = {"0": "否", "1": "是", "Y": "是", "N": "否"}


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a guide: its name in Chinese, the key that names an entry, and what becomes of every key."""

    label: str
    name_key: str = ""
    """Key whose value names an entry in a locator; "" when entries are counted from 1 in the order of `pxh`."""
    used: Mapping[str, str] = field(default_factory=dict)
    """Key to the label shown."""
    decides: Mapping[str, str] = field(default_factory=dict)
    """Key to what it decides here or in a draft; its value is no words for people."""
    ignored: Mapping[str, str] = field(default_factory=dict)
    """Key to the rule."""
    same_as: Mapping[str, str] = field(default_factory=dict)
    """Key to the key it repeats; used in its own right where the two differ."""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Key to the words of its codes."""
    parts: Mapping[str, Section] = field(default_factory=dict)
    """Lists inside an entry."""


_ATTACHMENT = Section(
    "附件",
    used={"fjmc": "附件", "fjlx": "附件格式", "fjdx": "附件大小（MB）", "sfyx": "附件有效"},
    decides={"fjbm": "flow chart, blank form or filled sample"},
    ignored={
        "cjsj": TIMESTAMP,
        "fjId": ID,
        "fjlj": ID,
        "s3tmc": ID,
        "ywdxId": ID,
    },
    words={"sfyx": _YES_NO},
)

_POINT = Section(
    "办理点",
    name_key="bldmc",
    used={"bldmc": "办理点", "infoAddr": "地址", "blsj": "办理时间"},
    decides={"pxh": ORDER, "zt": IN_USE},
    ignored={
        "cjsj": TIMESTAMP,
        "gxsj": TIMESTAMP,
        "yjsBldId": ID,
        "ywzjId": ID,
    },
    same_as={"pointName": "bldmc", "processingTime": "blsj", "xxdz": "infoAddr"},
)

_MATERIAL = Section(
    "申请材料",
    name_key="clmc",
    used={
        "clmc": "材料名称",
        "clbyx": "材料必要性",
        "tbxz": "填报须知",
        "clbz": "材料说明",
        "cllyqdsm": "来源渠道",
        "mtjfssm": "免提交方式",
        "zzclfs": "纸质材料份数",
        "zzclgg": "纸质材料规格",
        "sfykb": "有空白表",
        "sfyslb": "有示例表",
        "sfxtmb": "有系统模板",
        "yqtgyj": "要求提供依据",
    },
    decides={
        "cllx": "original, copy or both",
        "cllyqd": "who issues it",
        "clxs": "paper or file",
        "clxz": "form, certificate or proof",
        "mtjfs": "whether and how handing in is waived",
        "pxh": ORDER,
        "zt": IN_USE,
    },
    ignored={
        "bzclId": ID,
        "cjsj": TIMESTAMP,
        "cljm": DISPLAY_CODE,
        "gxsj": TIMESTAMP,
        "materialCode": ID,
        "tgfs": DISPLAY_CODE,
        "type": DISPLAY_CODE,
        "yjsMlSsqdClId": ID,
        "yjsSsqdId": ID,
    },
    same_as={"materialTitle": "clmc"},
    words={
        "clbyx": {"1": "必要", "2": "非必要或特定情形提供"},
        "sfykb": _YES_NO,
        "sfyslb": _YES_NO,
        "sfxtmb": _YES_NO,
    },
    parts={"attachList": _ATTACHMENT},
)

_CONDITION = Section(
    "办理条件",
    used={"bltj": "办理条件", "smmc": "说明"},
    decides={"pxh": ORDER, "zt": IN_USE},
    ignored={"cjsj": TIMESTAMP, "gxsj": TIMESTAMP, "yjsBsznbltjId": ID, "yjsbsznId": ID},
    same_as={"processingConditions": "bltj"},
)

_MATTER = Section(
    "联办事项",
    name_key="lbsxfwmc",
    used={"lbsxfwmc": "联办事项", "cnsxsx": "承诺时限（原文未注单位）", "resultSampleName": "办理结果"},
    same_as={"tyywblxName": "lbsxfwmc"},
)

_QUESTION = Section(
    "常见问题",
    name_key="problem",
    used={"problem": "问", "answer": "答"},
    decides={"pxh": ORDER},
    ignored={"yjsMlSsqdQuestionId": ID, "yjsSsqdId": ID},
    same_as={"wt": "problem", "da": "answer"},
)

_FEE = Section(
    "收费",
    name_key="FEENAME",
    used={"FEENAME": "收费项目", "FEESTAND": "收费标准", "DESCEXPLAIN": "收费说明"},
)

_BASIC = Section(
    "基本信息",
    used={
        "areaName": "适用地区",
        "qtbmmc": "牵头部门",
        "cooperateName": "配合部门",
        "completedLimit": "承诺办结时限（原文未注单位）",
        "aheadFrequency": "到办事现场次数",
        "reasonLink": "必须到现场的原因和环节",
        "isCharge": "收费",
        "isIntermediary": "有中介服务",
        "isLogistics": "支持物流快递",
        "zxdh": "咨询电话",
        "jdtsdh": "监督投诉电话",
    },
    ignored={"lbjgId": DISPLAY_CODE, "qtbmId": ID, "yjsssqdbsznid": ID},
    words={"isCharge": _YES_NO, "isIntermediary": _YES_NO, "isLogistics": _YES_NO},
)

_STANDARD = Section(
    "全省统一办事指南",
    used={
        "bllctsm": "办理流程",
        "cnbjsx": "承诺办结时限（原文未注单位）",
        "dbsxccs": "到办事现场次数",
        "dbsxcyyhhj": "必须到现场的原因和环节",
        "jgsdsm": "结果送达",
        "xxbldsm": "线下办理地说明",
        "dndtzdz": "电脑端地址",
        "yddtzdz": "移动端地址",
        "xxcktzdz": "线下窗口地址",
        "zcblqdWbdz": "办理入口",
        "gqblsx": "改革前办理时限",
        "xzblsx": "现在办理时限",
        "gqpdcs": "改革前跑动次数",
        "xzpdcs": "现在跑动次数",
        "gqsbcl": "改革前申报材料",
        "xzsbcl": "现在申报材料",
        "hjsgq": "改革前环节数",
        "hjsxz": "现在环节数",
        "ywzjfw": "有中介服务",
        "sfzdtybj": "统一办结",
        "zxdh": "全省咨询电话",
        "jdtsdh": "全省监督投诉电话",
    },
    ignored={
        **dict.fromkeys(("cjrId", "gxrId", "yjsMlBzhId", "yjsbsznId"), ID),
        **dict.fromkeys(("cjsj", "gxsj"), TIMESTAMP),
        **dict.fromkeys(
            (
                "blxs",
                "bszt",
                "gqbjlx",
                "jsms",
                "lbjgId",
                "sfczlct",
                "sfjxtz",
                "sfzdysl",
                "sfztxsbl",
                "sxlx",
                "xsblqd",
                "xzbjlx",
                "zcblqd",
            ),
            DISPLAY_CODE,
        ),
    },
    words={"ywzjfw": _YES_NO, "sfzdtybj": _YES_NO},
)

_FILE = replace(_ATTACHMENT, label="指南附件", name_key="fjmc")

SECTIONS: Mapping[str, Section] = {
    "basicInfo": _BASIC,
    "guideCondition": _CONDITION,
    "materialList": _MATERIAL,
    "approveList": _MATTER,
    "guidePoint": _POINT,
    "chargelist": _FEE,
    "questionInfo": _QUESTION,
    "onethingCatalogStandServiceGuide": _STANDARD,
    "attachInfo": _FILE,
}

TOP: Mapping[str, str] = {
    "code": "whether the interface answered with a guide",
    "error": "whether the interface answered with a guide",
    "msg": "what the interface said, repeated where it answered with an error",
    "success": "whether the interface answered with a guide",
}
"""Keys beside `data` and what they decide: what the interface says of the call itself, nothing of the matter."""

TITLE_KEY = "sxmc"
CODE_KEY = "yjsSsqdbm"
"""The code of a list: names the source its passages belong to, and shows the area."""
