"""The failures about files: photos, photos that come in pieces, spreadsheets.

A leaf of the page `problems.py`, under the same rules; raised as `problems.…` like all others.
"""

# One problem is one paragraph here, so that the page can be read from top to bottom.
# fmt: off

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from server.problem import Bilingual, Parts, Say, cells, parts, problem, too_much

__all__ = [
    "cells_not_read", "chunk_checksum_differs", "hash_mismatch", "no_chinese_font", "other_tus_version",
    "photo_is_pdf", "photo_not_image", "photo_too_large", "photo_too_many_pixels",
    "photo_truncated", "spreadsheet_damaged", "spreadsheet_encrypted",
    "spreadsheet_has_personal_numbers", "spreadsheet_not_xlsx", "spreadsheet_too_large",
    "spreadsheet_unsafe", "template_of_other_category", "too_long_for_a_workbook", "too_many_uploads", "unknown_photo",
    "upload_locked", "upload_offset_differs", "upload_stalled", "upload_too_long",
]

# --- Photos ---------------------------------------------------------------------------------------

@problem(422, "有照片还没传到", "A photo has not arrived",
         "{count} 张照片还没有收到，请先上传再提交。",
         "{count} photos have not arrived. Upload them first, then submit.")
def unknown_photo(missing: Sequence[tuple[str, str]]) -> Parts:
    here = Say("还没有收到", "not arrived")
    return parts(count=len(missing),
                 errors=[{"pointer": p, "detail": here, "sha256": sha} for p, sha in missing])

@problem(422, "这不是照片", "This is not a picture",
         "只收 JPEG、PNG、WebP、HEIC 格式的照片，这个文件是{found}。请重新拍照，或从相册里选一张。",
         "Only JPEG, PNG, WebP and HEIC are taken; this is {found}. Take a picture, or choose one from the album.")
def photo_not_image(found: Bilingual | str = Say("别的内容", "something else")) -> Parts:  # noqa: B008
    return parts(found=found)

@problem(422, "这是 PDF，不是照片", "This is a PDF, not a picture",
         "文件内容是 PDF，改文件名也不行。请拍照或导出为图片后上传。",
         "The file is a PDF whatever its name says. Photograph it or export it as a picture.")
def photo_is_pdf() -> Parts:
    return parts()

@problem(413, "照片文件太大", "The picture's file is too large",
         "一张照片最多 {most}，这张有 {came} 或更多。请把相机的照片大小调小些再拍，或压缩后再传。",
         "A picture has at most {most}; this has {came} or more. Take it again at a smaller size, or compress it.")
def photo_too_large(*, limit: int, size: int) -> Parts:
    return too_much(limit, size)

@problem(422, "照片像素太多", "The picture has too many pixels",
         "一张照片最多 {most}像素，这张是 {width}×{height}。请把相机的分辨率调低些再拍，或缩小后再传。",
         "A picture has at most {most} pixels; this is {width}×{height}. Take it again at a lower resolution, or make it smaller.")
def photo_too_many_pixels(*, limit: int, width: int, height: int) -> Parts:
    most = Say(f"{limit / 10_000:g} 万", f"{limit / 1_000_000:g} million")
    return parts(limit=limit, width=width, height=height, most=most)

@problem(422, "照片不完整", "The picture is incomplete",
         "照片只传到一部分或已损坏，请重新上传。",
         "Only a part of the picture arrived, or it is damaged. Upload it again.")
def photo_truncated() -> Parts:
    return parts()

@problem(422, "内容与校验值不符", "The content does not match its hash",
         "网址里是 {expected}，收到的内容是 {actual}。请重新上传。",
         "The address says {expected}; the content is {actual}. Upload it again.")
def hash_mismatch(*, expected: str, actual: str) -> Parts:
    return parts(expected=expected, actual=actual)

# --- Photos that come in pieces (tus 1.0) ---------------------------------------------------------

@problem(412, "不支持这个上传协议版本", "This version of the upload protocol is not spoken",
         "请带上 Tus-Resumable: {expected}（收到的是 {actual}）。",
         "Send Tus-Resumable: {expected} ({actual} came).")
def other_tus_version(*, expected: str, actual: str) -> Parts:
    return parts(expected=expected, actual=actual, headers={"Tus-Version": expected})

@problem(409, "续传的位置不对", "The upload stands at another place",
         "已收到 {expected} 字节，这次要从第 {actual} 字节接着传。请先查询进度，再从那里续传。",
         "{expected} bytes have arrived; this would go on from {actual}. Ask how far it is and go on from there.")
def upload_offset_differs(*, expected: int, actual: int) -> Parts:
    return parts(expected=expected, actual=actual)

@problem(423, "这张照片正在处理", "This upload is being worked on",
         "另一个请求正在写入这张照片。请过几秒查询进度，再接着传。",
         "Another request is writing to this upload. Ask again in a few seconds how far it is.")
def upload_locked() -> Parts:
    return parts()

@problem(413, "收到的比说好的多", "More came than was announced",
         "这张照片说好是 {limit} 字节，收到 {size} 字节（或更多）。多出的部分没有保存，请核对文件后重新上传。",
         "{limit} bytes were announced; {size} or more came. What was too much is not kept. Check the file, upload it again.")
def upload_too_long(*, limit: int, size: int) -> Parts:
    return parts(limit=limit, size=size)

@problem(460, "这一段在路上损坏了", "This piece was damaged on its way",
         "从第 {offset} 字节起的 {size} 字节与校验值不符，没有保存。请把这一段再传一次。",
         "The {size} bytes from {offset} on do not match their checksum and are not kept. Send them again.")
def chunk_checksum_differs(*, offset: int, size: int) -> Parts:
    return parts(offset=offset, size=size)

@problem(503, "传输中断", "The transfer came to a halt",
         "{seconds} 秒没有收到新的内容，或一次传了 {most} 秒还没传完，连接已关闭。已收到的保留着，请查询进度，从那里续传。",
         "Nothing came for {seconds} seconds, or the request took {most}. What came is kept: go on from there.")
def upload_stalled(*, seconds: float, most: float) -> Parts:
    return parts(seconds=int(seconds), most=int(most), headers={"Retry-After": "1"})

@problem(429, "没传完的照片太多", "Too many unfinished uploads",
         "您有 {count} 张照片没有传完，最多 {limit} 张。请先传完或取消几张；最早的一张到 {first_expires} 自动作废。",
         "You have {count} unfinished uploads, {limit} at most. Finish or remove some; the oldest expires on {first_expires}.")
def too_many_uploads(*, limit: int, count: int, first_expires: date) -> Parts:
    return parts(limit=limit, count=count, first_expires=first_expires)
# --- Spreadsheets ---------------------------------------------------------------------------------

@problem(422, "不是 .xlsx 表格", "This is not an .xlsx spreadsheet",
         "只收 .xlsx；收到的内容是{found}。请用 WPS 或 Excel 打开，另存为 .xlsx 再传，或把表格复制、粘贴进来。",
         "Only .xlsx is taken; this is {found}. Open it in WPS or Excel, save it as .xlsx, or copy and paste the table.")
def spreadsheet_not_xlsx(found: Bilingual) -> Parts:
    return parts(found=found)

@problem(422, "表格有打开密码", "The spreadsheet has a password",
         "文件有打开密码，读不出来。请去掉密码，另存一份再传。",
         "The file opens with a password and cannot be read. Save a copy without one and send that.")
def spreadsheet_encrypted() -> Parts:
    return parts()

@problem(413, "表格太大", "The spreadsheet is too large",
         "一份表格最多 {most}，这份有 {came} 或更多。请只留这一期要用的表，另存一份再传。",
         "A spreadsheet has at most {most}; this has {came} or more. Keep only the tables of this period and send that.")
def spreadsheet_too_large(what: Bilingual | None, *, limit: int, size: int) -> Parts:
    if what is None:
        return too_much(limit, size)
    most, came = (Say(f"{n} {what.zh}", f"{n} {what.en}") for n in (limit, size))
    return parts(limit=limit, size=size, most=most, came=came)

@problem(422, "表格文件已损坏", "The spreadsheet is damaged",
         "文件只传到一部分或已损坏。请用 WPS 或 Excel 打开，另存一份再传。",
         "Only a part of the file arrived, or it is damaged. Open it, save a copy and send that.")
def spreadsheet_damaged() -> Parts:
    return parts()

@problem(422, "表格文件不安全", "The spreadsheet is not safe to read",
         "{reason}，没有打开。请用 WPS 或 Excel 打开，另存一份再传。",
         "It was not opened: {reason}. Open it in WPS or Excel, save a copy and send that.")
def spreadsheet_unsafe(reason: Bilingual) -> Parts:
    return parts(reason=reason)

@problem(422, "表格里有个人号码", "The spreadsheet holds personal numbers",
         "有 {count} 处像是身份证号、银行卡号或手机号，藏起来的也算。请全部删去再传；什么都没有读入。",
         "Cells that seem to hold an identity, card or mobile number: {count}, hidden ones included."
         " Remove them all and send it again; nothing was read.")
def spreadsheet_has_personal_numbers(count: int, found: Sequence[tuple[str, Bilingual]]) -> Parts:
    return parts(count=count, errors=cells(found))

@problem(422, "表格里有读不出来的格子", "Some cells could not be read",
         "有 {count} 格读不出来。改好再传，或重新对一下列；什么都没有填进去。",
         "Cells that could not be read: {count}. Correct them, or match the columns again; nothing was filled in.")
def cells_not_read(count: int, found: Sequence[Mapping[str, object]]) -> Parts:
    return parts(count=count, errors=found)

@problem(422, "这是另一类事项的模板", "This template belongs to another category",
         "这份模板是{found}的，现在要填的是{asked}。请换一个文件，或下载这一类的模板。",
         "This template is for {found}; you are filling in {asked}. Choose another file, or download the right template.")
def template_of_other_category(found: Bilingual, asked: Bilingual) -> Parts:
    return parts(found=found, asked=asked)

@problem(422, "一份表格装不下", "Too long for one workbook",
         "这里超过 {most} 行，一份表格文件装不下。请换短一些的期次或下一级区划，或下载 CSV、数据包。",
         "There are more than {most} rows here, too many for one workbook. Choose a shorter period or a division"
         " further down, or download the CSV or the data package.")
def too_long_for_a_workbook(most: int) -> Parts:
    return parts(most=most)

# --- Posters --------------------------------------------------------------------------------------

@problem(503, "做不了 PDF：没有中文字体", "No PDF: there is no Chinese font",
         "服务器的 {folder} 里没有中文字体，做不了 PDF。请先用网页版打印；管理员装上软件包 {package}（apt-get install {package}），"
         "或用 GONGSHILAN_FONTS 写明字体在哪个文件夹，再试一次。",
         "There is no Chinese font in {folder} on the server, so no PDF can be made. Print the page meanwhile; the "
         "administrator installs the package {package} (apt-get install {package}), or names the folder of fonts in "
         "GONGSHILAN_FONTS, then try again.")
def no_chinese_font(folder: str) -> Parts:
    return parts(folder=folder, package="fonts-noto-cjk", headers={"Retry-After": "600"})
