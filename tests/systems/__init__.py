"""The systems that the reports describe, each run on the real things: one test for each row of the map."""
