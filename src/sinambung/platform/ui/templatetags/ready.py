"""`translate` and `static` with their answer kept: a page holds two hundred of them, and Django
works each out anew (a sixth of the time of a list)."""

from __future__ import annotations

from django import template
from django.template.base import Node, Parser, Token, Variable
from django.template.context import Context
from django.templatetags.i18n import TranslateNode, do_translate
from django.templatetags.static import StaticNode
from django.utils.translation import get_language

register = template.Library()
_LANGUAGE = "language of this rendering"


class ReadyText(Node):
    """A literal text: translated once for each language."""

    def __init__(self, node: TranslateNode) -> None:
        self._node = node
        self._name = node.asvar
        self._texts: dict[str, str] = {}
        node.asvar = None

    def render(self, context: Context) -> str:
        language = _language(context)
        text = self._texts.get(language)
        if text is None:
            text = self._texts[language] = self._node.render(context)
        if not self._name:
            return text
        context[self._name] = text
        return ""


def _language(context: Context) -> str:
    """Return the language of this rendering, asked once: it lives in a slow thread local."""
    kept = context.render_context.dicts[0]
    language: str = kept.get(_LANGUAGE) or kept.setdefault(_LANGUAGE, get_language() or "")
    return language


class ReadyAddress(Node):
    """The address of a file of ours: looked up once."""

    def __init__(self, node: StaticNode) -> None:
        self._node = node
        self._address = ""

    def render(self, context: Context) -> str:
        if not self._address:
            self._address = self._node.render(context)
        return self._address


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """Translate a text as Django's tag does; a literal one only once."""
    node = do_translate(parser, token)
    is_literal = isinstance(node, TranslateNode) and _is_literal(node)
    return ReadyText(node) if is_literal else node


@register.tag
def static(parser: Parser, token: Token) -> Node:
    """Write the address of a static file as Django's tag does; a literal one only once."""
    node = StaticNode.handle_token(parser, token)
    is_literal = isinstance(node.path.var, str) and not node.path.filters and not node.varname
    return ReadyAddress(node) if is_literal else node


def _is_literal(node: TranslateNode) -> bool:
    found = node.filter_expression
    is_text = isinstance(found.var, Variable) and found.var.literal is not None
    return is_text and not found.filters and not node.noop and node.message_context is None
