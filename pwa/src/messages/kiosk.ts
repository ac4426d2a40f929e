/** Every word of a query point's screens: said to whoever stands before them, and to whoever sets them up. */
import { filled, type Values } from "./language";
import { sheet } from "./sheet";

const catalogue = {
  ...sheet,
  site: ["公示栏", "Notice board"],
  seal: ["公", "公"],
  demo: ["演示数据", "Demonstration"],
  "list.else": ["；", "; "],
  "said.important": ["重要：{title}", "Important: {title}"],
  as_of: ["内容截至 {when}", "As of {when}"],
  "as_of.none": ["还没取到内容", "Nothing fetched yet"],
  offline: ["网络断了，照样能看。", "No network; you can read all the same."],
  jumped: [
    "这台机器的时钟不准，公示时间按原来的算，联网后自动对准。",
    "This device's clock is off; times are counted as before until the network puts it right.",
  ],
  replaced: ["另一台机器已经顶替了这台。", "Another device has taken this one's place."],
  "replaced.do": ["重新配对", "Pair again"],

  "pair.title": ["把这台机器设成查询点", "Make this device a query point"],
  "pair.note": [
    "请乡镇工作人员在「查询点」里新建，得到八位数字，输在下面。30 分钟内有效。",
    "Ask the township's staff to add a query point: they get eight digits. They are valid for 30 minutes.",
  ],
  "pair.retired": [
    "乡镇停用了这个查询点。机器里的密钥和内容都已清除，不再显示公示。要接着用，请乡镇新建查询点，再配对。",
    "The township retired this query point. Its key and everything it kept are deleted, and it shows no notices. To go on, the township adds a query point and it is paired anew.",
  ],
  "pair.code": ["配对码", "Pairing code"],
  "pair.go": ["配对", "Pair"],
  "pair.busy": ["正在配对…", "Pairing…"],
  "pair.offline": [
    "连不上服务器。请看看网线或 Wi-Fi，再按一次「配对」。",
    "The server cannot be reached. Check the cable or Wi-Fi and press Pair again.",
  ],
  "pair.https": [
    "这个网址不是 https，浏览器不让生成密钥。请用 https 开头的网址打开。",
    "This address is not https, so the browser makes no keys. Open the address that begins with https.",
  ],
  "key.delete": ["退一位", "Delete"],
  "key.clear": ["清空", "Clear"],

  "villages.title": ["看哪个村？", "Which village?"],
  "villages.count": ["{n} 项在公开", "{n} on show"],
  "village.open": ["在公开 {open} 项", "{open} on show"],
  phone: ["有疑问请打：{phones}", "Questions? Call {phones}"],
  "village.missing": ["到期还没公开：{titles}", "Due and not posted: {titles}"],
  "village.none": ["这个村还没有公开的内容。", "This village has posted nothing yet."],
  fetching: ["正在取内容，请稍等…", "Fetching the notices, one moment…"],
  "fetching.offline": [
    "还没取到内容，网络也不通。通了会自己取。",
    "Nothing was fetched yet and there is no network. It is fetched once there is one.",
  ],
  "step.village": ["选村", "Village"],
  "step.category": ["选一类", "Kind"],
  "step.notice": ["选哪一期", "Which one"],
  "step.read": ["看内容", "Read"],
  steps: ["第 {n} 步，共 {of} 步：{name}", "Step {n} of {of}: {name}"],
  "category.count": ["{n} 期", "{n}"],
  opened: ["{day}公开", "posted {day}"],
  corrected: ["第 {n} 版，更正过", "edition {n}, corrected"],
  edition: ["第 {n} 版", "edition {n}"],
  left: ["还剩 {n} 天", "{n} days left"],
  "left.last": ["今天最后一天", "last day"],
  until: ["公开到 {day}", "until {day}"],
  "stage.open": ["公开中", "On show"],
  "stage.past": ["公开期已满，还可以看", "Its time is over; it can still be read"],
  "stage.withdrawn": ["已撤下", "Taken down"],
  withdrawn: ["这一项已经撤下。原因：{reason}", "This was taken down. Reason: {reason}"],
  "new": ["新", "New"],

  back: ["返回", "Back"],
  home: ["回开头", "Start"],
  listen: ["读给我听", "Read aloud"],
  "listen.stop": ["停下", "Stop"],
  louder: ["大声点", "Louder"],
  softer: ["小声点", "Softer"],
  volume: ["音量 {n}", "Volume {n}"],
  larger: ["字再大", "Larger"],
  smaller: ["字小点", "Smaller"],
  find: ["找一找", "Search"],
  bar: ["可以按的", "What can be pressed"],
  said: ["{label}：{words}", "{label}: {words}"],
  "said.yuan": ["{label}：{amount} 元", "{label}: {amount} yuan"],
  "said.minus": ["负", "minus "],
  up: ["往上", "Up"],
  down: ["往下", "Down"],

  "sheet.yuan": ["单位：元", "yuan"],
  "code.title": ["拿手机扫一扫", "Scan it with a phone"],
  "code.what": [
    "回家接着看，也能发给家里人；哪一行看不明白，扫开就能问。",
    "Read on at home or send it to your family; ask there about any line that is not clear.",
  ],
  "matters.title": ["这件事的来龙去脉", "How this came about and went on"],
  "matters.here": ["正在看的这一项", "the one you are reading"],
  "matters.hidden": ["公示期已满，不再显示内容", "its time is over; no longer shown"],
  "matters.elsewhere": [
    "这台机器里没存，联网后能看",
    "not kept on this device; readable with a network",
  ],
  "photos.board": ["公开栏照片", "The notice board"],
  "photos.voucher": ["凭证照片", "Vouchers"],
  "photo.n": ["照片 {n}", "Photo {n}"],
  "photo.waits": ["照片还没取到，有网络时再取", "The photo was not fetched yet"],
  signed: ["{body} {name} 审过，{day}", "Reviewed by {name}, {body}, {day}"],
  posted_by: ["{name}报送", "Posted by {name}"],
  gone: ["这一项刚刚到期，不再显示。", "This notice has just ended and is no longer shown."],

  "find.title": ["按拼音首字母找", "Search by pinyin initials"],
  "find.note": [
    "按每个字拼音的第一个字母，比如找「低保」，按 D、B。金额、凭证号、文号按数字，金额只按元，不按角分。",
    "Press the first letter of each syllable: D, B for 低保 (dibao). Amounts (whole yuan), vouchers and document numbers by their digits.",
  ],
  "find.typed": ["按下的字母", "What you pressed"],
  "find.more": ["再按一个字母就找。", "One more letter and the search begins."],
  "find.busy": ["正在找…", "Searching…"],
  "find.found": ["找到 {n} 项", "{n} found"],
  "find.first": ["找到 {n} 项，先列最新的 {shown} 项", "{n} found; the newest {shown} are these"],
  "find.none": [
    "没找到。换几个字母，或回开头按类别看。",
    "Nothing found. Try other letters, or go by kind.",
  ],
  "find.lines_more": ["还有 {n} 行", "{n} more lines"],
  "find.offline": [
    "网络断了，在这台机器存着的公示里找：",
    "No network; in what this device keeps: ",
  ],

  "rest.title": ["还在看吗？", "Still reading?"],
  "rest.left": ["{n} 秒后回到开头", "Back to the start in {n} s"],
  "rest.forgets": ["按过的内容会清掉", "What you pressed is cleared"],
  "rest.stay": ["还在看", "Yes"],
  "slides.touch": ["点一下屏幕", "Touch the screen"],
  "slides.what": ["看账目　查补贴　找名单", "Accounts, subsidies, lists"],
  "slides.of": ["{n} / {of}", "{n} / {of}"],
  "rotation.none": ["现在没有正在公开的内容。", "Nothing is on show at the moment."],
  "rotation.part": ["第 {n} 部分，共 {of} 部分", "part {n} of {of}"],
  "rotation.page": ["第 {n} 页，共 {of} 页", "Page {n} of {of}"],
} as const;

export type KioskMessage = keyof typeof catalogue;

export function t(message: KioskMessage, values: Values = {}): string {
  return filled(catalogue[message], values);
}

/** The other language, in its own words. */
export const OTHER = { "zh-CN": "English", en: "中文" } as const;
