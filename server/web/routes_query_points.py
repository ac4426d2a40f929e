"""The part of the list for query points: the township's register, and what the devices call."""

from __future__ import annotations

from functools import partial

from server.problems import Say
from server.queries.query_points_in_scope import PointLine, PointLines
from server.web import desk_lists, query_points
from server.web.asking import ANYONE, Endpoint

API = "/api/v1/query-points"

_point = partial(Endpoint, tag="query-points")
_manages = partial(_point, who="manage_query_points")

QUERY_POINTS: list[Endpoint] = [
    _point(method="GET", path=API, handler=query_points.list_points, who="see_query_points",
           summary=Say("辖区内的查询点和它们的状态", "The query points of my area, and how each stands"),
           query=query_points.PointQuery, answer=PointLines, raises=("not-allowed",)),
    _point(method="GET", path=f"{API}.csv", handler=desk_lists.get_points_csv, who="see_query_points",
           summary=Say("查询点每天有信号的时间（CSV）", "How long each query point was heard, by day, as CSV"),
           query=query_points.PointQuery, media_type="text/csv", raises=("not-allowed",)),
    _manages(method="POST", path=API, handler=query_points.post_point,
             summary=Say("登记查询点，并得到配对码", "Register a query point and get its pairing code"),
             body=query_points.NewPoint, answer=query_points.PairingCode, status=201,
             raises=("not-allowed", "unknown-division", "content-has-errors", "same-id-other-content",
                     "query-point-gone", "too-many-query-points")),
    _point(method="POST", path=f"{API}/pairings", handler=query_points.post_pairing, who=ANYONE,
           summary=Say("用配对码把一台设备设为查询点", "Pair a device with a query point by its code"),
           body=query_points.Pairing, answer=query_points.PairedPoint, status=201,
           raises=("pairing-code-not-valid", "pairing-key-not-valid", "too-many-attempts")),
    _manages(method="PUT", path=f"{API}/{{id}}", handler=query_points.put_point,
             summary=Say("修改查询点的名称、位置、类型和音量", "Change a query point's name, place, kind and volume"),
             body=query_points.ChangedPoint, answer=PointLine, if_match=True,
             raises=("not-found", "query-point-gone", "content-has-errors")),
    _manages(method="DELETE", path=f"{API}/{{id}}", handler=query_points.delete_point,
             summary=Say("停用查询点", "Retire a query point"), status=204, raises=("not-found",)),
    _manages(method="POST", path=f"{API}/{{id}}/pairing-code", handler=query_points.post_code,
             summary=Say("重新取配对码（旧码作废）", "A new pairing code; the old one ends"),
             answer=query_points.PairingCode, status=201, raises=("not-found", "query-point-gone")),
    _point(method="POST", path=f"{API}/{{id}}/heartbeats", handler=query_points.post_heartbeat, who=ANYONE,
           summary=Say("查询点报平安：签名说明正在显示什么", "A query point says, signed, that it stands there and what it shows"),
           headers=query_points.BeatHeaders, body=query_points.Beat, answer=query_points.Heard, transaction=False,
           raises=("query-point-gone", "heartbeat-not-signed", "heartbeat-replayed", "heartbeat-says-too-much",
                   "too-many-heartbeats")),
]  # fmt: skip
