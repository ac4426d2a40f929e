"""The same two pages as ordinary Django templates, beside a style sheet that a browser may keep."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.generic import DetailView

from bench.peers.drf.views import DisclosureView, VillageView

STYLE = Path(__file__).parents[1] / "react_spa" / "src" / "style.css"


class VillagePage(DetailView):
    queryset = VillageView.queryset
    context_object_name = "village"
    template_name = "village.html"


class DisclosurePage(DetailView):
    queryset = DisclosureView.queryset
    context_object_name = "disclosure"
    template_name = "disclosure.html"


def style(_: HttpRequest) -> HttpResponse:
    """Return the style sheet, to be kept for a year."""
    kept: dict[str, Any] = {"Cache-Control": "public, max-age=31536000, immutable"}
    return HttpResponse(STYLE.read_bytes(), content_type="text/css", headers=kept)


urlpatterns = [
    path("v/<str:pk>", VillagePage.as_view()),
    path("d/<str:pk>", DisclosurePage.as_view()),
    path("static/style.css", style),
]
