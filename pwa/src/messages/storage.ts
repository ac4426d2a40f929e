export const storage = {
  "store.in_app": ["这个窗口随时会清掉存的东西", "This window may clear what is kept at any time"],
  "store.in_app.do": [
    "您是在聊天软件里打开的。点右上角的「…」，选「在浏览器打开」，再登录；没发出的先存成文件，到那边取回。",
    "It was opened inside another app. Choose “Open in browser” from its menu and sign in there; save what is unsent as a file first and take it in over there.",
  ],
  "store.private": ["这像是无痕窗口", "This looks like a private window"],
  "store.private.do": [
    "窗口一关，没发出的就没了。请用普通窗口打开；没发出的先存成文件，到那边取回。",
    "What is unsent is gone once it is closed. Please open an ordinary window; save what is unsent as a file first and take it in there.",
  ],
  "store.ios": ["还没添加到主屏幕", "Not on the home screen yet"],
  "store.ios.do": [
    "苹果手机会清掉七天没打开的网站存的东西。点「分享」，选「添加到主屏幕」，以后从主屏幕打开；没发出的先存成文件，到那边取回。",
    "An iPhone clears what a site keeps when it was not opened for seven days. Tap Share, then Add to Home Screen, and open it from there; save what is unsent as a file first and take it in there.",
  ],
  "store.go": ["去存成文件", "Save it as a file"],
  "store.room": ["存了 {used}，最多能存 {quota}。", "{used} kept, room for {quota}."],
  "store.only": ["有 {n} 件只在这台手机里，还没发出。", "In this phone alone: {n}."],
  "store.nothing": ["没有只存在这台手机里的东西。", "Nothing is in this phone alone."],
  "store.out": ["把没发出的存成文件", "Save what is unsent as a file"],
  "store.out.done": [
    "{n} 件存进了文件，在手机的「下载」里。里面有账目，别随便转给人。",
    "{n} saved; the file is among the downloads. It holds accounts: do not pass it on lightly.",
  ],
  "store.in": ["从文件取回", "Take in from a file"],
  "store.in.done": ["取回 {n} 件，有信号会自己发。", "{n} taken in; they go out by themselves."],
  "store.in.none": ["文件里的这台手机里都有。", "Everything in the file is in this phone already."],
  "store.in.foreign": [
    "这不是公示栏存的文件，或者是更新的版本存的。",
    "This is not a file of ours, or a newer version made it.",
  ],
  "store.in.damaged": [
    "文件坏了：有照片对不上。请回到原来的手机重新存一次。",
    "The file is damaged: a photo does not match. Please save it again on the other phone.",
  ],
  "store.in.somebody": [
    "这是{name}存的。请用{name}的账号登录，再取回。",
    "{name} saved this. Sign in as {name}, then take it in.",
  ],
} as const;
