"""What a text says without a number, and which of its passages narrow to a person, a few people, a helper or a way."""
