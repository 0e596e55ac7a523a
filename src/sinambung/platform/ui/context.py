"""What the layouts know in every page."""

from django.http import HttpRequest


def layout(request: HttpRequest) -> dict[str, object]:
    return {}
