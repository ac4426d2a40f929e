/** What the service worker says of a closed app. A lock screen shows it to anybody: no place and no person in it. */
export const alone = {
  "alone.arrived": ["已收到：{when}，{verdict}", "Received {when}, {verdict}"],
  "alone.on_time": ["按时", "on time"],
  "alone.late": ["迟 {n} 天", "late by {n} d"],
  "alone.arrived.all": ["{n} 件都已收到", "{n} postings were received"],
  "alone.refused": [
    "没有收下，请打开看看要改哪里。写的都还在手机里。",
    "It was not taken. Open it to see what to put right; everything is still in the phone.",
  ],
  "alone.sign_in": [
    "登录过期了，登录后会接着发。写的都还在手机里。",
    "You are signed out. It goes on once you sign in; everything is still in the phone.",
  ],
  "alone.site": ["公示栏", "Gongshilan"],
} as const;
