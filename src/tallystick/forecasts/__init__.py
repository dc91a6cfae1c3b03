"""What earlier evidence would have forecast: forecasters, scores, and the record of forecasts on file."""
