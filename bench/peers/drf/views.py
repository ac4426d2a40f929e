"""Serializers and views, as the framework's own tutorial writes them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_page
from rest_framework import generics, serializers

from bench.peers.drf import models


class FigureSerializer(serializers.ModelSerializer):
    label = serializers.SerializerMethodField()

    class Meta:
        model = models.Figure
        fields = ("label", "amount")

    def get_label(self, figure: Any) -> dict[str, str]:
        return {"zh": figure.label_zh, "en": figure.label_en}


class CardSerializer(serializers.ModelSerializer):
    disclosure_id = serializers.CharField(source="id")
    category = serializers.CharField(source="category_id")
    category_name = serializers.SerializerMethodField()
    icon = serializers.CharField(source="category.icon")
    publisher = serializers.CharField(source="category.publisher")
    wording = serializers.CharField(source="category.wording")
    period_label = serializers.SerializerMethodField()
    figures = FigureSerializer(many=True)

    class Meta:
        model = models.Disclosure
        fields = (
            "disclosure_id", "short", "title", "category", "category_name", "icon", "publisher",
            "wording", "period", "period_label", "stage", "opened_at", "first_opened_at", "must_stay_until",
            "comes_down_at", "hides_at", "days_left", "verdict", "late_days", "edition", "corrected",
            "figures", "photo",
        )  # fmt: skip

    def get_category_name(self, disclosure: Any) -> dict[str, str]:
        return {"zh": disclosure.category.name_zh, "en": disclosure.category.name_en}

    def get_period_label(self, disclosure: Any) -> dict[str, str]:
        return {"zh": disclosure.period_zh, "en": disclosure.period_en}


class MissingSerializer(serializers.ModelSerializer):
    category = serializers.CharField(source="category_id")
    rule = serializers.SerializerMethodField()

    class Meta:
        model = models.Missing
        fields = ("category", "title", "period", "due_on", "days_late", "rule", "note", "decided")

    def get_rule(self, missing: Any) -> dict[str, str]:
        return {"zh": missing.rule_zh, "en": missing.rule_en}


class BoardSerializer(serializers.ModelSerializer):
    title = serializers.CharField(source="disclosure.title")

    class Meta:
        model = models.Board
        fields = ("sha256", "width", "height", "received_at", "disclosure_id", "title")


class PlaceSerializer(serializers.ModelSerializer):
    class Meta:
        model = models.Village
        fields = ("code", "name", "level", "path")


class VillageSerializer(serializers.ModelSerializer):
    division = PlaceSerializer(source="*")
    as_of = serializers.SerializerMethodField()
    open = serializers.SerializerMethodField()
    missing = MissingSerializer(many=True)
    latest = CardSerializer(many=True)
    boards = BoardSerializer(many=True)
    demo = serializers.SerializerMethodField()

    class Meta:
        model = models.Village
        fields = (
            "division", "as_of", "open", "missing", "latest", "total", "boards", "year",
            "inquiries", "inquiries_total", "points", "changes_at", "demo",
        )  # fmt: skip

    def to_representation(self, village: Any) -> Any:
        return super().to_representation(village) | village.beside

    def get_as_of(self, _: Any) -> Any:
        return timezone.now().isoformat()

    def get_open(self, village: Any) -> Any:
        shown = [each for each in village.latest.all() if each.stage == "open"]
        return CardSerializer(shown, many=True).data

    def get_demo(self, _: Any) -> bool:
        return False


class EntrySerializer(serializers.ModelSerializer):
    class Meta:
        model = models.Entry
        fields = (
            "date", "voucher", "summary", "party", "amount", "handler", "witness", "approver", "photos"
        )  # fmt: skip


class RowSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="line")
    entries = EntrySerializer(many=True)

    class Meta:
        model = models.Row
        fields = (
            "id", "sign", "label", "amount", "level", "pointer", "previous", "last_year", "entries",
            "tell",
        )  # fmt: skip


class DisclosureSerializer(serializers.ModelSerializer):
    card = CardSerializer(source="*")
    division = PlaceSerializer(source="village")
    rows = RowSerializer(many=True)

    class Meta:
        model = models.Disclosure
        fields = ("card", "division", "rows")

    def to_representation(self, instance: Any) -> dict[str, Any]:
        shown = super().to_representation(instance)
        rows, places = shown.pop("rows"), [row.section for row in instance.rows.all()]
        sections = []
        for number, section in enumerate(instance.sheet["sections"]):
            if number in places:
                mine = [row for row, at in zip(rows, places, strict=True) if at == number]
                section = {**section, "rows": mine}
            sections.append(section)
        return {**shown, **instance.rest, "sheet": {**instance.sheet, "sections": sections}}


class PostLineSerializer(serializers.ModelSerializer):
    class Meta:
        model = models.PostLine
        fields = ("group", "item", "label", "amount")


class PostPhotoSerializer(serializers.ModelSerializer):
    class Meta:
        model = models.PostPhoto
        fields = ("sha256", "role")


class PostSerializer(serializers.ModelSerializer):
    lines = PostLineSerializer(many=True)
    photos = PostPhotoSerializer(many=True)

    class Meta:
        model = models.Post
        fields = (
            "id",
            "village",
            "category",
            "period",
            "composed_at",
            "received_at",
            "lines",
            "photos",
        )

    @transaction.atomic
    def create(self, validated_data: dict[str, Any]) -> Any:
        lines, photos = validated_data.pop("lines"), validated_data.pop("photos")
        post = models.Post.objects.create(**validated_data)
        models.PostLine.objects.bulk_create(models.PostLine(post=post, **line) for line in lines)
        models.PostPhoto.objects.bulk_create(
            models.PostPhoto(post=post, **photo) for photo in photos
        )
        return post


class VillageView(generics.RetrieveAPIView):
    queryset = models.Village.objects.prefetch_related(
        "latest__category", "latest__figures", "missing", "boards__disclosure"
    )
    serializer_class = VillageSerializer


@method_decorator(cache_page(600), name="dispatch")
class CachedVillageView(VillageView):
    """The same behind Django's own page cache."""


class DisclosureView(generics.RetrieveAPIView):
    queryset = models.Disclosure.objects.select_related("category", "village").prefetch_related(
        "figures", "rows__entries"
    )
    serializer_class = DisclosureSerializer


class PostView(generics.CreateAPIView):
    queryset = models.Post.objects.all()
    serializer_class = PostSerializer


urlpatterns = [
    path("villages/<str:pk>", VillageView.as_view()),
    path("cached/villages/<str:pk>", CachedVillageView.as_view()),
    path("disclosures/<str:pk>", DisclosureView.as_view()),
    path("posts", PostView.as_view()),
]
