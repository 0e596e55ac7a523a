"""The sheets that training can import, registered by `apps.py`."""
