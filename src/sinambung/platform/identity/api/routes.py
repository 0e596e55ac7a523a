"""Identity for machines: the own account, accounts and roles, units."""

from __future__ import annotations

from ninja import Router

from sinambung.platform.identity.api import accounts, own, units

router = Router()
router.add_router("", own.router)
router.add_router("", accounts.router)
router.add_router("", units.router)
