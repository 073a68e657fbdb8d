"""A classifier of short texts that learns from examples: `learner.Learner`."""
