export const ledgers = {
  "ledger.title": ["导入的台账", "Imported ledgers"],
  "ledger.lead": [
    "镇里一张表，一次分给各村：名单、分配表成为各村的草稿，发放清册直接录入各村。有一处不对，整份都不导入。",
    "One sheet of the township's becomes what each village gets: rosters and allocation tables become drafts, lists of payments are loaded. If anything is wrong, nothing is imported.",
  ],
  "ledger.new": ["导入台账", "Import a ledger"],
  "ledger.none": ["还没有导入过台账", "No ledger was imported yet"],
  "ledger.none.note": [
    "由乡镇编辑导入。导入过的会列在这里：哪个文件、什么时候、谁导入的、各村得了几行。",
    "The township's editor imports them. They are listed here: which file, when, by whom, and what each village got.",
  ],
  "ledger.file": ["文件", "File"],
  "ledger.of": ["事项", "Of"],
  "ledger.rows": ["行数", "Rows"],
  "ledger.total": ["合计（元）", "Total (yuan)"],
  "ledger.villages": ["分给", "Goes to"],
  "ledger.part": ["{name} {n} 行", "{name}: {n} rows"],
  "ledger.by": ["{when}，{name}", "{when}, {name}"],
  "ledger.warned": ["有 {n} 处提醒", "{n} warnings"],
  "ledger.kind.notices": ["公示的名单、分配表", "What a notice shows"],
  "ledger.kind.payments": [
    "发放清册（住户查自己领了多少）",
    "Payments (households look up their own)",
  ],
  "ledger.kind": ["这是什么表", "What the sheet is"],
  "ledger.category": ["哪一类", "Which category"],
  "ledger.whole": ["给哪个村", "For which village"],
  "ledger.whole.split": ["按表里的村名分给各村", "Each row to the village it names"],
  "ledger.choose": ["选台账文件", "Choose the ledger"],
  "ledger.choose.help": [
    "Excel（.xlsx）或 CSV，20000 行以内。名单里不要有身份证号、银行卡号、电话。",
    "Excel (.xlsx) or CSV, up to 20,000 rows. Rosters have no identity, card or telephone numbers in them.",
  ],
  "ledger.first": ["先写上项目和发放日期", "Write what it is for and the day first"],
  "ledger.reading": ["正在读…", "Reading…"],
  "ledger.again": [
    "这个文件 {when} 已由 {name} 导入，再导入也不会变",
    "This file was imported {when} by {name}; importing it again changes nothing",
  ],
  "ledger.before": [
    "这个文件 {when} 由 {name} 导入过，那时列对得不一样",
    "This file was imported {when} by {name}, with other columns",
  ],
  "ledger.columns": ["每一列是什么", "Which column is which"],
  "ledger.remembered": [
    "表头和以前导入的一样，已照那次对好",
    "Its headings are as before: matched as they were then",
  ],
  "ledger.proposed": [
    "这是按表头猜的，请看一遍对不对。导入以后会记住，下次不用再对，同事也不用",
    "Guessed from the headings: please look. Once imported it is remembered, for you and for your colleagues",
  ],
  "ledger.unmatched": [
    "没认出表头。请选表头在第几行、每一列是什么",
    "The headings were not recognised. Choose their row and each column",
  ],
  "ledger.reread": ["照这样再读一遍", "Read it again like this"],
  "ledger.read": ["“{file}”：{n} 行，合计 {total} 元", "“{file}”: {n} rows, {total} yuan in all"],
  "ledger.read.count": ["“{file}”：{n} 行", "“{file}”: {n} rows"],
  "ledger.left": [
    "第 {rows} 行是合计、备注，不算在名单里",
    "Rows {rows} are sums and notes, not part of the list",
  ],
  "ledger.left.more": [
    "合计、备注共 {n} 行，不算在名单里",
    "{n} rows of sums and notes are not part of the list",
  ],
  "ledger.and": ["、", ", "],
  "ledger.zeros": [
    "{n} 个空格按 0 读，和该行合计对得上",
    "{n} blank cells count as 0, as the row's own sum says",
  ],
  "ledger.rates": [
    "备注里写的补助标准读到 {n} 条，已用来核对",
    "{n} rates were read from the notes and checked against",
  ],
  "ledger.later": [
    "还有 {n} 项核对，要等村里填完其他栏再做",
    "{n} more checks wait until the rest of the notice is filled in",
  ],
  "ledger.blocking": [
    "有 {n} 处不对，改好再选一次文件",
    "{n} places are wrong: correct them and choose the file again",
  ],
  "ledger.warnings": [
    "有 {n} 处请看一眼，不影响导入",
    "{n} places to look at; they do not stand in the way",
  ],
  "ledger.row": ["第 {row} 行 {cell}", "row {row}, {cell}"],
  "ledger.more": ["还有 {n} 处没有列出", "{n} more are not listed"],
  "ledger.clean": ["每一行、每个合计都对得上", "Every row and every sum agrees"],
  "ledger.will.notices": [
    "导入以后，各村报送时可以直接用这些行",
    "Once imported, each village's form can begin with these rows",
  ],
  "ledger.will.payments": [
    "导入以后，各村住户就能查到",
    "Once imported, households can look theirs up",
  ],
  "ledger.village": ["村", "Village"],
  "ledger.go": ["全部导入", "Import all of it"],
  "ledger.done": ["已导入：{villages} 个村，{n} 行", "Imported: {n} rows for {villages} villages"],
  "ledger.done.again": [
    "没有再导入一遍：{when} 已由 {name} 导入",
    "Not imported again: {name} did so {when}",
  ],
  "ledger.done.note": [
    "列已记住，下个月同样的表不用再对。",
    "Its columns are remembered: next month's file needs no matching.",
  ],
  "ledger.list": ["看导入过的台账", "See what was imported"],
  "ledger.prepared": ["镇里给这一期备好了 {n} 行", "The township prepared {n} rows"],
  "ledger.prepared.note": [
    "{name} 从“{file}”导入，{when}。填进去还是草稿，看过再交。",
    "{name} imported “{file}” {when}. It only fills your draft: look at it before you send it.",
  ],
  "ledger.prepared.use": ["用这些行", "Use these rows"],
} as const satisfies { [message: string]: readonly [string, string] };
