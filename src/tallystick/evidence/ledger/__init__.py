"""What was done, when and by whom: a record that only grows, is chained by hashes, and can forget what it must."""
