"""The tables. What changes with time (stage, days left) is stored: the peer need not compute it."""

from __future__ import annotations

from django.db import models


class Village(models.Model):
    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=8)
    path = models.JSONField()
    total = models.IntegerField()
    year = models.JSONField()
    inquiries = models.JSONField()
    inquiries_total = models.IntegerField()
    points = models.JSONField()
    beside = (
        models.JSONField()
    )  # what is short or empty here: phones, visits, groups and the like, as they are answered
    changes_at = models.DateTimeField(null=True)


class Category(models.Model):
    key = models.CharField(max_length=60, primary_key=True)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    icon = models.CharField(max_length=40)
    publisher = models.CharField(max_length=20)
    wording = models.CharField(max_length=20)


class Disclosure(models.Model):
    id = models.CharField(max_length=36, primary_key=True)
    short = models.CharField(max_length=26)
    village = models.ForeignKey(Village, models.CASCADE, related_name="latest")
    category = models.ForeignKey(Category, models.CASCADE)
    title = models.CharField(max_length=200)
    period = models.CharField(max_length=40)
    period_zh = models.CharField(max_length=60)
    period_en = models.CharField(max_length=60)
    stage = models.CharField(max_length=12)
    opened_at = models.DateTimeField(null=True, db_index=True)
    first_opened_at = models.DateTimeField(null=True)
    must_stay_until = models.DateTimeField(null=True)
    comes_down_at = models.DateTimeField(null=True)
    hides_at = models.DateTimeField(null=True)
    days_left = models.IntegerField(null=True)
    verdict = models.CharField(max_length=12, null=True)
    late_days = models.IntegerField()
    edition = models.IntegerField()
    corrected = models.IntegerField()
    photo = models.CharField(max_length=64, null=True)
    # The detail page beside its table of amounts, made already.
    sheet = models.JSONField(default=dict)
    rest = models.JSONField(default=dict)

    class Meta:
        ordering = ("-opened_at",)


class Figure(models.Model):
    disclosure = models.ForeignKey(Disclosure, models.CASCADE, related_name="figures")
    label_zh = models.CharField(max_length=60)
    label_en = models.CharField(max_length=60)
    amount = models.BigIntegerField()

    class Meta:
        ordering = ("id",)


class Missing(models.Model):
    village = models.ForeignKey(Village, models.CASCADE, related_name="missing")
    category = models.ForeignKey(Category, models.CASCADE)
    title = models.CharField(max_length=200)
    period = models.CharField(max_length=40)
    due_on = models.DateField()
    days_late = models.IntegerField()
    rule_zh = models.TextField()
    rule_en = models.TextField()
    note = models.JSONField(null=True)
    decided = models.JSONField()

    class Meta:
        ordering = ("id",)


class Board(models.Model):
    village = models.ForeignKey(Village, models.CASCADE, related_name="boards")
    disclosure = models.ForeignKey(Disclosure, models.CASCADE)
    sha256 = models.CharField(max_length=64)
    width = models.IntegerField()
    height = models.IntegerField()
    received_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)


class Row(models.Model):
    disclosure = models.ForeignKey(Disclosure, models.CASCADE, related_name="rows")
    section = models.IntegerField()
    line = models.CharField(max_length=60)
    sign = models.CharField(max_length=2)
    label = models.CharField(max_length=120)
    amount = models.BigIntegerField(null=True)
    level = models.CharField(max_length=12)
    pointer = models.CharField(max_length=200)
    previous = models.BigIntegerField(null=True)
    last_year = models.BigIntegerField(null=True)
    tell = models.BooleanField()

    class Meta:
        ordering = ("id",)


class Entry(models.Model):
    row = models.ForeignKey(Row, models.CASCADE, related_name="entries")
    date = models.DateField()
    voucher = models.CharField(max_length=60)
    summary = models.CharField(max_length=200)
    party = models.CharField(max_length=120, null=True)
    amount = models.BigIntegerField()
    handler = models.CharField(max_length=60, null=True)
    witness = models.CharField(max_length=60, null=True)
    approver = models.CharField(max_length=60, null=True)
    photos = models.JSONField()

    class Meta:
        ordering = ("id",)


class Post(models.Model):
    """What an accountant sends: posted, with its lines and photos."""

    id = models.CharField(max_length=36, primary_key=True)
    village = models.CharField(max_length=12, db_index=True)
    category = models.CharField(max_length=60)
    period = models.CharField(max_length=40)
    composed_at = models.DateTimeField()
    received_at = models.DateTimeField(auto_now_add=True)


class PostLine(models.Model):
    post = models.ForeignKey(Post, models.CASCADE, related_name="lines")
    group = models.CharField(max_length=20)
    item = models.CharField(max_length=60)
    label = models.CharField(max_length=120, blank=True)
    amount = models.BigIntegerField()


class PostPhoto(models.Model):
    post = models.ForeignKey(Post, models.CASCADE, related_name="photos")
    sha256 = models.CharField(max_length=64)
    role = models.CharField(max_length=12)
