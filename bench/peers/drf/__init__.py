"""Django REST Framework: models, nested serializers, generic views, prefetched relations."""
