"""The account in the formats of others; each file says what its format cannot carry."""
