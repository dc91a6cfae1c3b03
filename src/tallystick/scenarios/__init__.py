"""What-ifs: calibrated stocks run forward under stated levers, against a baseline on the same random numbers."""
