"""Reads of training. `queries.batch_card(id)` and the like are re-exported here for other parts."""
