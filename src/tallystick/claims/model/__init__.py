"""Reading by a language model behind an endpoint that the user names; without one, nothing here is ever imported.

A model proposes, as the grammar does, and is believed as little: its quote must stand in the text, its numbers must be
read again from that quote, and whatever else it says is one of our own words or words of the text. It is no source.
"""
