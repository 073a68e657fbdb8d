"""What is fast, measured beside a yardstick in the same run. `make bench` prints one table."""
