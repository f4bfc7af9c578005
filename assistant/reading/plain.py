"""Words made comparable: traditional characters made simplified, one name for what people call by many."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TRADITIONAL = (
    "兒儿 麼么 戶户 證证 過过 開开 關关 辦办 寶宝 媽妈 爺爷 孫孙 嬰婴 產产 醫医 藥药 險险 費费 錢钱 單单 "
    "據据 業业 營营 執执 飯饭 館馆 廳厅 麵面 養养 歲岁 齡龄 屆届 繳缴 補补 發发 領领 報报 銷销 銀银 賬账 "
    "帳账 號号 碼码 電电 話话 網网 線线 時时 間间 長长 遠远 進进 運运 還还 這这 邊边 個个 們们 為为 與与 "
    "會会 來来 對对 問问 請请 誰谁 說说 讓让 認认 識识 記记 計计 訂订 詢询 該该 語语 誤误 課课 調调 談谈 "
    "論论 離离 結结 給给 紙纸 級级 經经 綠绿 緊紧 續续 縣县 總总 織织 職职 聯联 聽听 現现 環环 區区 國国 "
    "園园 圓圆 圖图 團团 場场 塊块 學学 實实 審审 寫写 寬宽 屬属 層层 島岛 師师 帶带 幫帮 應应 張张 強强 "
    "彈弹 後后 從从 復复 愛爱 態态 慮虑 懷怀 戲戏 戰战 掃扫 換换 擔担 擁拥 數数 斷断 於于 曆历 書书 條条 "
    "極极 樓楼 標标 樣样 機机 檔档 檢检 權权 歡欢 歸归 殘残 氣气 沒没 況况 漢汉 潔洁 濟济 灣湾 無无 熱热 "
    "爭争 爾尔 狀状 獨独 獎奖 畢毕 異异 當当 療疗 盡尽 監监 盤盘 眾众 確确 禮礼 種种 稅税 積积 穩稳 窮穷 "
    "競竞 筆笔 節节 範范 簡简 簽签 類类 糧粮 罰罚 習习 聲声 臨临 舉举 舊旧 華华 萬万 葉叶 蓋盖 藝艺 處处 "
    "蘇苏 裝装 裏里 裡里 製制 複复 見见 規规 覺觉 觀观 訊讯 設设 許许 試试 詳详 誠诚 護护 讀读 變变 豐丰 "
    "財财 責责 貨货 販贩 貼贴 貴贵 買买 資资 賣卖 質质 購购 贈赠 贊赞 趕赶 車车 軍军 載载 輕轻 較较 輔辅 "
    "轉转 農农 適适 選选 遺遗 郵邮 鄉乡 釋释 鑒鉴 鐘钟 鑰钥 門门 閉闭 閱阅 陳陈 陰阴 際际 隨随 雙双 雜杂 "
    "難难 雲云 靈灵 靜静 頁页 頂顶 項项 順顺 預预 頭头 題题 顏颜 願愿 顧顾 風风 飛飞 飲饮 馬马 駐驻 驗验 "
    "體体 鬆松 鮮鲜 鳳凤 麗丽 黃黄 點点 黨党 齊齐 龍龙 嗎吗 麽么 婦妇 娛娱 夠够 奪夺 廣广 廠厂 庫库 廢废 "
    "徵征 戀恋 擇择 攝摄 敗败 暫暂 樂乐 構构 歐欧 註注 冊册 遷迁 係系 備备 億亿 儲储 優优 價价 償偿 傷伤 "
    "僅仅 傳传 債债 兩两 別别 刪删 則则 劃划 勞劳 務务 動动 協协 卻却 參参 員员 啟启 喪丧 嚴严 壓压 壞坏 "
    "將将 專专 尋寻 導导 屍尸 幣币 幾几 徑径 惡恶 慣惯 憑凭 掛挂 採采 損损 搶抢 撥拨 撫抚 擬拟 擴扩 擺摆 "
    "攜携 曉晓 東东 棟栋 樁桩 殺杀 決决 淨净 減减 測测 滿满 災灾 煩烦 燈灯 燒烧 牆墙 獲获 畫画 瘋疯 癱瘫 "
    "盜盗 礦矿 稱称 籌筹 純纯 細细 終终 組组 統统 絡络 絕绝 維维 緩缓 編编 縮缩 繼继 聞闻 臺台 艱艰 莊庄 "
    "薦荐 虧亏 親亲 訓训 訪访 評评 訴诉 診诊 詐诈 詞词 諮咨 謝谢 譯译 議议 負负 貧贫 貸贷 賠赔 賺赚 軌轨 "
    "軟软 輛辆 輪轮 輸输 辭辞 迴回 週周 遲迟 鄰邻 針针 鋪铺 鋼钢 錄录 鎮镇 鏈链 鐵铁 閒闲 闊阔 陽阳 陸陆 "
    "階阶 雞鸡 韓韩 響响 須须 額额 餅饼 餘余 駕驾 駛驶 騎骑 騙骗 鬧闹 魚鱼 鹽盐 廁厕 嘗尝 僱雇 佔占 卹恤 "
    "殮殓 繕缮 貿贸 賦赋 賃赁 闆板 鎖锁 髒脏 衛卫 術术 癥症 腦脑 聾聋 啞哑 瞭了 "
).split()
_TABLE = str.maketrans({pair[0]: pair[1] for pair in _TRADITIONAL})


def simplified(text: str) -> str:
    """Give the text in simplified characters, each at its own place."""
    return text.translate(_TABLE)


class Sameness:
    """One name for what people call by many: of each group the first word stands for all."""

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        self._names = {word: group[0] for group in groups for word in group[1:]}
        words = sorted(self._names, key=len, reverse=True)
        # The first words stand in the pattern too, so that 孩子 is not found again inside 小孩子.
        firsts = {group[0] for group in groups}
        self._pattern = re.compile(
            "|".join(map(re.escape, sorted({*words, *firsts}, key=len, reverse=True))) or r"(?!)"
        )

    def canonical(self, text: str) -> str:
        """Give the text with every such word by its one name."""
        return self._pattern.sub(lambda found: self._names.get(found[0], found[0]), text)
