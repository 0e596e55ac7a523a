"""What the papers of training print."""
