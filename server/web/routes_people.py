"""The part of the list about people: signing in, passkeys, shared phones, accounts."""

from __future__ import annotations

from functools import partial

from server.external import spreadsheets
from server.problems import Say
from server.queries.people_list import BatchList
from server.web import account_batches, accounts, passkeys, phone, sessions
from server.web.asking import ANYONE, SIGNED_IN, Endpoint

API = "/api/v1"

# What the lines about one thing share.
_session = partial(Endpoint, tag="sessions")
_passkey = partial(Endpoint, tag="passkeys")
_phone = partial(Endpoint, tag="phone")
_account = partial(Endpoint, tag="accounts", who="manage_accounts")
_invites = partial(_account, method="POST", answer=accounts.Invited, status=201)

SESSIONS: list[Endpoint] = [
    _session(method="POST", path=f"{API}/sessions", handler=sessions.sign_in, who=ANYONE,
             summary=Say("登录：账号和密码，或一次性邀请码", "Sign in by password or by one-time code"), body=sessions.SignIn,
             answer=sessions.SignedInView, status=201,
             raises=("sign-in-failed", "code-not-valid", "too-many-attempts"), transaction=False),
    _session(method="GET", path=f"{API}/sessions", handler=sessions.my_sessions, who=SIGNED_IN,
             summary=Say("我在哪些设备上登录着", "The devices on which I am signed in"), answer=sessions.SessionList),
    _session(method="DELETE", path=f"{API}/sessions/current", handler=sessions.sign_out_here, who=ANYONE,
             summary=Say("退出登录", "Sign out of this device"), status=204),
    _session(method="DELETE", path=f"{API}/sessions/others", handler=sessions.sign_out_others, who=SIGNED_IN,
             summary=Say("让其他所有设备退出登录", "Sign every other device out"), status=204),
    _session(method="DELETE", path=f"{API}/sessions/{{id}}", handler=sessions.sign_out_there, who=SIGNED_IN,
             summary=Say("让另一台设备退出登录", "Sign another device out"), status=204, raises=("not-found",)),
    _session(method="GET", path=f"{API}/me", handler=sessions.me, who=SIGNED_IN,
             summary=Say("我是谁，可以做什么", "Who I am and what I may do"), answer=sessions.Me),
    _session(method="PUT", path=f"{API}/me/password", handler=sessions.set_password, who=SIGNED_IN,
             summary=Say("设置或更换密码", "Set or change my password"), body=sessions.NewPassword, status=204,
             raises=("password-too-weak", "old-password-wrong", "too-many-attempts"), transaction=False),
]  # fmt: skip

PASSKEYS: list[Endpoint] = [
    _passkey(method="POST", path=f"{API}/passkeys/challenge", handler=passkeys.begin_sign_in, who=ANYONE,
             summary=Say("取一个供通行密钥签名的随机数", "A challenge for signing in by passkey"), answer=passkeys.PasskeyToAsk,
             status=201, raises=("passkeys-not-here", "too-many-attempts")),
    _passkey(method="POST", path=f"{API}/passkeys/session", handler=passkeys.sign_in_by_passkey, who=ANYONE,
             summary=Say("用通行密钥登录", "Sign in by passkey"), body=passkeys.SignedChallenge, answer=sessions.SignedInView,
             status=201, raises=("passkeys-not-here", "passkey-not-valid")),
    _passkey(method="GET", path=f"{API}/me/passkeys", handler=passkeys.list_passkeys, who=SIGNED_IN,
             summary=Say("我的通行密钥", "My passkeys"), answer=passkeys.PasskeyList),
    _passkey(method="POST", path=f"{API}/me/passkeys/challenge", handler=passkeys.begin_passkey, who=SIGNED_IN,
             summary=Say("准备登记一把通行密钥", "What a device needs to make a passkey"), answer=passkeys.PasskeyToMake,
             status=201, raises=("passkeys-not-here", "too-many-passkeys")),
    _passkey(method="POST", path=f"{API}/me/passkeys", handler=passkeys.keep_passkey, who=SIGNED_IN,
             summary=Say("登记通行密钥", "Keep a passkey"), body=passkeys.MadePasskey, answer=passkeys.PasskeyView,
             status=201, raises=("passkeys-not-here", "passkey-not-valid", "passkey-known")),
    _passkey(method="PUT", path=f"{API}/me/passkeys/{{id}}", handler=passkeys.rename_passkey, who=SIGNED_IN,
             summary=Say("给通行密钥改名", "Rename a passkey"), body=passkeys.PasskeyName, status=204, if_match=True,
             raises=("not-found",)),
    _passkey(method="DELETE", path=f"{API}/me/passkeys/{{id}}", handler=passkeys.remove_passkey, who=SIGNED_IN,
             summary=Say("去掉通行密钥", "Remove a passkey"), status=204, raises=("not-found",)),
]  # fmt: skip

PHONE: list[Endpoint] = [
    _phone(method="GET", path=f"{API}/phone", handler=phone.get_phone, who=ANYONE,
           summary=Say("谁共用这台手机", "Who shares this phone"), answer=phone.PhoneView),
    _phone(method="POST", path=f"{API}/phone/switch", handler=phone.switch_person, who=ANYONE,
           summary=Say("换人：输入那个人的 PIN", "Hand the phone to the next person by their PIN"), body=phone.Switch,
           answer=sessions.SignedInView, status=201, raises=("not-found", "pin-wrong", "pin-used-up"),
           transaction=False),
    _phone(method="POST", path=f"{API}/phone/lock", handler=phone.lock_phone, who=SIGNED_IN,
           summary=Say("锁上：再用要输 PIN", "Lock: it opens by a PIN again"), status=204, raises=("no-pin-here",)),
    _phone(method="PUT", path=f"{API}/me/pin", handler=phone.set_pin, who=SIGNED_IN,
           summary=Say("设置或更换我在这台手机上的 PIN", "Set or change my PIN on this phone"), body=phone.NewPin, status=204,
           raises=("pin-too-simple", "pin-wrong", "pin-used-up", "phone-is-full"), transaction=False),
    _phone(method="DELETE", path=f"{API}/me/pin", handler=phone.leave_phone, who=SIGNED_IN,
           summary=Say("不再共用这台手机", "Stop sharing this phone"), status=204),
]  # fmt: skip

ACCOUNTS: list[Endpoint] = [
    _account(method="GET", path=f"{API}/accounts", handler=accounts.list_accounts,
             summary=Say("辖区内的账号", "The accounts of my area"), query=accounts.AccountPageQuery,
             answer=accounts.AccountList),
    _account(method="GET", path=f"{API}/accounts.csv", handler=accounts.get_accounts_csv,
             summary=Say("辖区内的账号（CSV）", "The accounts of my area as CSV"), query=accounts.AccountQuery,
             media_type="text/csv"),
    _invites(path=f"{API}/accounts", handler=accounts.create_account,
             summary=Say("添加账号，并得到一次性邀请码", "Add an account and get its one-time code"), body=accounts.NewAccount,
             raises=("login-taken", "unknown-division", "same-id-other-content", "content-has-errors")),
    _account(method="GET", path=f"{API}/posts", handler=accounts.list_posts,
             summary=Say("可以选的职务，以及按规定哪些不能审议",
                         "The posts to choose from, and which of them a rule keeps from reviewing"),
             query=accounts.PostQuery, answer=accounts.PostList),
    _account(method="PUT", path=f"{API}/accounts/{{id}}/post", handler=accounts.change_post,
             summary=Say("更改一个人的职务", "Change what office somebody signs for"), body=accounts.ChangedPost,
             answer=accounts.AccountView, if_match=True, raises=("not-found", "content-has-errors")),
    _account(method="PUT", path=f"{API}/accounts/{{id}}/term", handler=accounts.change_term,
             summary=Say("更改外部审计的最后一天", "Change an outside auditor's last day"), body=accounts.LastDay,
             answer=accounts.AccountView, if_match=True, raises=("not-found",)),
    _invites(path=f"{API}/accounts/{{id}}/invitation", handler=accounts.invite_again,
             summary=Say("重新发邀请码（旧码作废）", "Issue a new code; the old one ends"), raises=("not-found",)),
    _invites(path=f"{API}/accounts/{{id}}/lost-phone", handler=accounts.phone_lost,
             summary=Say("手机丢了：所有设备退出，通行密钥和密码作废，另发邀请码",
                         "A phone was lost: sign all devices out, forget passkeys and password, issue a code"),
             raises=("not-found",)),
    # An accountant hands over their own post too, from a day on: the command says who may.
    _invites(path=f"{API}/accounts/{{id}}/handover", handler=accounts.hand_over_account, who=SIGNED_IN,
             summary=Say("岗位交接：马上，或从某一天起；接任的人得到邀请码",
                         "Hand a post over, at once or from a day on; the successor gets a code"),
             body=accounts.Handover,
             raises=("not-found", "not-allowed", "handover-day", "handover-standing", "handover-over", "last-administrator",
                     "login-taken", "same-id-other-content")),
    _account(method="PUT", path=f"{API}/accounts/{{id}}/handover", handler=accounts.move_handover, who=SIGNED_IN,
             summary=Say("约好的交接换一个日子", "Let a handover that is to come happen on another day"),
             body=accounts.HandoverDay, answer=accounts.AccountView, if_match=True,
             raises=("not-found", "not-allowed", "handover-day", "handover-over")),
    _account(method="DELETE", path=f"{API}/accounts/{{id}}/handover", handler=accounts.call_off_handover, who=SIGNED_IN,
             summary=Say("取消约好的交接", "Call a handover off that is to come"), answer=accounts.AccountView,
             if_match=True, raises=("not-found", "not-allowed", "handover-over")),
    _account(method="POST", path=f"{API}/accounts/{{id}}/disable", handler=accounts.disable_account,
             summary=Say("停用账号并让它的所有设备退出", "Disable an account and sign its devices out"), answer=accounts.AccountView,
             raises=("not-found", "last-administrator")),
]  # fmt: skip

LIST = ("spreadsheet-not-xlsx", "spreadsheet-encrypted", "spreadsheet-damaged", "spreadsheet-unsafe",
        "spreadsheet-has-personal-numbers", "people-list-not-read")  # fmt: skip

BATCHES: list[Endpoint] = [
    _account(method="GET", path=f"{API}/account-batches", handler=account_batches.list_batches,
             summary=Say("成批建过的账号", "Sheets of which accounts were made"), query=account_batches.BatchQuery,
             answer=BatchList),
    _account(method="GET", path=f"{API}/account-batches/template", handler=account_batches.get_people_template,
             summary=Say("成批建账号的模板（XLSX）", "The template of a list of people, as XLSX"),
             media_type=spreadsheets.MEDIA_TYPE),
    _account(method="POST", path=f"{API}/account-batches/preview", handler=account_batches.preview_people, body=bytes,
             raw="spreadsheet", summary=Say("读一份名单，不建账号", "Read a list and say what it would make, store nothing"),
             answer=account_batches.PeopleSeen, transaction=False, raises=LIST),
    _account(method="POST", path=f"{API}/account-batches", handler=account_batches.make_accounts, body=bytes,
             raw="spreadsheet", summary=Say("按名单建账号，得到一人一张的纸条", "Make a list's accounts and get a slip for each"),
             query=account_batches.MakeQuery, answer=account_batches.SlipsMade, status=201, transaction=False,
             raises=(*LIST, "people-rows-wrong", "same-id-other-content", "login-taken")),
    _account(method="POST", path=f"{API}/account-batches/{{id}}/codes", handler=account_batches.renew_batch,
             summary=Say("给一批里还没登录过的人换新码", "New codes for those of a batch who have not signed in"),
             answer=account_batches.SlipsMade, status=201, transaction=False, raises=("not-found",)),
]  # fmt: skip

PEOPLE: list[Endpoint] = [*SESSIONS, *PASSKEYS, *PHONE, *ACCOUNTS, *BATCHES]
