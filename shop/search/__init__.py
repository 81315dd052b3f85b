"""Words → works: stems, synonyms, spelling, and one module for each engine's full-text index."""
