"""Words → works: stems, synonyms, spelling, and the index, which is the same on both engines."""
