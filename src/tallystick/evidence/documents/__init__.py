"""Documents taken in: exact bytes kept, text derived from them in a child process, offsets that lead back."""
