"""`flask synth`: as many invented works as wanted, for measuring. The same seed gives the same shop."""
