const amounts = new Intl.NumberFormat("zh-CN", { minimumFractionDigits: 2 });
const days = new Intl.DateTimeFormat("zh-CN", { dateStyle: "long", timeZone: "Asia/Shanghai" });

export const yuan = (fen) => (fen === null ? "" : amounts.format(fen / 100));
export const day = (moment) => (moment === null ? "" : days.format(new Date(moment)));
