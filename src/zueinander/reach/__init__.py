"""How far an appeal goes: figures with time and source, rising hashtags, and the press."""
