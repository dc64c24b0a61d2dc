"""Which part of a Chinese name is the surname: a guess, which the user may correct."""

import re
from typing import Final

from core.search.chinese import is_chinese, simplified, sort_key

_COMPOUND: Final = frozenset({
    "欧阳", "上官", "皇甫", "令狐", "诸葛", "司徒", "司马", "申屠", "夏侯", "贺兰", "完颜", "慕容",
    "尉迟", "长孙", "东方", "公孙", "端木", "独孤", "南宫", "万俟", "澹台", "闻人", "钟离", "宇文",
    "轩辕", "单于", "淳于", "濮阳", "公冶", "太叔", "鲜于", "闾丘", "司空", "赫连", "呼延", "羊舌",
    "左丘", "西门", "拓跋", "纳兰",
})  # fmt: skip
#: A name that opens with none of these is left whole: 小红 is no Ms 小. Left out on purpose are
#: rare surnames that open many given names, such as 红, 花 and 明.
_SINGLE: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏"
    "苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱丘侯江尹薛闫阎雷段史龙陶黎贺毛郝顾"
    "龚邵万覃武钱戴严莫孔向常汤康易乔赖文洪牛庞樊岳齐梅庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳"
    "盛童欧甄项曲成游阳裴席卫查屈鲍位霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚"
    "古米池滕晋苑邬臧畅宫苟褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾商蒙计喻揭窦迟敖糜鄢冷卓仇艾"
    "蓝巩嵇邢应宗丰鲁郗班仰伊宿怀蒲邰从鄂索咸籍蔺胥莘贡劳逄扶堵宰郦雍璩桑濮寿扈郏浦尚农温充茹习宦"
    "鱼容慎戈庾暨衡弘匡寇禄阙殳沃蔚夔隆师厍聂晁勾融訾阚毋沙乜鞠须巢蒯荆竺权逯桓谯区岑麻佟佘倪俞伍"
    "危占兰尤施昌惠展虞支羊凤诸申贲钮缪干井巫乌焦巴弓牧隗宓郁杭裘缑亓仉员种冼谌朴洗郇楚楼章葛云骆"
    "卞元湛汲茅经束幸韶赏闻翟代仝亢郄檀佴黑秘"
)
_ORGANISATIONS: Final = (
    "公司", "集团", "厂", "店", "商行", "经营部", "门市部", "服务部", "中心", "合作社", "工作室",
    "学校", "大学", "学院", "中学", "小学", "幼儿园", "幼稚园", "党校", "医院", "卫生院", "诊所",
    "药房", "养老院", "敬老院", "福利院", "酒店", "宾馆", "饭店", "餐厅", "超市", "商场", "银行",
    "信用社", "协会", "学会", "商会", "基金会", "联合会", "工会", "委员会", "居委会", "村委会",
    "办事处", "街道办", "事务所", "研究院", "研究所", "设计院", "实验室", "图书馆", "博物馆",
    "体育馆", "文化馆", "展览馆", "政府", "法院", "检察院", "派出所", "海关", "公安局", "税务局",
    "管理局", "教育局", "财政局", "大使馆", "领事馆", "出版社", "报社", "旅行社", "电视台",
    "物业", "加油站", "车站",
)  # fmt: skip
#: What offices end in, and given names hardly: only where it cannot be a person's name.
_OFFICES: Final = ("局", "厅", "院", "馆", "所", "处", "部", "署", "队", "校", "站")
#: Words of English names; those that are surnames as well (Church, Court, Bank) are left out.
_ENGLISH: Final = frozenset({
    "ltd", "limited", "inc", "incorporated", "llc", "plc", "corp", "corporation", "company", "gmbh",
    "group", "holdings", "school", "college", "university", "institute", "academy", "kindergarten",
    "hospital", "clinic", "ministry", "bureau", "department", "office", "agency", "government",
    "council", "committee", "commission", "authority", "police", "customs", "embassy", "consulate",
    "foundation", "association", "museum", "library", "centre", "center", "laboratory", "hotel",
    "restaurant", "supermarket", "pharmacy", "municipality",
})  # fmt: skip
_WORD = re.compile(r"[a-z]+")


def surname_of(name: str) -> str | None:
    """Return the surname of a Chinese person's full name; None when it cannot be told."""
    name = "".join(name.split())
    if not 2 <= len(name) <= 4 or not all(map(is_chinese, name)) or is_organisation(name):
        return None
    if len(name) > 2 and simplified(name[:2]) in _COMPOUND:
        return name[:2]
    return name[0] if is_surname(name[0]) else None


def is_surname(text: str) -> bool:
    """Tell whether a text is a surname and nothing more."""
    return simplified(text) in _COMPOUND or simplified(text) in _SINGLE


def is_organisation(name: str) -> bool:
    """Tell whether a name is that of a company, a school, a hospital or an office."""
    plain = "".join(simplified(name).split())
    if plain.endswith(_ORGANISATIONS):
        return True
    if plain.endswith(_OFFICES) and all(map(is_chinese, plain)) and not _may_be_a_person(plain):
        return True
    words = _WORD.findall(name.casefold())
    return len(words) > 1 and not _ENGLISH.isdisjoint(words)


def _may_be_a_person(name: str) -> bool:
    """Whether a Chinese name is short enough and opens with a surname: 张局, 王建院, 欧阳建校."""
    if len(name) == 4:
        return name[:2] in _COMPOUND
    return len(name) < 3 or (len(name) == 3 and name[0] in _SINGLE)


def romanised(surname: str) -> str:
    """Return a Chinese surname as a letter in English writes it: Wang, Ouyang, Lü."""
    if not any(map(is_chinese, surname)):
        return surname
    return sort_key(surname).replace(" ", "").replace("v", "ü").capitalize()
