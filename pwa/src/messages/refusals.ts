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
  receiptWrong: {
    title: { zh: "回执核对不上", en: "The receipt does not check" },
    detail: {
      zh: "服务器回了话，但回执上的签名和这一份对不上：可能有人在中间冒充，也可能连错了地方。这次不算数，写的都还在手机里。换个网络再试；还是这样，就打电话给乡镇。",
      en: "An answer came, but its signature does not fit this posting: somebody in between may have made it up, or this is the wrong place. It does not count; everything is still in the phone. Try another network; if it stays so, call the township.",
    },
  },
  keyChanged: {
    title: { zh: "给回执签名的密钥换了", en: "Receipts are signed with another key" },
    detail: {
      zh: "手机记着的密钥是 {known}，服务器现在用的是 {published}。乡镇换服务器会这样，有人冒充也会这样。先打电话问乡镇，对上了再接受。写的都还在手机里。",
      en: "This phone knows the key {known}; the server now uses {published}. So it is when the township changes its server, and so it is when somebody pretends to be it. Call the township first, and accept it only if it agrees. Everything is still in the phone.",
    },
  },
} as const;
