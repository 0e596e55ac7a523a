"""`python -m sinambung` is the `sinambung` command."""

import sys

from sinambung.cli.main import main

sys.exit(main())
