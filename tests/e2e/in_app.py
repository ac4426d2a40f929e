"""What a chat app's own browser lacks, as scripts that run before a page's own.

Some things are not there; others are, and refuse: both are seen on phones.
"""

from __future__ import annotations

from typing import Final

_MISSING: Final = """
for (const name of ["serviceWorker", "share", "clipboard", "storage", "permissions", "locks"])
  delete Navigator.prototype[name];
for (const name of ["caches", "Notification", "PushManager", "indexedDB", "speechSynthesis", "SpeechSynthesisUtterance",
                    "print", "BroadcastChannel", "cookieStore"]) {
  delete window[name];
  delete Window.prototype[name];
}
for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });
"""
_REFUSING: Final = """
const refuse = () => { throw new DOMException("denied", "SecurityError"); };
const no = () => Promise.reject(new DOMException("denied", "NotAllowedError"));
for (const name of ["localStorage", "sessionStorage", "caches", "indexedDB"])
  Object.defineProperty(window, name, { get: refuse });
Object.defineProperty(Navigator.prototype, "serviceWorker", { get: refuse });
Object.defineProperty(Document.prototype, "cookie", { get: () => "", set: refuse });
Navigator.prototype.share = no;
if (navigator.clipboard) Clipboard.prototype.writeText = no;
document.execCommand = () => false;
window.print = () => undefined;
speechSynthesis.getVoices = () => [{ lang: "zh-CN", name: "mute" }];
speechSynthesis.speak = said => setTimeout(() => said.onerror({ error: "synthesis-unavailable" }));
"""

LACKING: Final = {"missing": _MISSING, "refusing": _REFUSING}

# What shows that a tap did something: the page changed, or another one came.
WATCH: Final = """
window.changed = false;
new MutationObserver(() => { window.changed = true; })
  .observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
"""
