"""Routes. Generated: written again each time."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
{% for import in imports %}
{{ import }}
{%- endfor %}

router = APIRouter()
{%- for route in context.routes %}


@router.{{ route.method }}({{ route.path }})
async def {{ route.function }}(request: Request{% if route.takes_id %}, key: str{% endif %}) -> Response:
    return await {{ route.call }}
{%- endfor %}
