/** What the phone itself says no with, in both languages at once: it is kept in the record as the server's words are. */
export const refusals = {
  fraction: {
    title: { zh: "有一个数不能带小数", en: "A number must be whole" },
    detail: {
      zh: "这里的数要填整数。请打开修改，再交一次。",
      en: "The number here must be whole. Open it, put it right and send it again.",
    },
  },
  photoGone: {
    title: { zh: "有照片不在手机里了", en: "A photo is no longer in the phone" },
    detail: {
      zh: "第 {n} 张照片还没发出去，手机里已经找不到它，可能被浏览器清掉了。请打开修改，重新拍一张，再交一次。",
      en: "Photo {n} was not sent and is no longer in the phone; the browser may have cleared it. Open the posting, take the photo again and send it once more.",
    },
  },
} as const;
