"""The API of training: one router, to which each part adds its own."""

from __future__ import annotations

from ninja import Router

from sinambung.domains.training.api.batch_routes import router as batches
from sinambung.domains.training.api.conduct import router as conduct
from sinambung.domains.training.api.grades import router as grades
from sinambung.domains.training.api.marking import router as marking
from sinambung.domains.training.api.meetings import router as meetings
from sinambung.domains.training.api.people_routes import router as people
from sinambung.domains.training.api.programme_routes import router as programmes

router = Router()
router.add_router("/batches", batches)
router.add_router("", people)
router.add_router("/programmes", programmes)
router.add_router("", grades)
router.add_router("", marking)
router.add_router("", conduct)
router.add_router("", meetings)
