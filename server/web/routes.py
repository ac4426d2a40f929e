"""THE list: everything that can be called: method, path, handler, who may.

`who` is ANYONE, SIGNED_IN or an act of rules/permissions.ACTS. Where an act may be done (which
division) is asked by the handler or its command. The OpenAPI document is made from this list.

What villagers read stands in routes_reading.py, what people at work do in routes_work.py, photos
that come in pieces in routes_uploads.py; here is what
every installation has: sessions, accounts, health and the documents about the API itself.
"""

from __future__ import annotations

from server.problems import Say
from server.web import accounts, documents, health, installation, sessions
from server.web.asking import ANYONE, SIGNED_IN, Endpoint
from server.web.routes_reading import PAGES, READING
from server.web.routes_uploads import UPLOADING
from server.web.routes_work import WORK

API = "/api/v1"

INSTALLATION: list[Endpoint] = [
    Endpoint(
        method="GET",
        path=f"{API}/installation",
        handler=installation.installation,
        who=ANYONE,
        summary=Say(
            "这个网站是谁的、是否演示", "Whose site this is, and whether it is a demonstration"
        ),
        answer=installation.Installation,
        tag="installation",
    ),
    Endpoint(
        method="GET",
        path="/healthz",
        handler=health.healthz,
        who=ANYONE,
        summary=Say("进程在运行", "The process is alive"),
        answer=health.Health,
        tag="installation",
    ),
    Endpoint(
        method="GET",
        path="/readyz",
        handler=health.readyz,
        who=ANYONE,
        summary=Say("可以接待请求", "Requests can be served"),
        answer=health.Health,
        tag="installation",
    ),
]

SESSIONS: list[Endpoint] = [
    Endpoint(
        method="POST",
        path=f"{API}/sessions",
        handler=sessions.sign_in,
        who=ANYONE,
        summary=Say("登录：账号和密码，或一次性邀请码", "Sign in by password or by one-time code"),
        body=sessions.SignIn,
        answer=sessions.SignedInView,
        status=201,
        tag="sessions",
        raises=("sign-in-failed", "code-not-valid", "too-many-attempts"),
        transaction=False,
    ),
    Endpoint(
        method="GET",
        path=f"{API}/sessions",
        handler=sessions.my_sessions,
        who=SIGNED_IN,
        summary=Say("我在哪些设备上登录着", "The devices on which I am signed in"),
        answer=sessions.SessionList,
        tag="sessions",
    ),
    Endpoint(
        method="DELETE",
        path=f"{API}/sessions/current",
        handler=sessions.sign_out_here,
        who=ANYONE,
        summary=Say("退出登录", "Sign out of this device"),
        status=204,
        tag="sessions",
    ),
    Endpoint(
        method="DELETE",
        path=f"{API}/sessions/{{id}}",
        handler=sessions.sign_out_there,
        who=SIGNED_IN,
        summary=Say("让另一台设备退出登录", "Sign another device out"),
        status=204,
        tag="sessions",
        raises=("not-found",),
    ),
    Endpoint(
        method="GET",
        path=f"{API}/me",
        handler=sessions.me,
        who=SIGNED_IN,
        summary=Say("我是谁，可以做什么", "Who I am and what I may do"),
        answer=sessions.Me,
        tag="sessions",
    ),
    Endpoint(
        method="PUT",
        path=f"{API}/me/password",
        handler=sessions.set_password,
        who=SIGNED_IN,
        summary=Say("设置或更换密码", "Set or change my password"),
        body=sessions.NewPassword,
        status=204,
        tag="sessions",
        raises=("password-too-weak", "old-password-wrong", "too-many-attempts"),
        transaction=False,
    ),
]

ACCOUNTS: list[Endpoint] = [
    Endpoint(
        method="GET",
        path=f"{API}/accounts",
        handler=accounts.list_accounts,
        who="manage_accounts",
        summary=Say("辖区内的账号", "The accounts of my area"),
        query=accounts.AccountQuery,
        answer=accounts.AccountList,
        tag="accounts",
    ),
    Endpoint(
        method="POST",
        path=f"{API}/accounts",
        handler=accounts.create_account,
        who="manage_accounts",
        summary=Say("添加账号，并得到一次性邀请码", "Add an account and get its one-time code"),
        body=accounts.NewAccount,
        answer=accounts.Invited,
        status=201,
        tag="accounts",
        raises=("login-taken", "unknown-division", "same-id-other-content"),
    ),
    Endpoint(
        method="POST",
        path=f"{API}/accounts/{{id}}/invitation",
        handler=accounts.invite_again,
        who="manage_accounts",
        summary=Say("重新发邀请码（旧码作废）", "Issue a new code; the old one ends"),
        answer=accounts.Invited,
        status=201,
        tag="accounts",
        raises=("not-found",),
    ),
    Endpoint(
        method="POST",
        path=f"{API}/accounts/{{id}}/disable",
        handler=accounts.disable_account,
        who="manage_accounts",
        summary=Say("停用账号并让它的所有设备退出", "Disable an account and sign its devices out"),
        answer=accounts.AccountView,
        tag="accounts",
        raises=("not-found", "last-administrator"),
    ),
]

DOCUMENTS: list[Endpoint] = [
    Endpoint(
        method="GET",
        path="/api",
        handler=documents.api_page,
        who=ANYONE,
        summary=Say("接口说明", "The API, readable"),
        media_type="text/html",
    ),
    Endpoint(
        method="GET",
        path="/api/openapi.json",
        handler=documents.openapi_json,
        who=ANYONE,
        summary=Say("OpenAPI 3.1 文件", "The OpenAPI 3.1 document"),
        conditional=True,
    ),
    Endpoint(
        method="GET",
        path="/problems",
        handler=documents.problems_page,
        who=ANYONE,
        summary=Say("所有错误的说明", "Every problem explained"),
        media_type="text/html",
    ),
    Endpoint(
        method="GET",
        path="/problems/{slug}",
        handler=documents.one_problem_page,
        who=ANYONE,
        summary=Say("一种错误的说明", "One problem explained"),
        media_type="text/html",
    ),
]

ENDPOINTS: list[Endpoint] = [
    *READING,
    *WORK,
    *UPLOADING,
    *SESSIONS,
    *ACCOUNTS,
    *INSTALLATION,
    *DOCUMENTS,
    *PAGES,
]
