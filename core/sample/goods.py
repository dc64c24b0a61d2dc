"""What the sample company sells, and to whom; names for readers of both languages."""

from decimal import Decimal
from typing import Final

from core.customers.drafts import AddressDraft, CustomerDraft, PhoneDraft
from core.products.drafts import ProductDraft


def _customer(name: str, contact: str, phone: str, address: str) -> CustomerDraft:
    return CustomerDraft(
        name=name,
        phones=(PhoneDraft(phone, contact),),
        addresses=(AddressDraft(address, "", contact),),
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
    _customer("上海晨光办公用品有限公司", "周经理", "021-54321098", "上海市徐汇区漕溪北路88号12楼"),
    _customer("杭州西湖茶楼", "沈老板", "0571-87654321", "浙江省杭州市西湖区龙井路9号"),
    _customer("李丽", "", "13800138001", "上海市长宁区仙霞路300弄5号602室"),
    _customer("王建国", "", "13912345678", "江苏省苏州市工业园区星湖街15号"),
    _customer("广州白云医疗器械公司", "陈主任", "020-38765432", "广东省广州市白云区机场路100号"),
    _customer("成都天府软件园食堂", "罗师傅", "13688012345", "四川省成都市高新区天府大道中段801号"),
    _customer("欧阳静", "", "15021234567", "上海市浦东新区张杨路500号1栋1203"),
    _customer("北京蓝海餐饮有限公司", "高总", "010-65432109", "北京市朝阳区建国路甲92号"),
    _customer("曾小明", "", "18601234567", "广东省深圳市南山区科技园南区R2栋"),
    _customer(
        "Northwind GmbH (Shanghai)", "Ms Fischer", "021-62345678", "上海市静安区南京西路1266号"
    ),
    _customer("单雪梅", "", "13761234098", "上海市闵行区七莘路1839号"),
    _customer("南京梧桐酒店", "许经理", "025-84567890", "江苏省南京市玄武区中山东路18号"),
    _customer("Blue Ocean Foods Ltd", "Mr Chan", "+852 2345 6789", "香港九龍觀塘道388號"),
    _customer("武汉长江小学", "刘老师", "027-82345671", "湖北省武汉市江岸区沿江大道77号"),
    _customer("赵敏", "", "13524681357", "上海市虹口区四川北路1717号"),
    _customer("青岛海风民宿", "孙老板", "15966778899", "山东省青岛市市南区香港中路40号"),
)

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
