"""The web application for granian."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinambung.config.settings")

application = get_wsgi_application()

# What is loaded now stays: looking through it again for every few requests takes a tenth of a page.
gc.collect()
gc.freeze()
gc.set_threshold(10_000)
