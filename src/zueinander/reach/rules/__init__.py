"""Pure rules: what is beyond expectation, how many people that may be, and how a series is drawn."""
