"""What is promised to customers, in business time: targets, keeping them, how they stand."""
