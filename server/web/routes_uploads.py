"""The part of the list for photos that come in pieces (tus 1.0): five methods, two addresses."""

from __future__ import annotations

from server.problems import Say
from server.web import uploads
from server.web.asking import ANYONE, Endpoint, Stream
from server.web.uploads import PIECE, SPOKEN, UPLOADS

ONE = f"{UPLOADS}/{{id}}"
PHOTO = ("hash-mismatch", "photo-not-image", "photo-is-pdf", "photo-too-large", "photo-too-many-pixels",
         "photo-truncated")  # fmt: skip
OFFSET = "Bytes that are kept"
LENGTH = "Bytes that are to come in all"
EXPIRES = "When it is forgotten (RFC 9110 date)"

UPLOADING: list[Endpoint] = [
    Endpoint(method="OPTIONS", path=UPLOADS, handler=uploads.upload_options, who=ANYONE,
             summary=Say("断点续传支持什么（tus 1.0）", "What resumable uploads are spoken here (tus 1.0)"),
             status=204, tag="photos", always=SPOKEN,
             sends={"Tus-Version": "Versions", "Tus-Extension": "Extensions", "Tus-Max-Size": "Most bytes of one photo",
                    "Tus-Checksum-Algorithm": "Algorithms of Upload-Checksum"}),
    Endpoint(method="POST", path=UPLOADS, handler=uploads.post_upload, who="store_photo",
             summary=Say("开始一次断点续传", "Begin a resumable upload"), headers=uploads.BeginHeaders, status=201,
             tag="photos", transaction=False, always=SPOKEN,
             sends={"Location": "Where its bytes go", "Upload-Expires": EXPIRES},
             raises=("photo-not-image", "photo-too-large", "too-many-uploads")),
    Endpoint(method="HEAD", path=ONE, handler=uploads.head_upload, who="store_photo",
             summary=Say("已收到多少", "How far an upload has come"), headers=uploads.TusHeaders, tag="photos",
             always=SPOKEN, method_override=True,
             sends={"Upload-Offset": OFFSET, "Upload-Length": LENGTH, "Upload-Metadata": "As it was sent",
                    "Upload-Expires": EXPIRES}),
    Endpoint(method="PATCH", path=ONE, handler=uploads.patch_upload, who="store_photo",
             summary=Say("接着传", "Send the next piece"), headers=uploads.PieceHeaders, body=Stream(PIECE),
             status=204, tag="photos", transaction=False, always=SPOKEN, method_override=True,
             sends={"Upload-Offset": OFFSET, "Upload-Expires": EXPIRES},
             raises=("upload-offset-differs", "upload-locked", "upload-too-long", "chunk-checksum-differs",
                     "upload-stalled", *PHOTO)),
    Endpoint(method="DELETE", path=ONE, handler=uploads.delete_upload, who="store_photo",
             summary=Say("取消一次断点续传", "Stop an upload and forget it"), headers=uploads.TusHeaders,
             status=204, tag="photos", transaction=False, always=SPOKEN, method_override=True,
             raises=("upload-locked",)),
]  # fmt: skip
