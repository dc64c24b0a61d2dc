"""What the sample company sells, and to whom; names for readers of both languages."""

from decimal import Decimal
from typing import Final, Unpack

from core.customers.drafts import (
    AddressDraft,
    ContactDraft,
    CustomerDraft,
    FactsGiven,
    PhoneDraft,
)
from core.products.drafts import ProductDraft


def _customer(
    name: str, contact: str, phone: str, address: str, **facts: Unpack[FactsGiven]
) -> CustomerDraft:
    return CustomerDraft(
        name=name,
        phones=(PhoneDraft(phone, contact),),
        addresses=(AddressDraft(address, "", contact),),
        **facts,
    )


def _product(sku: str, name: str, unit: str, price: str, **more: object) -> ProductDraft:
    return ProductDraft(
        sku=sku,
        name=name,
        unit=unit,
        price=Decimal(price),
        currency="CNY",
        tax_rate=Decimal(13),
        **more,  # type: ignore[arg-type]
    )


CUSTOMERS: Final = (
    _customer("上海晨光办公用品有限公司", "周经理", "021-54321098", "上海市徐汇区漕溪北路88号12楼",
              kind="company", area="徐汇", uscc="91990101MA0DEM021N", legal_person="周海涛",
              title="总", trade="办公用品", staff=45, terms="月结30天，每月25日对账",
              prefers="周一至周五上午收货；发票随货走。", tags=("月结",),
              contacts=(ContactDraft("采购", "周经理", "13900010001", "06-18"),
                        ContactDraft("会计", "钱会计", "13900010002"))),
    _customer("杭州西湖茶楼", "沈老板", "0571-87654321", "浙江省杭州市西湖区龙井路9号",
              kind="company", area="西湖", uscc="91990104MA0DEM03XR", legal_person="沈建华",
              trade="茶楼", staff=18, prefers="只要明前茶，到货先打电话试茶。", tags=("茶",)),
    _customer("李丽", "", "13800138001", "上海市长宁区仙霞路300弄5号602室",
              area="长宁", title="女士", resident_id="990101198809260024",
              birthday="农历1988年八月十六", household_size=4, pay_day=10, brand="ours",
              prefers="晚上七点以后接电话；送货走货梯，请先打电话。", tags=("老客户", "茶"),
              contacts=(ContactDraft("丈夫", "张伟", "13800138009", "1986-03-02"),
                        ContactDraft("儿子", "张小宇", "", "2009-05-20", 2027, "明年高考"),
                        ContactDraft("母亲", "王秀兰", "", "农历1957年腊月初八"))),
    _customer("王建国", "", "13912345678", "江苏省苏州市工业园区星湖街15号",
              area="园区", title="先生", resident_id="990101196811010041", pay_day=15,
              brand="other", brand_name="远东电器", household_size=2),
    _customer("广州白云医疗器械公司", "陈主任", "020-38765432", "广东省广州市白云区机场路100号",
              kind="company", area="白云", trade="医疗器械", staff=120),
    _customer("成都天府软件园食堂", "罗师傅", "13688012345", "四川省成都市高新区天府大道中段801号",
              kind="company", area="高新", trade="餐饮", staff=12,
              prefers="米和油每月中旬补货。"),
    _customer("欧阳静", "", "15021234567", "上海市浦东新区张杨路500号1栋1203",
              area="浦东", title="老师", birthday="12-24", household_size=3),
    _customer("北京蓝海餐饮有限公司", "高总", "010-65432109", "北京市朝阳区建国路甲92号",
              kind="company", area="朝阳", uscc="91990105MA0DEM0488", legal_person="高立新",
              title="总", trade="餐饮", staff=260, terms="货到付款", tags=("重点",)),
    _customer("曾小明", "", "18601234567", "广东省深圳市南山区科技园南区R2栋", area="南山"),
    _customer("Northwind GmbH (Shanghai)", "Ms Fischer", "021-62345678",
              "上海市静安区南京西路1266号",
              kind="company", area="静安", trade="贸易", prefers="Please write in English."),
    _customer("单雪梅", "", "13761234098", "上海市闵行区七莘路1839号",
              area="闵行", birthday="农历十月廿八", opted_out=True),
    _customer("南京梧桐酒店", "许经理", "025-84567890", "江苏省南京市玄武区中山东路18号",
              kind="company", area="玄武", trade="酒店", staff=90),
    _customer("Blue Ocean Foods Ltd", "Mr Chan", "+852 2345 6789", "香港九龍觀塘道388號",
              kind="company", trade="Food"),
    _customer("武汉长江小学", "刘老师", "027-82345671", "湖北省武汉市江岸区沿江大道77号",
              kind="company", area="江岸", trade="学校"),
    _customer("赵敏", "", "13524681357", "上海市虹口区四川北路1717号", area="虹口"),
    _customer("赵民", "", "13524681357", "上海市虹口区四川北路1717号3楼", area="虹口"),
    _customer("青岛海风民宿", "孙老板", "15966778899", "山东省青岛市市南区香港中路40号",
              kind="company", area="市南", trade="民宿"),
)  # fmt: skip

PRODUCTS: Final = (
    _product("AC-15", "变频空调1.5匹 Air conditioner 1.5 HP", "台", "2999.00", serials=True,
             warranty_months=36),
    _product("AC-30", "柜式空调3匹 Floor air conditioner 3 HP", "台", "6499.00", serials=True,
             warranty_months=36),
    _product("FR-320", "双门冰箱320升 Fridge 320 l", "台", "3290.00", serials=True,
             warranty_months=12),
    _product("WM-10", "滚筒洗衣机10公斤 Washing machine 10 kg", "台", "2599.00", serials=True,
             warranty_months=12),
    _product("RC-4", "电饭煲4升 Rice cooker 4 l", "个", "399.00", warranty_months=12),
    _product("KT-17", "电热水壶1.7升 Kettle 1.7 l", "个", "129.00", warranty_months=12),
    _product("TEA-LJ", "明前龙井 Longjing tea", "公斤", "880.00", lots=True),
    _product("TEA-PE", "熟普洱饼茶 Pu'er tea cake", "饼", "268.00", lots=True),
    _product("RICE-5", "五常大米5公斤 Wuchang rice 5 kg", "袋", "79.90", lots=True),
    _product("OIL-5", "花生油5升 Peanut oil 5 l", "桶", "139.90", lots=True),
    _product("PAPER-A4", "A4复印纸80克 Copy paper A4 80 g", "箱", "165.00"),
)  # fmt: skip
