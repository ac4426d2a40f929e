"""Measurements beside raw Starlette, Django REST Framework and FastAPI: `python -m bench`. See bench/README.md."""
